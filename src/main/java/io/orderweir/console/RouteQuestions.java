package io.orderweir.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/** The routes of this process: what each is for, how often it ran, how often in vain, and how long it took. */
@ApplicationScoped
public class RouteQuestions {

    private static final String TIMER = "camel.route.policy";

    @Inject
    CamelContext engine;

    @Inject
    MeterRegistry metrics;

    /** By group and id: route, group, description, state, exchanges, failures, meanMs (null where it never ran). */
    public List<Map<String, Object>> all() {
        Map<String, List<Timer>> timers = new HashMap<>();
        metrics.find(TIMER).timers().forEach(timer -> timers.computeIfAbsent(timer.getId().getTag("routeId"), none -> new ArrayList<>()).add(timer));
        return engine.getRoutes().stream().map(route -> row(route, timers.getOrDefault(route.getRouteId(), List.of())))
                .sorted(Comparator.comparing((Map<String, Object> row) -> (String) row.get("group")).thenComparing(row -> (String) row.get("route"))).toList();
    }

    /** A template's description names its parameter. */
    private static String described(Route route) {
        return route.getDescription() == null ? null : route.getDescription().replace("{{connection}}", route.getRouteId().replaceFirst("^deliver\\.", ""));
    }

    private Map<String, Object> row(Route route, List<Timer> timers) {
        long exchanges = timers.stream().mapToLong(Timer::count).sum();
        ServiceStatus status = engine.getRouteController().getRouteStatus(route.getRouteId());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("route", route.getRouteId());
        row.put("group", route.getGroup() == null ? "" : route.getGroup());
        row.put("description", described(route));
        row.put("state", status == null ? "unknown" : status.name().toLowerCase(Locale.ROOT));
        row.put("exchanges", exchanges);
        row.put("failures", timers.stream().filter(timer -> "true".equals(timer.getId().getTag("failed"))).mapToLong(Timer::count).sum());
        row.put("meanMs", exchanges == 0 ? null : Math.round(10 * timers.stream().mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS)).sum() / exchanges) / 10.0);
        return row;
    }
}
