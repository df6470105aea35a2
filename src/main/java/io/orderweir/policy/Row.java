package io.orderweir.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.policy.Policies.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One row of a table; what is wrong with it is told with the file, the row, its line, the value and what it may be. {@code line} is 0 where nobody knows.
 */
public record Row(Policy policy, JsonNode columns, int line) {

    /** The rows of a table; a column it does not have is refused, and so is a table that is none of {@code tables}. */
    public static List<Row> of(Policy policy, Set<String> tables, String table, Collection<String> known) {
        if (!policy.content().isObject()) {
            throw policy.wrong("it has no tables; write some of " + new TreeSet<>(tables));
        }
        policy.content().fieldNames().forEachRemaining(name -> {
            if (!tables.contains(name)) {
                throw policy.wrong("'" + name + "' is not a table; use some of " + new TreeSet<>(tables));
            }
        });
        return rows(policy, policy.content().path(table), table, known);
    }

    /** The rows of a file that is one list of them. */
    public static List<Row> of(Policy policy, Collection<String> known) {
        if (!policy.content().isArray()) {
            throw policy.wrong("it is one list of rows, each with some of " + known + "; begin each with '- '");
        }
        return rows(policy, policy.content(), "", known);
    }

    private static List<Row> rows(Policy policy, JsonNode list, String table, Collection<String> known) {
        List<Row> rows = new ArrayList<>();
        list.forEach(columns -> {
            Row row = new Row(policy, columns, policy.line(table, rows.size()));
            columns.fieldNames().forEachRemaining(column -> {
                if (!known.contains(column)) {
                    throw row.wrong("'" + column + "' is not a column" + (table.isEmpty() ? "" : " of " + table) + "; use " + known);
                }
            });
            rows.add(row);
        });
        return rows;
    }

    public boolean has(String column) {
        return columns.hasNonNull(column);
    }

    /** Null where nothing stands. A number is refused: as no condition it would cover everything. */
    public String text(String column) {
        if (has(column) && !columns.get(column).isTextual()) {
            throw wrong(column + " is a text; write it in quotes: '" + columns.get(column).asText() + "'");
        }
        return columns.path(column).textValue();
    }

    public String required(String column) {
        if (!columns.path(column).isTextual()) {
            throw wrong("a row needs " + column);
        }
        return columns.get(column).textValue();
    }

    public int whole(String column, int most) {
        int number = columns.path(column).asInt(-1);
        if (!columns.path(column).isIntegralNumber() || number < 0 || number > most) {
            throw wrong(column + " is a whole number from 0 to " + most + ", and not '" + columns.path(column).asText() + "'");
        }
        return number;
    }

    /** The first is what stands there when nothing does. */
    public String oneOf(String column, String... values) {
        String value = columns.path(column).asText(values[0]);
        if (!List.of(values).contains(value)) {
            throw wrong(column + " is " + String.join(" or ", values) + ", and not '" + value + "'");
        }
        return value;
    }

    /** A list such as {@code [a, b]}; empty where nothing stands. */
    public List<String> names(String column) {
        if (has(column) && !columns.get(column).isArray()) {
            throw wrong(column + " is a list such as [a, b], and not '" + columns.get(column).asText() + "'");
        }
        List<String> names = new ArrayList<>();
        columns.path(column).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** Rows are asked for theirs at each step of a route; that of all tables behind it would be counted each time. */
    @Override
    public int hashCode() {
        return line;
    }

    public IllegalStateException wrong(String what) {
        return policy.wrong(what + ", in " + columns + (line == 0 ? "" : " (line " + line + ")"));
    }
}
