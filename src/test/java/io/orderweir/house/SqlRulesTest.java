package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Statements stand in sql/, say what they do, survive camel-sql, and are planned by the real database. */
class SqlRulesTest {

    private static final List<SqlFile> FILES = SqlFile.all();
    private static final Pattern STATEMENT = Pattern.compile("(?is)\\b(select\\s.+\\sfrom\\s|insert\\s+into\\s|update\\s+[\\w.]+\\s+(?:\\w+\\s+)?set\\s|delete\\s+from\\s|create\\s+table\\s)");
    /** Starts and guards the database itself, before there is an application that could read sql/. */
    private static final String DATABASE_ITSELF = "io/orderweir/embedded/";

    @Test
    void everyStatementSaysWhatItDoesAndWhatGoesInAndOut() {
        Findings.none(FILES.stream().flatMap(file -> unexplained(file).stream()).toList());
        Findings.found(4, "first line", Stream.of(
                new SqlFile("sql/deliver/a.sql", "select 1"),
                new SqlFile("sql/deliver/b.sql", "-- Finds it.\n-- out: id\nselect id from t where id = :#id and x = :#${variable.y}"))
                .flatMap(file -> unexplained(file).stream()).toList());
    }

    @Test
    void everyStatementReachesTheDatabaseAsItIsWritten() {
        Findings.none(FILES.stream().flatMap(file -> changedOnTheWay(file, file.isCamels()).stream()).toList());
        Findings.found(2, "#", changedOnTheWay(new SqlFile("sql/deliver/a.sql", "-- A.\nselect document #>> '{a}' from t where id = :#id and tags ? 'x'"), true));
        Findings.found(1, "one statement", changedOnTheWay(new SqlFile("sql/ledger/a.sql", "-- A # is fine here.\nselect ?;\nselect 2"), false));
    }

    @Test
    void everyStatementIsUsed() {
        Findings.none(FILES.stream().flatMap(file -> unused(file).stream()).toList());
        Findings.found(1, "sql/deliver/nobody.sql", unused(new SqlFile("sql/deliver/nobody.sql", "")));
    }

