package io.orderweir.console;

import com.fasterxml.jackson.databind.JsonNode;
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
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class HoldsApi {

    @Inject
    HoldQuestions questions;

    @Inject
    HoldCommands commands;

    @Inject
    HoldMask mask;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @GET
    public Map<String, Object> holds(@QueryParam("group") String group, @QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("holds", mask.all(questions.holds(group, Asked.place(before, "before"), most)));
    }

    /** By cause; bin is data, target or system, or all. */
    @GET
    @Path("/groups")
    public Map<String, Object> groups(@QueryParam("bin") String bin) {
        return Map.of("groups", mask.all(questions.groups(bin)));
    }

    /** Owner, due, snooze or a note of a whole group: {group, what, value}. */
    @POST
    @Path("/groups/arrange")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> arrangeGroup(String body) {
        JsonNode request = asked.object(body);
        return commands.arrange(null, request.path("group").textValue(), request.path("what").asText(), request.path("value").asText(null), visitor.name());
    }

    /** What was asked for a whole group, the newest first. */
    @GET
    @Path("/work")
    public Map<String, Object> works(@QueryParam("group") String group) {
        return Map.of("works", mask.all(questions.works(group)));
    }

    /** Releases, fixes or discards a whole group: {group, what, changes or reason}. */
    @POST
    @Path("/work")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> start(String body) {
        JsonNode request = asked.object(body);
        return commands.start(request.path("group").textValue(), request.path("what").asText(), request, visitor.name());
    }

    @GET
    @Path("work/{id}")
    public Map<String, Object> work(@PathParam("id") String id) {
        return mask.of(questions.work(Asked.number(id, "work")));
    }

    @POST
    @Path("work/{id}/stop")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> stop(@PathParam("id") String id) {
        return commands.stop(Asked.number(id, "work"), visitor.name());
    }

    @GET
    @Path("/{id}")
    public Map<String, Object> hold(@PathParam("id") String id) {
        Map<String, Object> hold = questions.hold(Asked.number(id, "hold"));
        hold.put("rawText", new String(Base64.getDecoder().decode((String) hold.get("raw")), StandardCharsets.UTF_8));
        return mask.of(hold);
    }

    /** Owner, due, snooze or a note of one hold: {what, value}. */
    @POST
    @Path("/{id}/arrange")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> arrange(@PathParam("id") String id, String body) {
        JsonNode request = asked.object(body);
        return commands.arrange(Asked.number(id, "hold"), null, request.path("what").asText(), request.path("value").asText(null), visitor.name());
    }

    /** What a release with this body would send. Nothing is called and nothing changes. */
    @POST
    @Path("/{id}/dry-run")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> dryRun(@PathParam("id") String id, String body) {
        return commands.dryRun(Asked.number(id, "hold"), asked.object(body), visitor.name());
    }

    /** Asks the target whether it has what is held. */
    @POST
    @Path("/{id}/look")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> look(@PathParam("id") String id) {
        return commands.look(Asked.number(id, "hold"), visitor.name());
    }

    @POST
    @Path("/{id}/release")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> release(@PathParam("id") String id, String body) {
        return commands.release(Asked.number(id, "hold"), asked.object(body), visitor.name());
    }

    @POST
    @Path("/{id}/discard")
    @RolesAllowed(Role.OPERATOR)
    public Map<String, Object> discard(@PathParam("id") String id, String body) {
        return commands.discard(Asked.number(id, "hold"), asked.object(body).path("reason").asText(), visitor.name());
    }
}
