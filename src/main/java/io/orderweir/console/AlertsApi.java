package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
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

    /** Those that are not over. */
    @GET
    public Map<String, Object> alerts() {
        return Map.of("alerts", questions.open());
    }

    /** Those that are over, the newest first, a page at a time. */
    @GET
    @Path("/history")
    public Map<String, Object> history(@QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("alerts", questions.over(Asked.place(before, "alert"), most));
    }

    @POST
    @Path("/{id}/acknowledge")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> acknowledge(@PathParam("id") String id) {
        return commands.acknowledge(Asked.number(id, "alert"), visitor.name());
    }
}