    @Test
    void noStatementHidesInYamlOrJava() {
        Findings.none(RouteFile.all().stream().flatMap(file -> hiddenInYaml(file).stream()).toList());
        Findings.none(SourceFiles.java().stream().filter(file -> !file.toString().contains(DATABASE_ITSELF)).flatMap(file -> hiddenInJava(file.toString(), RouteFile.read(file)).stream()).toList());
        Findings.found(2, "sql:", hiddenInYaml(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { from: { uri: direct:a, steps: [ { to: "sql:select id from orderweir.delivery" }, { setBody: { constant: "delete from orderweir.hold" } }, { log: update your settings } ] } }
                """)));
        Findings.found(1, "A.java:2", hiddenInJava("A.java", "// select this from that\nString q = \"select id from orderweir.delivery \" + where;\nString said = \"no update of the order\";"));
    }

    @Test
    void everyStatementIsParsedAndPlannedByTheDatabase() throws SQLException {
        List<String> refused = new ArrayList<>();
        for (SqlFile file : FILES) {
            refused.addAll(refused(file.name(), file.prepared()));
        }
        Findings.none(refused);
        Findings.found(1, "no_such_column", refused("sql/deliver/a.sql", SqlFile.prepared("select no_such_column from orderweir.delivery where id = :#id")));
    }

    @Test
    void whatIsDueIsFoundByItsIndex() throws SQLException {
        SqlFile due = FILES.stream().filter(file -> file.name().equals("sql/deliver/due.sql")).findFirst().orElseThrow();
        String plan = plan(due.prepared());
        assertTrue(plan.contains("delivery_turn") && !plan.contains("Seq Scan on delivery"), "the look must walk the index delivery_turn, but its generic plan is\n" + plan);
    }

    @Test
    void everyInputIsNamedOnce() {
        Findings.none(FILES.stream().flatMap(file -> namedAgain(file).stream()).toList());
        Findings.found(2, "id stands 3 times", namedAgain(new SqlFile("sql/gate/a.sql", """
                -- :#id in words counts for nothing.
                select :#id, :#${variable.id}, :#${variable.by}, :#${variable.other}, :#${variable.other} from t where id = :#id
                """)));
    }

    @Test
    void camelSqlTurnsEveryOtherHashIntoAParameter() {
        // the trap behind the rule: it happens silently, even inside a literal
        assertEquals("select a ?>> '{x}', '?1' from t where id = ?", SqlFile.prepared("select a #>> '{x}', '#1' from t where id = :#id"));
    }

    private static List<String> unexplained(SqlFile file) {
        List<String> found = new ArrayList<>();
        String head = String.join(" ", file.head());
        if (file.head().isEmpty() || !file.head().get(0).matches("[A-Z].*")) {
            found.add(file.name() + ": the first line does not say what it does; write -- Does this; returns that.");
        }
        if (file.head().size() < 2 || !head.matches(".*\\bin: .*") || !head.matches(".*\\b(out: |[Rr]eturns ).*")) {
            found.add(file.name() + ": the head does not say what goes in and out; write -- in: a, b   out: c");
        }
        String in = head.replaceFirst(".*\\bin: ", "").replaceFirst("\\bout: .*", "");
        file.parameters().stream().filter(name -> !in.matches(".*\\b" + name + "\\b.*"))
                .forEach(name -> found.add(file.name() + ": the parameter " + name + " is missing after in:"));
        return file.head().isEmpty() ? found.subList(0, 1) : found;
    }

    private static List<String> changedOnTheWay(SqlFile file, boolean camels) {
        List<String> found = new ArrayList<>();
        String[] lines = file.text().split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (camels && !lines[i].strip().startsWith("--") && lines[i].matches(".*(?<!:)#.*")) {
                found.add(file.name() + ":" + (i + 1) + ": camel-sql turns this # into a parameter; use ->> or jsonb_extract_path_text");
            }
            if (camels && !lines[i].strip().startsWith("--") && lines[i].contains("?")) {
                found.add(file.name() + ":" + (i + 1) + ": ? is read as a parameter; use :#name, and jsonb_exists for the operator");
            }
        }
        if (file.statement().strip().contains(";")) {
            found.add(file.name() + ": more than one statement, or a ; at its end; one statement per file");
        }
        return found;
    }

    /** Java names a statement by its file, or in its own capability by the verb alone. */
    private static List<String> unused(SqlFile file) {
        if (file.isCamels()) {
            return List.of();
        }
        String capability = Path.of(file.name()).getParent().getFileName().toString();
        String verb = Path.of(file.name()).getFileName().toString().replace(".sql", "");
        boolean read = SourceFiles.texts().entrySet().stream().anyMatch(java -> {
            String source = java.getValue();
            return source.contains("\"" + capability + "/" + verb + ".sql\"") || source.contains("\"" + capability + "/" + verb + "\"") || java.getKey().toString().contains("/" + capability + "/") && source.contains("\"" + verb + "\"");
        });
        return read ? List.of() : List.of(file.name() + " is called by nobody; remove it, or call it from a route");
    }

    private static List<String> hiddenInYaml(RouteFile file) {
        return file.yaml().texts().filter(text -> text.text().startsWith("sql:") && !text.text().startsWith("sql:classpath:sql/") || STATEMENT.matcher(text.text() + " ").find())
                .map(text -> text.place() + ": a statement in YAML, '" + text.text() + "'; move it to src/main/resources/sql/<capability>/<verb>.sql and write sql:classpath:sql/...").toList();
    }

    private static List<String> namedAgain(SqlFile file) {
        return file.parameters().stream().map(name -> {
            long times = Pattern.compile(":#(?:" + name + "\\b|\\$\\{variable\\." + name + "})").matcher(file.statement()).results().count();
            return times < 2 ? "" : file.name() + ": " + name + " stands " + times + " times; name the inputs once, with given as materialized (select :#" + name + "::text as " + name + ", ...), and read the rest from it";
        }).filter(line -> !line.isEmpty()).toList();
    }

    private static List<String> hiddenInJava(String name, String source) {
        List<String> found = new ArrayList<>();
        String[] lines = source.split("\n");
        Pattern literal = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
        for (int i = 0; i < lines.length; i++) {
            String literals = String.join(" ", literal.matcher(lines[i]).results().map(text -> text.group(1)).toList()) + " ";
            if (STATEMENT.matcher(literals).find()) {
                found.add(name + ":" + (i + 1) + ": a statement in Java; move it to src/main/resources/sql/<capability>/<verb>.sql");
            }
        }
        return found;
    }

    private static List<String> refused(String name, String prepared) {
        try {
            plan(prepared);
            return List.of();
        } catch (SQLException e) {
            return List.of(name + ": the database does not plan it: " + e.getMessage().lines().findFirst().orElse("") + "; correct the statement or the migration");
        }
    }

    /** The generic plan, as a prepared statement gets it after its first calls. */
    private static String plan(String prepared) throws SQLException {
        String[] parts = prepared.split("\\?", -1);
        StringBuilder numbered = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            numbered.append('$').append(i).append(parts[i]);
        }
        String values = parts.length == 1 ? "" : "(" + String.join(", ", Collections.nCopies(parts.length - 1, "null")) + ")";
        try (Connection connection = TestDatabase.shared().open(); Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare planned as " + numbered);
            try (ResultSet lines = statement.executeQuery("explain execute planned" + values)) {
                StringBuilder plan = new StringBuilder();
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
                return plan.toString();
            } finally {
                connection.rollback();
            }
        }
    }
}
