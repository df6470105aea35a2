package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.hold.Diff;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;

/** The Error Hold bin: what is wrong, how often, since when; one hold with its correction; work on whole groups. */
@Path("/holds")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class HoldsPage {

    private static final int SHOWN = 50;

    private final Diff diff = new Diff();

    @Inject
    HoldQuestions questions;

    @Inject
    HoldCommands commands;

    @Inject
    HoldEdit edit;

    @Inject
    HoldMask mask;

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    @Inject
    Template holds;

    @Inject
    @Location("holds/group.html")
    Template groupPage;

    @Inject
    @Location("holds/one.html")
    Template one;

    @Inject
    @Location("holds/work.html")
    Template work;

    @GET
    public TemplateInstance groups(@QueryParam("bin") String bin, @QueryParam("group") String group, @QueryParam("before") Long before) {
        if (group != null) {
            return group(group, before, null);
        }
        List<Map<String, Object>> all = mask.all(questions.groups());
        return holds.data("groups", bin == null ? all : all.stream().filter(each -> bin.equals(each.get("bin"))).toList()).data("bins", HoldQuestions.bins(all)).data("bin", bin);
    }

    @GET
    @Path("{id}")
    public TemplateInstance one(@PathParam("id") long id) {
        return page(id, Map.of(), null, null);
    }

    /** How far the work on a group is: a part of its page, asked for every second. */
    @GET
    @Path("work/{id}")
    public TemplateInstance work(@PathParam("id") long id) {
        return work.data("work", mask.of(questions.work(id)));
    }

    /** The correction beside what is there, and the request that would be sent. */
    @POST
    @Path("{id}/check")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        return tried(id, fields, () -> {
            Map<String, Object> hold = questions.hold(id);
            ObjectNode request = edit.request(hold, fields);
            Map<String, Object> tried = commands.dryRun(id, request, visitor.name());
            return Response.ok(page(id, HoldEdit.typed(fields), null, proposal(hold, request, tried))).build();
        });
    }

    @POST
    @Path("{id}/release")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response release(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        return tried(id, fields, () -> {
            commands.release(id, fields.getFirst("request") == null ? edit.request(questions.hold(id), fields) : json.readTree(fields.getFirst("request")), visitor.name());
            return Place.seeOther("/holds/" + id);
        });
    }

    @POST
    @Path("{id}/discard")
    @RolesAllowed(Role.OPERATOR)
    public Response discard(@PathParam("id") long id, @RestForm String reason) {
        return tried(id, new MultivaluedHashMap<>(), () -> {
            commands.discard(id, reason, visitor.name());
            return Place.seeOther("/holds/" + id);
        });
    }

    @POST
    @Path("{id}/look")
    @RolesAllowed(Role.OPERATOR)
    public Response look(@PathParam("id") long id) {
        return tried(id, new MultivaluedHashMap<>(), () -> {
            commands.look(id, visitor.name());
            return Place.seeOther("/holds/" + id);
        });
    }

    /** Owner, due, snooze or note of one hold; due and snooze as how long from now. */
    @POST
    @Path("{id}/arrange")
    @RolesAllowed(Role.OPERATOR)
    public Response arrange(@PathParam("id") long id, @RestForm String what, @RestForm String value) {
        return tried(id, new MultivaluedHashMap<>(), () -> {
            commands.arrange(id, null, what, instant(what, value), visitor.name());
            return Place.seeOther("/holds/" + id);
        });
    }

    @POST
    @Path("group/arrange")
    @RolesAllowed(Role.OPERATOR)
    public Response arrangeGroup(@RestForm String what, @RestForm String group, @RestForm String value) {
        return triedGroup(group, () -> commands.arrange(null, group, what, instant(what, value), visitor.name()));
    }

    /** Release, fix or discard a whole group. */
    @POST
    @Path("group/work")
    @RolesAllowed(Role.OPERATOR)
    public Response start(@RestForm String group, @RestForm String what, @RestForm String path, @RestForm String value, @RestForm String replaced, @RestForm String reason,
            @RestForm String request) {
        return triedGroup(group, () -> {
            JsonNode asked = "fix".equals(what) ? request == null ? edit.fix(path, value, replaced) : json.readTree(request) : json.createObjectNode().put("reason", reason);
            commands.start(group, what, asked, visitor.name());
        });
    }

    @POST
    @Path("work/{id}/stop")
    @RolesAllowed(Role.OPERATOR)
    public Response stop(@PathParam("id") long id) {
        String group = (String) questions.work(id).get("fingerprint");
        return triedGroup(group, () -> commands.stop(id, visitor.name()));
    }

    private TemplateInstance group(String group, Long before, Refused refused) {
        List<Map<String, Object>> members = mask.all(questions.holds(group, before, SHOWN));
        return groupPage.data("group", mask.of(questions.group(group))).data("members", members)
                .data("more", members.size() == SHOWN ? members.get(SHOWN - 1).get("id") : null).data("refused", refused);
    }

    private TemplateInstance page(long id, Map<String, String> typed, Refused refused, Map<String, Object> proposal) {
        Map<String, Object> hold = mask.of(questions.hold(id));
        hold.put("arrangeAt", "/holds/" + id + "/arrange");
        boolean unmasked = visitor.may(Role.OPERATOR);
        String document = edit.pretty(edit.document(hold));
        return one.data("hold", hold).data("refused", refused).data("proposal", proposal).data("canonical", document)
                .data("original", unmasked ? lines((String) hold.get("raw")) : "An operator sees the bytes as they came.")
                .data("document", typed.getOrDefault("", document)).data("sections", unmasked ? edit.sections(hold, typed) : List.of())
                .data("group", unmasked && hold.get("closedAt") == null ? questions.group((String) hold.get("fingerprint")) : null);
    }

    /** The bytes as text, line by line, with what cannot be seen made visible. */
    private static String lines(String raw) {
        return new String(Base64.getDecoder().decode(raw), StandardCharsets.UTF_8).lines().map(Diff::visible).collect(Collectors.joining("\n"));
    }

    /** What is put before a person before it leaves: {rows, requests, request and changes (JSON text)}. */
    private Map<String, Object> proposal(Map<String, Object> hold, ObjectNode request, Map<String, Object> tried) {
        JsonNode before = edit.document(hold);
        JsonNode after = json.valueToTree(tried.get("document"));
        List<Diff.Row> rows = before.isNull() || after.isNull() || after.isMissingNode() ? List.of() : diff.between(before, after, false);
        return Map.of("rows", rows, "requests", tried.get("requests"), "request", request.toString(), "changes", same(json.valueToTree(tried.get("changes"))));
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

    private interface Command<T> {
        T run() throws JsonProcessingException;
    }

    private interface Act {
        void run() throws JsonProcessingException;
    }

    /** A refusal shows the page again, with what was typed. */
    private Response tried(long id, MultivaluedMap<String, String> fields, Command<Response> command) {
        try {
            return command.run();
        } catch (Refused refused) {
            Map<String, String> typed = HoldEdit.typed(fields);
            if (fields.getFirst("document") != null) {
                typed.put("", fields.getFirst("document"));
            }
            return Response.status(refused.status()).entity(page(id, typed, refused, null)).build();
        } catch (JsonProcessingException e) {
            throw new Refused(400, "The request is not JSON: " + e.getOriginalMessage());
        }
    }

    private Response triedGroup(String group, Act act) {
        if (group == null || group.isBlank()) {
            throw new Refused(400, "Name the group.");
        }
        try {
            act.run();
            return Place.seeOther("/holds?group=" + Shown.encoded(group));
        } catch (Refused refused) {
            return Response.status(refused.status()).entity(group(group, null, refused)).build();
        } catch (JsonProcessingException e) {
            throw new Refused(400, "The request is not JSON: " + e.getOriginalMessage());
        }
    }

    /** A page says how long from now (PT4H), an empty value takes it away. */
    private static String instant(String what, String value) {
        if (what == null || !List.of("due", "snooze").contains(what) || value == null || value.isBlank()) {
            return value;
        }
        try {
            return Instant.now().plus(Duration.parse(value)).toString();
        } catch (DateTimeParseException e) {
            throw new Refused(400, "Say for how long, such as PT4H, and not '" + value + "'.");
        }
    }
}
