package io.orderweir.gate;

import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
import io.orderweir.policy.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The capacity calendars of factories that have no interface, from {@code gates.yaml}: slots per day, of one product line each. */
@ApplicationScoped
@Named("calendars")
@RegisterForReflection
public class Calendars {

    private static final Set<String> COLUMNS = Set.of("calendar", "zone", "slots", "days", "closed", "lead");
    private static final List<String> WEEK = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final int MOST_SLOTS = 1_000_000;
    private static final int LONGEST_LEAD = 365;

    /** Weekdays are 1 Monday to 7 Sunday; lead is how many days from today on are not booked any more. */
    private record Calendar(String name, ZoneId zone, int slots, List<Integer> weekdays, List<LocalDate> closed, int lead) {
    }

    private final Map<String, Calendar> calendars = new LinkedHashMap<>();

    /** For the client proxy only. */
    protected Calendars() {
    }

    @Inject
    public Calendars(Policies policies) {
        this(policies.read("gates.yaml"));
    }

    Calendars(Policy policy) {
        Row.of(policy, GateClasses.TABLES, "calendars", COLUMNS).forEach(row -> calendars.put(row.required("calendar"), calendar(row)));
    }

    /** As the ledger takes them: one map of {calendar, zone, lead, slots, weekdays, closed} each, lists as PostgreSQL's arrays. */
    public List<Map<String, Object>> all() {
        return calendars.values().stream().<Map<String, Object>>map(calendar -> Map.of("calendar", calendar.name(), "zone", calendar.zone().getId(),
                "lead", calendar.lead(), "slots", calendar.slots(), "weekdays", array(calendar.weekdays()), "closed", array(calendar.closed()))).toList();
    }

    Set<String> names() {
        return calendars.keySet();
    }

    private static Calendar calendar(Row row) {
        try {
            List<Integer> weekdays = row.names("days").stream().map(day -> {
                if (!WEEK.contains(day)) {
                    throw row.wrong("days are of " + WEEK + ", and not '" + day + "'");
                }
                return WEEK.indexOf(day) + 1;
            }).toList();
            if (weekdays.isEmpty()) {
                throw row.wrong("a calendar needs days of " + WEEK);
            }
            return new Calendar(row.required("calendar"), ZoneId.of(row.has("zone") ? row.text("zone") : "UTC"), row.whole("slots", MOST_SLOTS), weekdays,
                    row.names("closed").stream().map(LocalDate::parse).toList(), row.has("lead") ? row.whole("lead", LONGEST_LEAD) : 0);
        } catch (DateTimeException wrong) {
            throw row.wrong("zone is one such as Europe/Berlin, and closed are days such as 2026-12-25 (" + wrong.getMessage() + ")");
        }
    }

    private static String array(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
