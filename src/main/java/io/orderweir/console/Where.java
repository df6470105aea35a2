package io.orderweir.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a list is narrowed by, in HQL. A condition whose value is not known is left out, so that the database plans for what is asked
 * and not for whatever could be.
 */
public final class Where {

    private final String from;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    public Where() {
        this("");
    }

    /** With what is joined: {@code from Hold h join fetch h.message}. */
    public Where(String from) {
        this.from = from;
    }

    public Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** A condition of one value, which it names: {@code and("by = :by", "by", "Ann")}; none without the value. */
    public Where and(String condition, String name, Object value) {
        return value == null ? this : and(condition, Map.of(name, value));
    }

    /** A condition of several values; none without them. */
    public Where and(String condition, Map<String, Object> named) {
        if (named == null) {
            return this;
        }
        values.putAll(named);
        return and(condition);
    }

    /** What an entity's {@code find} is given, with the {@link #values}. */
    public String hql(String order) {
        return (from + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions)) + " " + order).strip();
    }

    public Map<String, Object> values() {
        return values;
    }
}
