package io.orderweir.contract;

import io.orderweir.contract.Row.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The table of laws. */
public record Report(List<Row> rows) {

    private static final String GAP = "  ";

    /** Whether no law is broken. */
    public boolean isKept() {
        return count(Verdict.RED) == 0;
    }

    public long count(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }

    /** A line for each law and port; under a red one the way out. */
    public List<String> lines() {
        int connectors = longest(rows.stream().map(Row::connector).toList());
        int ports = longest(rows.stream().map(Row::port).toList());
        int laws = longest(rows.stream().map(row -> row.law().toString()).toList());
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add((padded(row.connector(), connectors) + GAP + padded(row.port(), ports) + GAP + padded(row.law().toString(), laws) + GAP + row.verdict() + (row.says().isEmpty() ? "" : ": " + row.says())).stripTrailing());
            if (!row.wayOut().isEmpty()) {
                lines.add(" ".repeat(connectors + ports + laws + 3 * GAP.length()) + row.wayOut());
            }
        }
        return lines;
    }

    /** All of it in one line. */
    public String summary() {
        long connectors = rows.stream().map(Row::connector).distinct().count();
        return connectors + (connectors == 1 ? " connector: " : " connectors: ") + count(Verdict.GREEN) + " green, " + count(Verdict.RED) + " red, " + count(Verdict.NOT_OF_THIS_CONNECTOR) + " not of this connector, "
                + count(Verdict.NOT_TRIED) + " not tried";
    }

    private static int longest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }
}
