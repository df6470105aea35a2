package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Refused;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The console for programs: what the pages show and do, as JSON. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class Api {

    @Inject
    Ledger ledger;

    @Inject
    Commands commands;

    @Inject
    ObjectMapper json;

    @GET
    @Path("/counts")
    public Map<String, Object> counts() {
        return ledger.counts();
    }

    @GET
    @Path("/holds")
    public Map<String, Object> holds(@QueryParam("group") String group, @QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("holds", ledger.holds(group, before == null ? null : number(before, "before"), most));
    }

    @GET
    @Path("/holds/groups")
    public Map<String, Object> holdGroups() {
        return Map.of("groups", ledger.holdGroups());
    }

    @GET
    @Path("/holds/{id}")
    public Map<String, Object> hold(@PathParam("id") String id) {
        Map<String, Object> hold = ledger.hold(number(id, "hold"));
        hold.put("rawText", new String(Base64.getDecoder().decode((String) hold.get("raw")), StandardCharsets.UTF_8));
        return hold;
    }

    @POST
    @Path("/holds/{id}/release")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> release(@PathParam("id") String id, String body, @Context ContainerRequestContext request) {
        return commands.release(number(id, "hold"), object(body), person(request));
    }

    @POST
    @Path("/holds/{id}/discard")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> discard(@PathParam("id") String id, String body, @Context ContainerRequestContext request) {
        return commands.discard(number(id, "hold"), object(body).path("reason").asText(), person(request));
    }

    /** The board: closed gates of lines that wait, those first that are due first; only one gate's with {@code gate}. */
    @GET
    @Path("/gates")
    public Map<String, Object> gates(@QueryParam("gate") String gate, @QueryParam("after") String after, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("gates", ledger.gates(gate, after == null ? 0 : number(after, "place"), most));
    }

    /** Every decision at the gates of one line, the oldest first. */
    @GET
    @Path("/gates/history")
    public Map<String, Object> gateHistory(@QueryParam("build") String build) {
        return Map.of("decisions", ledger.gateHistory(number(build == null ? "" : build, "build")));
    }

    @POST
    @Path("/gates/open")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> openGate(String body, @Context ContainerRequestContext request) {
        return commands.openGate(object(body), person(request));
    }

    @POST
    @Path("/gates/close")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> closeGate(String body, @Context ContainerRequestContext request) {
        return commands.closeGate(object(body), person(request));
    }

    @POST
    @Path("/gates/refuse")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> refuseGate(String body, @Context ContainerRequestContext request) {
        return commands.refuseGate(object(body), person(request));
    }

    @POST
    @Path("/gates/extend")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> extendGate(String body, @Context ContainerRequestContext request) {
        return commands.extendGate(object(body), person(request));
    }

    /** What partners said of orders that have not come yet, the oldest first. */
    @GET
    @Path("/signals")
    public Map<String, Object> signals(@QueryParam("after") String after, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("waiting", ledger.signals(after == null ? 0 : number(after, "place"), most));
    }

    /** The coming days of the capacity calendars: slots, and how many are taken. */
    @GET
    @Path("/calendars")
    public Map<String, Object> calendars(@QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("days", ledger.calendars(most));
    }

    @GET
    @Path("/orders/{order:.+}/timeline")
    public Map<String, Object> timeline(@PathParam("order") String order) {
        return ledger.timeline(order);
    }

    @GET
    @Path("/connections")
    public Map<String, Object> connections() {
        return Map.of("connections", ledger.connections());
    }

    @POST
    @Path("/connections/{name}/pause")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> pause(@PathParam("name") String name, String body, @Context ContainerRequestContext request) {
        return commands.pause(name, object(body).path("reason").asText(""), person(request));
    }

    @POST
    @Path("/connections/{name}/resume")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> resume(@PathParam("name") String name, @Context ContainerRequestContext request) {
        return commands.resume(name, person(request));
    }

    private JsonNode object(String body) {
        try {
            JsonNode read = body == null || body.isBlank() ? json.createObjectNode() : json.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw new Refused(400, "The body is not JSON: " + e.getOriginalMessage());
        }
        throw new Refused(400, "The body is a JSON object.");
    }

    private static long number(String text, String what) {
        if (!text.matches("\\d{1,18}")) {
            throw new Refused(404, "There is no " + what + " " + text + ".");
        }
        return Long.parseLong(text);
    }

    private static String person(ContainerRequestContext request) {
        return (String) request.getProperty(Guard.PERSON);
    }
}
