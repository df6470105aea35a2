package io.orderweir.console.gate;

import io.orderweir.console.Ask;
import io.orderweir.console.Asked;
import io.orderweir.console.PersonMask;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What people ask about gates; the same for API and pages. */
@ApplicationScoped
public class GateQuestions {

    private static final int MOST_DECISIONS = 10_000;
    private static final int MOST_SKIPPED = 1_000_000_000;

    @Inject
    Ask ask;

    @Inject
    PersonMask mask;

    /** A page of the gates that lines wait at, those first that are due first; {@code after} is the place of the last row of the page before, or null. */
    public List<Map<String, Object>> gates(String gate, String after, int most) {
        GatePlace place = GatePlace.of(after);
        return mask.in(ask.rows("gates", gate, place.due(), place.build(), place.gate(), Asked.page(most)), "evidence", "item");
    }

    /** What was decided at the gates of one line, the oldest first. */
    public List<GateDecision> history(long build) {
        return ask.list(GateDecision.of(build), MOST_DECISIONS).stream().map(this::shown).toList();
    }

    public Map<String, Object> gate(long build, String name) {
        return mask.in(ask.one("gate", build, name).orElseThrow(() -> new Refused(404, "There is no gate " + name + " at line " + build + ".")), "evidence", "item");
    }

    /** How many lines wait at each gate. */
    public List<Map<String, Object>> columns() {
        return ask.rows("gate-columns");
    }

    /** What was decided last at the gates of one line, or null. */
    public GateDecision lastDecision(long build) {
        return ask.list(GateDecision.newest(build), 1).stream().findFirst().map(this::shown).orElse(null);
    }

    /** What partners said of orders that have not come yet. */
    public List<GateAnswers.WaitingSignal> signals(long after, int most) {
        return ask.list(Signal.waiting(), (int) Math.min(after, MOST_SKIPPED), Asked.page(most)).stream().map(signal -> {
            signal.evidence = mask.of(signal.evidence);
            return GateAnswers.WaitingSignal.of(signal);
        }).toList();
    }

    private GateDecision shown(GateDecision decision) {
        decision.evidence = mask.of(decision.evidence);
        return decision;
    }

    public List<CalendarDay> calendars(int most) {
        return ask.list(CalendarDay.coming(), Asked.page(most));
    }
}
