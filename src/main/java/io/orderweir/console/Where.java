package io.orderweir.console;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

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
        if (value != null) {
            values.put(name, value);
            conditions.add(condition);
        }
        return this;
    }

    /** A condition of several values; none without them. */
    public Where and(String condition, Map<String, Object> named) {
        if (named != null) {
            values.putAll(named);
            conditions.add(condition);
        }
        return this;
    }

    /** Hands all this, and the order, to the {@code find} of an entity. */
    public <T> PanacheQuery<T> find(BiFunction<String, Map<String, Object>, PanacheQuery<T>> entity, String order) {
        return entity.apply(from + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions)) + " " + order, values);
    }
}
