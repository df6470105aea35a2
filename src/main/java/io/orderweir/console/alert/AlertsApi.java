package io.orderweir.console.alert;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Refuses;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** What needs a person, and who was told. */
@Path("/api/alerts")
@RolesAllowed(Role.VIEWER)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class AlertsApi {

    @Inject
    AlertQuestions questions;

    @Inject
    AlertCommands commands;

    @Inject
    Visitor visitor;

    @GET
    @Operation(summary = "The alerts that are not over, those first that nobody has taken.")
    public AlertAnswers.Alerts alerts() {
        return new AlertAnswers.Alerts(questions.open());
    }

    @GET
    @Path("/history")
    @Operation(summary = "The alerts that are over, the newest first, a page at a time.")
    @Refuses(404)
    public AlertAnswers.Alerts history(@QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int most) {
        return new AlertAnswers.Alerts(questions.over(Asked.place(before, "alert"), most));
    }

    @POST
    @Path("/{id}/acknowledge")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Takes an alert: nobody else is told then.")
    @APIResponseSchema(AlertAnswers.AlertTaken.class)
    @Refuses({404, 409})
    public Map<String, Object> acknowledge(@PathParam("id") String id) {
        return commands.acknowledge(Asked.number(id, "alert"), visitor.name());
    }
}
