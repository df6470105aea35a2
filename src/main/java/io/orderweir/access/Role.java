package io.orderweir.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person may do in the console; each role may do what the ones before it may. */
public final class Role {

    /** Reads everything; personal data is masked. */
    public static final String VIEWER = "viewer";
    /** Runs the day: orders, holds, gates, pauses, alerts. */
    public static final String OPERATOR = "operator";
    /** Looks after connections and routes. */
    public static final String INTEGRATOR = "integrator";
    /** Says who may enter. */
    public static final String ADMIN = "admin";

    private static final List<String> ALL = List.of(VIEWER, OPERATOR, INTEGRATOR, ADMIN);

    private Role() {
    }

    public static List<String> all() {
        return ALL;
    }

    /** The highest of these, if one of them is a role of ours. */
    public static Optional<String> highest(Set<String> names) {
        return ALL.stream().filter(names::contains).reduce((lower, higher) -> higher);
    }

    static Set<String> upTo(String role) {
        return Set.copyOf(ALL.subList(0, ALL.indexOf(role) + 1));
    }
}
