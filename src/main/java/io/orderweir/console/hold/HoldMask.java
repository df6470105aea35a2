package io.orderweir.console.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.hold.HoldAnswers.EarlierHold;
import io.orderweir.console.hold.HoldAnswers.HeldOrder;
import io.orderweir.console.hold.HoldAnswers.HoldWork;
import io.orderweir.console.hold.HoldAnswers.WorkFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Takes personal data out of what a viewer is shown of a hold; from operator on everything is shown. */
@ApplicationScoped
public class HoldMask {

    private static final String HIDDEN = "•••";
    private static final String QUOTED = "'[^']*'";
    private static final List<String> PERSONAL = List.of("customer", "shippingAddress", "billingAddress");

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    /** Rows of holds or groups: the value a sentence quotes of a person's data. */
    public List<Map<String, Object>> all(List<Map<String, Object>> rows) {
        rows.forEach(this::of);
        return rows;
    }

    /** One hold: its sentence, its canonical document; the original bytes and the answer are not shown at all. */
    public Map<String, Object> of(Map<String, Object> hold) {
        if (visitor.may(Role.OPERATOR)) {
            return hold;
        }
        String path = (String) hold.get("path");
        hold.computeIfPresent("sentence", (name, value) -> isPersonal(path) ? unquoted((String) value) : value);
        if (hold.get("canonical") != null) {
            JsonNode document = json.valueToTree(hold.get("canonical"));
            PERSONAL.forEach(field -> hide(document.path(field)));
            ((ObjectNode) document).remove("orderNote");
            hold.put("canonical", json.convertValue(document, Object.class));
        }
        hold.computeIfPresent("earlier", (name, value) -> ((List<?>) value).stream().map(EarlierHold.class::cast).map(one -> one.saying(unquoted(one.sentence()))).toList());
        hold.computeIfPresent("works", (name, value) -> ((List<?>) value).stream().map(HoldWork.class::cast).map(this::of).toList());
        for (String unmasked : List.of("raw", "rawText", "answer")) {
            hold.computeIfPresent(unmasked, (name, value) -> HIDDEN);
        }
        return hold;
    }

    /** One of its cause: what its sentence quotes. */
    public HeldOrder of(HeldOrder held) {
        return visitor.may(Role.OPERATOR) || !isPersonal(held.path()) ? held : held.saying(unquoted(held.sentence()));
    }

    /** What was asked for a whole cause, and what came of it. */
    public HoldWork of(HoldWork work) {
        return visitor.may(Role.OPERATOR) ? work
                : work.saying(HIDDEN, work.failures().stream().map(failure -> new WorkFailure(failure.hold(), unquoted(failure.answer()))).toList());
    }

    /** What names no field may quote anything. */
    private static boolean isPersonal(String path) {
        return path == null || PERSONAL.stream().anyMatch(path::startsWith);
    }

    private static String unquoted(String sentence) {
        return sentence == null ? null : sentence.replaceAll(QUOTED, "'" + HIDDEN + "'");
    }

    private static void hide(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(field -> object.put(field, HIDDEN));
        }
    }
}
