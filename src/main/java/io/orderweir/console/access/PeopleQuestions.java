package io.orderweir.console.access;

import io.orderweir.console.Ask;
import io.orderweir.console.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Who may enter, and who did what; the same for API and pages. */
@ApplicationScoped
public class PeopleQuestions {

    private static final int MOST_PEOPLE = 1_000;

    @Inject
    Ask ask;

    public List<Person> people() {
        return ask.list(Person.byName(), MOST_PEOPLE);
    }

    /** A page of the audit log, the newest first; by whom, about what and before which row may each be null. */
    public List<AuditEntry> audit(String by, String subject, Long before, int most) {
        return ask.list(AuditEntry.newest(by, subject, before), Asked.page(most));
    }

    /** How many rows the log has, its last hash, and where it is not what was written. */
    public Map<String, Object> verified() {
        return ask.one("audit-faults").orElseThrow();
    }
}
