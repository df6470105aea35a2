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

/** Where everything is, for programs. */
@Path("/api")
@RolesAllowed(Role.VIEWER)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class FlowApi {

    @Inject
    FlowQuestions questions;

    @Inject
    FlowCommands commands;

    @Inject
    Visitor visitor;

    /** The running totals; with {@code exact} everything is counted row by row, which takes seconds where there is much. */
    @GET
    @Path("/counts")
    public Map<String, Object> counts(@QueryParam("exact") @DefaultValue("false") boolean exact) {
        return questions.counts(exact);
    }

    /** The last full countings, the newest first. */
    @GET
    @Path("/counts/recounts")
    public Map<String, Object> recounts() {
        return Map.of("recounts", questions.recounts());
    }

    /** Counts row by row, writes the result down, and sets the running totals right where they differ. */
    @POST
    @Path("/counts/recounts")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> recount() {
        return commands.recount(visitor.name());
    }

    /** Depth and lag of every target's queue, minute by minute: {@code range} is hour or day. */
    @GET
    @Path("/flow/samples")
    public Map<String, Object> samples(@QueryParam("range") @DefaultValue("hour") String range) {
        return questions.samples(range);
    }

    /** The picture of the whole way: stations with numbers, and why one backs up. */
    @GET
    @Path("/flow")
    public Map<String, Object> way() {
        Map<String, Object> now = questions.now();
        return Map.of("headline", now.get("headline"), "way", now.get("way"));
    }
}
