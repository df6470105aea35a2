package io.orderweir.console.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Place;
import io.orderweir.hold.Diff;
import io.orderweir.type.Type;
import io.orderweir.hold.Refused;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;

/** One hold: the order as it came beside what was understood of it, its correction, and what is decided. */
@Path("/holds")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class HoldPage {

    @Inject
    HoldQuestions questions;

    @Inject
    HoldCommands commands;

    @Inject
    HoldEdit edit;

    @Inject
    HoldMask mask;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    @Inject
    @Location("holds/one.html")
    Template one;

    @GET
    @Path("{id}")
    public TemplateInstance one(@PathParam("id") long id) {
        return page(id, Map.of(), null, null);
    }

    /** The correction beside what is there, and the request that would be sent. */
    @POST
    @Path("{id}/check")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        try {
            Map<String, Object> hold = questions.hold(id);
            ObjectNode request = edit.request(hold, fields);
            Map<String, Object> tried = commands.dryRun(id, request, visitor.name());
            return Response.ok(page(id, HoldEdit.typed(fields), null, proposal(hold, request, tried))).build();
        } catch (Refused refused) {
            return Place.refused(refused, again(id, fields, refused));
        }
    }

    /** With what was typed, or with the {@code request} that was compared before. */
    @POST
    @Path("{id}/release")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response release(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        String compared = fields.getFirst("request");
        return done(id, fields, () -> commands.release(id, compared == null ? edit.request(questions.hold(id), fields) : asked.object(compared), visitor.name()));
    }

    @POST
    @Path("{id}/discard")
    @RolesAllowed(Role.OPERATOR)
    public Response discard(@PathParam("id") long id, @RestForm String reason) {
        return done(id, new MultivaluedHashMap<>(), () -> commands.discard(id, reason, visitor.name()));
    }

    @POST
    @Path("{id}/accept")
    @RolesAllowed(Role.OPERATOR)
    public Response accept(@PathParam("id") long id, @RestForm String reason) {
        return done(id, new MultivaluedHashMap<>(), () -> commands.accept(id, reason, visitor.name()));
    }

    @POST
    @Path("{id}/take-up")
    @RolesAllowed(Role.OPERATOR)
    public Response takeUp(@PathParam("id") long id) {
        return done(id, new MultivaluedHashMap<>(), () -> commands.takeUp(id, visitor.name()));
    }

    @POST
    @Path("{id}/look")
    @RolesAllowed(Role.OPERATOR)
    public Response look(@PathParam("id") long id) {
        return done(id, new MultivaluedHashMap<>(), () -> commands.look(id, visitor.name()));
    }

    /** Owner, due, snooze or note; due and snooze as how long from now. */
    @POST
    @Path("{id}/arrange")
    @RolesAllowed(Role.OPERATOR)
    public Response arrange(@PathParam("id") long id, @RestForm String what, @RestForm String value) {
        return done(id, new MultivaluedHashMap<>(), () -> commands.arrange(id, null, what, HoldEdit.until(what, value), visitor.name()));
    }

    private Response done(long id, MultivaluedMap<String, String> fields, Runnable command) {
        return Place.after(command, "/holds/" + id, refused -> again(id, fields, refused));
    }

    /** The page with what was typed. */
    private TemplateInstance again(long id, MultivaluedMap<String, String> fields, Refused refused) {
        Map<String, String> typed = HoldEdit.typed(fields);
        if (fields.getFirst("document") != null) {
            typed.put("", fields.getFirst("document"));
        }
        return page(id, typed, refused, null);
    }

    private TemplateInstance page(long id, Map<String, String> typed, Refused refused, Map<String, Object> proposal) {
        Map<String, Object> hold = mask.of(questions.hold(id));
        hold.put("arrangeAt", "/holds/" + id + "/arrange");
        boolean unmasked = visitor.may(Role.OPERATOR);
        String document = edit.pretty(edit.document(hold));
        Optional<Type> about = edit.about(hold);
        return one.data("word", about.map(Type::word).orElse("event")).data("capital", about.map(Type::capital).orElse("Event"))
                .data("hold", hold).data("refused", refused).data("proposal", proposal).data("canonical", document)
                .data("original", unmasked ? lines((String) hold.get("raw")) : "An operator sees the bytes as they came.")
                .data("document", typed.getOrDefault("", document)).data("sections", unmasked ? edit.sections(hold, typed) : List.of())
                .data("group", unmasked && hold.get("closedAt") == null ? questions.group((String) hold.get("fingerprint")) : null);
    }

    /** The bytes as text, line by line, with what cannot be seen made visible. */
    private static String lines(String raw) {
        return raw == null ? "Its bytes were removed after their retention." : new String(Base64.getDecoder().decode(raw), StandardCharsets.UTF_8).lines().map(Diff::visible).collect(Collectors.joining("\n"));
    }

    /** What is put before a person before it leaves: {rows, requests, request and changes (JSON text)}. */
    private Map<String, Object> proposal(Map<String, Object> hold, ObjectNode request, Map<String, Object> tried) {
        JsonNode before = edit.document(hold);
        JsonNode after = json.valueToTree(tried.get("document"));
        List<Diff.Row> rows = before.isNull() || after.isNull() || after.isMissingNode() ? List.of() : differences(hold).between(before, after, false);
        return Map.of("rows", rows, "requests", tried.get("requests"), "request", request.toString(), "changes", same(json.valueToTree(tried.get("changes"))));
    }

    private Diff differences(Map<String, Object> hold) {
        return edit.about(hold).map(Diff::new).orElseGet(Diff::new);
    }

    /** The same correction for others of the group: only where the same value stands. */
    private String same(JsonNode changes) {
        ObjectNode asked = json.createObjectNode();
        asked.set("changes", changes);
        changes.forEach(change -> {
            if (!change.has("replaced")) {
                ((ObjectNode) change).putNull("replaced");
            }
        });
        return changes.isEmpty() ? "" : asked.toString();
    }
}
