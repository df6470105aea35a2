package io.orderweir.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Who may enter, and who did what; the same for API and pages. */
@ApplicationScoped
public class PeopleQuestions {

    @Inject
    Ask ask;

    public List<Map<String, Object>> people() {
        return ask.rows("people");
    }

    public List<Map<String, Object>> audit(String by, String subject, Long before, int most) {
        return ask.rows("audit", by, by, subject, subject, before, Asked.page(most));
    }

    /** How many rows the log has, its last hash, and where it is not what was written. */
    public Map<String, Object> verified() {
        return ask.one("audit-faults").orElseThrow();
    }
}
