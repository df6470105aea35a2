package io.orderweir.console.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.connection.Settings;
import io.orderweir.console.Place;
import io.orderweir.hold.Refused;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;

/** What waits for whom, since when, until when? */
@Path("/gates")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class GatesPage {

    private static final int SHOWN = 50;

    @Inject
    GateQuestions questions;

    @Inject
    GateCommands commands;

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    @Inject
    Settings settings;

    @Inject
    Template gates;

    @Inject
    Template gate;

    @GET
    public TemplateInstance board(@QueryParam("gate") String name, @QueryParam("after") String after, @QueryParam("done") Long done) {
        String chosen = name == null || name.isBlank() ? null : name;
        List<Map<String, Object>> waiting = questions.gates(chosen, after, SHOWN);
        return gates.data("gates", waiting, "columns", questions.columns(), "chosen", chosen, "next", waiting.size() == SHOWN ? waiting.get(SHOWN - 1).get("place") : null)
                .data("calendars", questions.calendars(SHOWN)).data("signals", questions.signals(0, SHOWN))
                .data("done", done == null ? null : questions.lastDecision(done));
    }

    /** One gate of one line: what is known of it, what was decided, and what may be done. */
    @GET
    @Path("{build}/{gate}")
    public TemplateInstance gate(@PathParam("build") long build, @PathParam("gate") String name) {
        return page(build, name, null, Map.of());
    }

    @POST
    @Path("{build}/{gate}/open")
    @RolesAllowed(Role.OPERATOR)
    public Response open(@PathParam("build") long build, @PathParam("gate") String name, @RestForm String evidence, @RestForm String reason) {
        ObjectNode asked = asked(build, name, reason);
        note(asked, evidence);
        return decided(build, name, () -> commands.open(asked, visitor.name()), Map.of("evidence", orEmpty(evidence), "reason", orEmpty(reason)));
    }

    @POST
    @Path("{build}/{gate}/close")
    @RolesAllowed(Role.OPERATOR)
    public Response close(@PathParam("build") long build, @PathParam("gate") String name, @RestForm String reason) {
        return decided(build, name, () -> commands.close(asked(build, name, reason), visitor.name()), Map.of("reason", orEmpty(reason)));
    }

    @POST
    @Path("{build}/{gate}/refuse")
    @RolesAllowed(Role.OPERATOR)
    public Response refuse(@PathParam("build") long build, @PathParam("gate") String name, @RestForm String reason) {
        return decided(build, name, () -> commands.refuse(asked(build, name, reason), visitor.name()), Map.of("reason", orEmpty(reason)));
    }

    /** Until when, as a browser's date and time, which has no zone: in that of those who read the times of alerts. */
    @POST
    @Path("{build}/{gate}/extend")
    @RolesAllowed(Role.OPERATOR)
    public Response extend(@PathParam("build") long build, @PathParam("gate") String name, @RestForm String due, @RestForm String reason) {
        ObjectNode asked = asked(build, name, reason);
        try {
            asked.put("due", LocalDateTime.parse(orEmpty(due)).atZone(settings.alerts().zone()).toInstant().toString());
        } catch (DateTimeParseException e) {
            asked.put("due", orEmpty(due));
        }
        return decided(build, name, () -> commands.extend(asked, visitor.name()), Map.of("due", orEmpty(due), "reason", orEmpty(reason)));
    }

    /** Opens the chosen gate of many lines with the same evidence. */
    @POST
    @Path("open")
    @RolesAllowed(Role.OPERATOR)
    public Response openAll(@RestForm String gate, @RestForm List<Long> build, @RestForm String evidence) {
        if (build == null || build.isEmpty()) {
            throw new Refused(422, "No line is chosen. Tick the lines whose gate opens.");
        }
        ObjectNode asked = json.createObjectNode().put("gate", gate);
        note(asked, evidence);
        build.forEach(asked.putArray("builds")::add);
        List<?> answers = (List<?>) commands.open(asked, visitor.name()).get("gates");
        List<String> faults = answers.stream().map(answer -> (Map<?, ?>) answer).filter(answer -> answer.containsKey("status"))
                .map(answer -> "Line " + answer.get("build") + ": " + answer.get("answer")).collect(Collectors.toList());
        if (!faults.isEmpty()) {
            throw new Refused(409, (answers.size() - faults.size()) + " of " + answers.size() + " were opened. The others were not.", faults);
        }
        return Place.seeOther("/gates?gate=" + Place.encoded(gate) + "&done=" + build.get(0));
    }

    private Response decided(long build, String name, Runnable command, Map<String, String> typed) {
        return Place.after(command, "/gates/" + build + "/" + Place.encoded(name), refused -> page(build, name, refused, typed));
    }

    private TemplateInstance page(long build, String name, Refused refused, Map<String, String> typed) {
        return gate.data("gate", questions.gate(build, name), "decisions", questions.history(build), "refused", refused, "entered", typed, "zone", settings.alerts().zone().getId());
    }

    private ObjectNode asked(long build, String name, String reason) {
        ObjectNode asked = json.createObjectNode().put("build", build).put("gate", name);
        return reason == null || reason.isBlank() ? asked : asked.put("reason", reason.strip());
    }

    private static void note(ObjectNode asked, String evidence) {
        if (evidence != null && !evidence.isBlank()) {
            asked.putObject("evidence").put("note", evidence.strip());
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
