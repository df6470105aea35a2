package io.orderweir.console;

import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What people ask about what is held; the same for API and pages. */
@ApplicationScoped
public class HoldQuestions {

    @Inject
    Ask ask;

    public List<Map<String, Object>> holds(String group, Long before, int most) {
        return ask.rows("holds", group, group, before, before, Asked.page(most));
    }

    public List<Map<String, Object>> groups() {
        return ask.rows("hold-groups");
    }

    public Map<String, Object> hold(long id) {
        Map<String, Object> hold = ask.one("hold", id).orElseThrow(() -> new Refused(404, "There is no hold " + id + "."));
        hold.put("waiting", ask.rows("hold-waiting", id));
        hold.put("earlier", ask.rows("hold-earlier", id));
        return hold;
    }
}
