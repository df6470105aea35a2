package io.orderweir.console.gate;

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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Stage gates, what partners said, and the calendars. */
@Path("/api")
@RolesAllowed(Role.VIEWER)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class GatesApi {

    @Inject
    GateQuestions questions;

    @Inject
    GateCommands commands;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @GET
    @Path("/gates")
    @Operation(summary = "The closed gates of lines that wait, those first that are due first, a page at a time.")
    @APIResponseSchema(GateAnswers.ClosedGates.class)
    @Refuses(404)
    public Map<String, Object> gates(@QueryParam("gate") String gate, @QueryParam("after") String after, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("gates", questions.gates(gate, after, most));
    }

    @GET
    @Path("/gates/history")
    @Operation(summary = "Every decision at the gates of one line, the oldest first.")
    @Refuses(404)
    public GateAnswers.GateDecisions history(@QueryParam("build") String build) {
        return new GateAnswers.GateDecisions(questions.history(Asked.number(build == null ? "" : build, "build")));
    }

    @POST
    @Path("/gates/open")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Opens a gate with evidence, or proposes to where it takes two persons.")
    @APIResponseSchema(GateAnswers.GateOpened.class)
    @RequestBodySchema(GateRequests.OpenGate.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> open(String body) {
        return commands.open(asked.object(body), visitor.name());
    }

    @POST
    @Path("/gates/close")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Closes a gate again; a request that has gone out is cancelled.")
    @APIResponseSchema(GateAnswers.GateDecided.class)
    @RequestBodySchema(GateRequests.DecideGate.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> close(String body) {
        return commands.close(asked.object(body), visitor.name());
    }

    @POST
    @Path("/gates/refuse")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Refuses to open a gate: the line goes to the Error Hold bin with the reason.")
    @APIResponseSchema(GateAnswers.GateDecided.class)
    @RequestBodySchema(GateRequests.DecideGate.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> refuse(String body) {
        return commands.refuse(asked.object(body), visitor.name());
    }

    @POST
    @Path("/gates/extend")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Gives a gate more time.")
    @APIResponseSchema(GateAnswers.GateDecided.class)
    @RequestBodySchema(GateRequests.ExtendGate.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> extend(String body) {
        return commands.extend(asked.object(body), visitor.name());
    }

    @GET
    @Path("/signals")
    @Operation(summary = "What partners said of orders that have not come yet, the oldest first.")
    @Refuses(404)
    public GateAnswers.WaitingSignals signals(@QueryParam("after") String after, @QueryParam("limit") @DefaultValue("50") int most) {
        return new GateAnswers.WaitingSignals(questions.signals(after == null ? 0 : Asked.number(after, "place"), most));
    }

    @GET
    @Path("/calendars")
    @Operation(summary = "The coming days of the capacity calendars: slots, and how many are taken.")
    public GateAnswers.CalendarDays calendars(@QueryParam("limit") @DefaultValue("50") int most) {
        return new GateAnswers.CalendarDays(questions.calendars(most));
    }
}
