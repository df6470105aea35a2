package io.orderweir.console.hold;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.hold.HoldAnswers.EarlierHold;
import io.orderweir.console.hold.HoldAnswers.HeldOrder;
import io.orderweir.console.hold.HoldAnswers.HoldWork;
import io.orderweir.console.hold.HoldAnswers.WorkFailure;
import io.orderweir.privacy.Masking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Takes personal data out of what a viewer is shown of a hold; from operator on everything is shown. */
@ApplicationScoped
public class HoldMask {

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    /** Rows of holds or groups: the value a sentence quotes of a person's data. */
    public List<Map<String, Object>> all(List<Map<String, Object>> rows) {
        rows.forEach(this::of);
        return rows;
    }

    /** One hold: its sentence, its canonical document; the original bytes, the answer and why it was discarded or accepted are not shown at all. */
    public Map<String, Object> of(Map<String, Object> hold) {
        if (visitor.may(Role.OPERATOR)) {
            return hold;
        }
        String path = (String) hold.get("path");
        hold.computeIfPresent("sentence", (name, value) -> Masking.sentence((String) value, path));
        hold.computeIfPresent("canonical", (name, value) -> json.convertValue(Masking.document(json.valueToTree(value)), Object.class));
        hold.computeIfPresent("earlier", (name, value) -> ((List<?>) value).stream().map(EarlierHold.class::cast).map(one -> one.saying(Masking.sentence(one.sentence(), null), resolution(one.resolution()))).toList());
        hold.computeIfPresent("works", (name, value) -> ((List<?>) value).stream().map(HoldWork.class::cast).map(this::of).toList());
        // whoever discards or accepts may write of the buyer
        hold.computeIfPresent("resolution", (name, value) -> resolution((String) value));
        for (String unmasked : List.of("raw", "rawText", "answer", "why", "acceptWhy")) {
            hold.computeIfPresent(unmasked, (name, value) -> Masking.MASK);
        }
        return hold;
    }

    private static String resolution(String text) {
        return text == null ? null : text.replaceFirst("(?s)^(discarded|accepted): .*", "$1");
    }

    /** One of its cause: what its sentence quotes. */
    public HeldOrder of(HeldOrder held) {
        return visitor.may(Role.OPERATOR) ? held : held.saying(Masking.sentence(held.sentence(), held.path()));
    }

    /** What was asked for a whole cause, and what came of it. */
    public HoldWork of(HoldWork work) {
        return visitor.may(Role.OPERATOR) ? work
                : work.saying(Masking.MASK, work.failures().stream().map(failure -> new WorkFailure(failure.hold(), Masking.sentence(failure.answer(), null))).toList());
    }
}
