package io.orderweir.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** How many are where; the same for API and pages. */
@ApplicationScoped
public class FlowQuestions {

    @Inject
    Ask ask;

    public Map<String, Object> counts() {
        return ask.one("counts").orElseThrow();
    }
}
