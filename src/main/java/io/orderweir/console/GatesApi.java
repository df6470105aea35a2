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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Stage gates, what partners said, and the calendars. */
@Path("/api")
@RolesAllowed(Role.VIEWER)
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

    /** The board: closed gates of lines that wait, those first that are due first; only one gate's with {@code gate}. The next page comes {@code after} the place of the last row. */
    @GET
    @Path("/gates")
    public Map<String, Object> gates(@QueryParam("gate") String gate, @QueryParam("after") String after, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("gates", questions.gates(gate, after, most));
    }

    /** Every decision at the gates of one line, the oldest first. */
    @GET
    @Path("/gates/history")
    public Map<String, Object> history(@QueryParam("build") String build) {
        return Map.of("decisions", questions.history(Asked.number(build == null ? "" : build, "build")));
    }

    @POST
    @Path("/gates/open")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> open(String body) {
        return commands.open(asked.object(body), visitor.name());
    }

    @POST
    @Path("/gates/close")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> close(String body) {
        return commands.close(asked.object(body), visitor.name());
    }

    @POST
    @Path("/gates/refuse")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> refuse(String body) {
        return commands.refuse(asked.object(body), visitor.name());
    }

    @POST
    @Path("/gates/extend")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> extend(String body) {
        return commands.extend(asked.object(body), visitor.name());
    }

    /** What partners said of orders that have not come yet, the oldest first. */
    @GET
    @Path("/signals")
    public Map<String, Object> signals(@QueryParam("after") String after, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("waiting", questions.signals(after == null ? 0 : Asked.number(after, "place"), most));
    }

    /** The coming days of the capacity calendars: slots, and how many are taken. */
    @GET
    @Path("/calendars")
    public Map<String, Object> calendars(@QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("days", questions.calendars(most));
    }
}
