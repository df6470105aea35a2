package io.orderweir.console.access;

import io.orderweir.console.Ask;
import io.orderweir.console.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may enter, and who did what; the same for API and pages. */
@ApplicationScoped
public class PeopleQuestions {

    private static final int MOST_PEOPLE = 1_000;
    private static final int MOST_FAULTS = 100;
    /** What is looked through in a second. */
    private static final int PART = 50_000;

    @Inject
    Ask ask;

    public List<Person> people() {
        return ask.list(Person.byName(), MOST_PEOPLE);
    }

    /** A page of the audit log, the newest first; by whom, about what and before which row may each be null. */
    public List<AuditEntry> audit(String by, String subject, Long before, int most) {
        return ask.list(AuditEntry.newest(by, subject, before), Asked.page(most));
    }

    /**
     * How many rows the log has, its last hash, and where it is not what was written; looked through in parts, so that a log of any length answers.
     *
     * @param after the row to begin after, 0 for the whole log
     * @param hash that row's hash as it was told once, or null
     */
    public Map<String, Object> verified(long after, String hash) {
        Map<String, Object> part = ask.one("audit-faults", after, hash, PART).orElseThrow();
        List<Object> faults = new ArrayList<>((List<?>) part.get("faults"));
        for (long next = next(part), from = after; next > from && faults.size() < MOST_FAULTS; from = next, next = next(part)) {
            part = ask.one("audit-faults", next, null, PART).orElseThrow();
            faults.addAll((List<?>) part.get("faults"));
        }
        return Map.of("rows", part.get("rows"), "hash", part.get("hash"), "faults", faults.stream().distinct().toList());
    }

    private static long next(Map<String, Object> part) {
        return ((Number) part.get("next")).longValue();
    }
}
