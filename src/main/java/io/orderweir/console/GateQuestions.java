package io.orderweir.console;

import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What people ask about gates; the same for API and pages. */
@ApplicationScoped
public class GateQuestions {

    @Inject
    Ask ask;

    /** A page of the gates that lines wait at, those first that are due first; {@code after} is the place of the last row of the page before, or null. */
    public List<Map<String, Object>> gates(String gate, String after, int most) {
        GatePlace place = GatePlace.of(after);
        return ask.rows("gates", gate, place.due(), place.build(), place.gate(), Asked.page(most));
    }

    public List<Map<String, Object>> history(long build) {
        return ask.rows("gate-history", build);
    }

    public Map<String, Object> gate(long build, String name) {
        return ask.one("gate", build, name).orElseThrow(() -> new Refused(404, "There is no gate " + name + " at line " + build + "."));
    }

    /** How many lines wait at each gate. */
    public List<Map<String, Object>> columns() {
        return ask.rows("gate-columns");
    }

    /** What was decided last at the gates of one line, or null. */
    public Map<String, Object> lastDecision(long build) {
        return ask.one("gate-last-decision", build).orElse(null);
    }

    /** What partners said of orders that have not come yet. */
    public List<Map<String, Object>> signals(long after, int most) {
        return ask.rows("signals", Asked.page(most), after);
    }

    public List<Map<String, Object>> calendars(int most) {
        return ask.rows("calendars", Asked.page(most));
    }
}
