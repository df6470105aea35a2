package io.orderweir.console.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Tell;
import io.orderweir.console.hold.HoldAnswers.HoldPlan;
import io.orderweir.hold.Pricing;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people do with the Error Hold bin, each command given to one door of the engine; the same for API and pages. */
@ApplicationScoped
public class HoldCommands {

    private static final List<String> ARRANGED = List.of("owner", "due", "snooze", "note");
    private static final List<String> WORKS = List.of("release", "fix", "discard");

    @Inject
    Tell tell;

    @Inject
    ObjectMapper json;

    @Inject
    HoldQuestions questions;

    @Inject
    Visitor visitor;

    public Map<String, Object> release(long hold, JsonNode request, String person) {
        return tell.tell("direct:hold.release", Map.of("hold", hold, "by", person, "request", request, "pricing", visitor.may(Role.ADMIN)));
    }

    /** What a release with this request would send: {changes, requests}. Nothing is called and nothing changes. */
    public Map<String, Object> dryRun(long hold, JsonNode request, String person) {
        return tell.tell("direct:hold.dry-run", Map.of("hold", hold, "by", person, "request", request, "pricing", true));
    }

    public Map<String, Object> discard(long hold, String reason, String person) {
        return tell.tell("direct:hold.discard", Map.of("hold", hold, "by", person, "reason", why(reason)));
    }

    /** Accepts that the target makes another total of it: the first who does asks, another person accepts. */
    public Map<String, Object> accept(long hold, String reason, String person) {
        return tell.tell("direct:hold.accept", Map.of("hold", hold, "by", person, "reason", reason == null ? "" : reason.strip()));
    }

    /** Plans anew what was discarded, or puts it back into the bin. */
    public Map<String, Object> takeUp(long hold, String person) {
        return tell.tell("direct:hold.take-up", Map.of("hold", hold, "by", person));
    }

    /** Asks the target whether it has what is held. */
    public Map<String, Object> look(long hold, String person) {
        return tell.tell("direct:hold.look", Map.of("hold", hold, "by", person));
    }

    /** Sets owner, due (an instant), snooze (an instant) or adds a note, for one hold or, with null, for a group; an empty value takes it away. */
    public Map<String, Object> arrange(Long hold, String group, String what, String value, String person) {
        if (what == null || !ARRANGED.contains(what)) {
            throw new Refused(404, "There is no " + what + " of a hold; there are " + String.join(", ", ARRANGED) + ".");
        }
        if (hold == null && (group == null || group.isBlank())) {
            throw new Refused(400, "Name the group, as 'group': its fingerprint.");
        }
        String said = value == null ? "" : value.strip();
        if (List.of("due", "snooze").contains(what) && !said.isEmpty()) {
            try {
                said = Instant.parse(said).toString();
            } catch (DateTimeParseException e) {
                throw new Refused(400, "Say until when, as an instant such as 2026-12-24T12:00:00Z, and not '" + said + "'.");
            }
        }
        Map<String, Object> variables = new HashMap<>(Map.of("by", person, "what", what, "value", Asked.text(said)));
        variables.put("hold", hold);
        variables.put("group", group);
        return tell.tell("direct:hold.arrange", variables);
    }

    /**
     * What {@link #start} would do: nothing is done yet. A fix of one field says how many have which value there.
     *
     * @throws Refused 400 as at the start, 404 when nothing is held for the cause
     */
    public HoldPlan plan(String group, String what, JsonNode asked) {
        return questions.plan(group, what, request(group, what, asked).path("changes").path(0));
    }

    /**
     * Starts to release, fix or discard a whole group. {@code asked}: for a fix {changes [{path, value, replaced}]}, for a discard {reason}; and {planned}: for how many holds,
     * so that nobody does to a thousand what he meant for three.
     */
    public Map<String, Object> start(String group, String what, JsonNode asked, String person) {
        ObjectNode request = request(group, what, asked);
        if (!asked.path("planned").isIntegralNumber()) {
            throw new Refused(400, "Say for how many holds it is meant, as 'planned': POST /api/holds/plan counts them.");
        }
        request.put("planned", asked.path("planned").asLong());
        return tell.tell("direct:hold.start", Map.of("group", group, "what", what, "asked", Asked.text(request.toString()), "by", person));
    }

    private ObjectNode request(String group, String what, JsonNode asked) {
        if (group == null || group.isBlank() || what == null || !WORKS.contains(what)) {
            throw new Refused(400, "Name the group, as 'group': its fingerprint, and what to do with it, as 'what': release, fix or discard.");
        }
        ObjectNode request = json.createObjectNode();
        if (what.equals("fix")) {
            if (!asked.path("changes").isArray() || asked.path("changes").isEmpty()) {
                throw new Refused(400, "A fix needs 'changes': a list of {\"path\", \"value\", \"replaced\"}.");
            }
            for (JsonNode change : asked.path("changes")) {
                if (!change.has("replaced") && !asked.path("everywhere").asBoolean()) {
                    throw new Refused(400, "Say which value of " + change.path("path").asText() + " is to be replaced, as 'replaced', or that it is to be replaced whatever stands there, as 'everywhere'.");
                }
            }
            if (!visitor.may(Role.ADMIN)) {
                Pricing.refuse(asked.path("changes"));
            }
            request.set("changes", asked.path("changes"));
        } else if (what.equals("discard")) {
            request.put("reason", why(asked.path("reason").asText()));
        }
        return request;
    }

    public Map<String, Object> stop(long job, String person) {
        return tell.tell("direct:hold.stop", Map.of("job", job, "by", person));
    }

    private static String why(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new Refused(400, "Say why it is discarded: the reason stays with the order.");
        }
        return Asked.text(reason);
    }
}
