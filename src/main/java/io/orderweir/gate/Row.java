package io.orderweir.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.policy.Policies.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One row of a table of {@code gates.yaml}; what is wrong with it is told with the file, the row, the value and what it may be. */
record Row(Policy policy, JsonNode columns) {

    private static final Set<String> TABLES = Set.of("gates", "classes", "requests", "shipping", "calendars");

    /** The rows of a table; a column it does not have is refused, and so is a table the file does not have. */
    static List<Row> of(Policy policy, String table, Set<String> known) {
        if (!policy.content().isObject()) {
            throw policy.wrong("it has no tables; write some of " + new TreeSet<>(TABLES));
        }
        policy.content().fieldNames().forEachRemaining(name -> {
            if (!TABLES.contains(name)) {
                throw policy.wrong("'" + name + "' is not a table; use some of " + new TreeSet<>(TABLES));
            }
        });
        List<Row> rows = new ArrayList<>();
        policy.content().path(table).forEach(row -> {
            row.fieldNames().forEachRemaining(column -> {
                if (!known.contains(column)) {
                    throw policy.wrong("'" + column + "' is not a column of " + table + "; use " + known + " in " + row);
                }
            });
            rows.add(new Row(policy, row));
        });
        return rows;
    }

    boolean has(String column) {
        return columns.hasNonNull(column);
    }

    /** Null where nothing stands. A number is refused: as no condition it would cover everything. */
    String text(String column) {
        if (has(column) && !columns.get(column).isTextual()) {
            throw wrong(column + " is a text; write it in quotes: '" + columns.get(column).asText() + "'");
        }
        return columns.path(column).textValue();
    }

    String required(String column) {
        if (!columns.path(column).isTextual()) {
            throw wrong("a row needs " + column);
        }
        return columns.get(column).textValue();
    }

    int whole(String column, int most) {
        int number = columns.path(column).asInt(-1);
        if (!columns.path(column).isIntegralNumber() || number < 0 || number > most) {
            throw wrong(column + " is a whole number from 0 to " + most + ", and not '" + columns.path(column).asText() + "'");
        }
        return number;
    }

    /** The first is what stands there when nothing does. */
    String oneOf(String column, String... values) {
        String value = columns.path(column).asText(values[0]);
        if (!List.of(values).contains(value)) {
            throw wrong(column + " is " + String.join(" or ", values) + ", and not '" + value + "'");
        }
        return value;
    }

    /** A list such as {@code [a, b]}; empty where nothing stands. */
    List<String> names(String column) {
        if (has(column) && !columns.get(column).isArray()) {
            throw wrong(column + " is a list such as [a, b], and not '" + columns.get(column).asText() + "'");
        }
        List<String> names = new ArrayList<>();
        columns.path(column).forEach(name -> names.add(name.asText()));
        return names;
    }

    IllegalStateException wrong(String what) {
        return policy.wrong(what + ", in " + columns);
    }
}
