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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The Error Hold bin. */
@Path("/api/holds")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
public class HoldsApi {

    @Inject
    HoldQuestions questions;

    @Inject
    HoldCommands commands;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @GET
    public Map<String, Object> holds(@QueryParam("group") String group, @QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("holds", questions.holds(group, Asked.place(before, "before"), most));
    }

    @GET
    @Path("/groups")
    public Map<String, Object> groups() {
        return Map.of("groups", questions.groups());
    }

    @GET
    @Path("/{id}")
    public Map<String, Object> hold(@PathParam("id") String id) {
        Map<String, Object> hold = questions.hold(Asked.number(id, "hold"));
        hold.put("rawText", new String(Base64.getDecoder().decode((String) hold.get("raw")), StandardCharsets.UTF_8));
        return hold;
    }

    @POST
    @Path("/{id}/release")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> release(@PathParam("id") String id, String body) {
        return commands.release(Asked.number(id, "hold"), asked.object(body), visitor.name());
    }

    @POST
    @Path("/{id}/discard")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> discard(@PathParam("id") String id, String body) {
        return commands.discard(Asked.number(id, "hold"), asked.object(body).path("reason").asText(), visitor.name());
    }
}
