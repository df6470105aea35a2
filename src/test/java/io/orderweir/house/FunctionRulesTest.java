package io.orderweir.house;

import io.orderweir.embedded.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The functions and triggers of the ledger: each in its place, said in words, calling each other without circles, and the same in the database as in the files. */
class FunctionRulesTest {

    private static final List<SqlFunction> FUNCTIONS = SqlFunction.all();
    private static final List<SqlTrigger> TRIGGERS = SqlTrigger.all();
    /** Of a function, without the words before it. */
    private static final int LINES = 60;
    /** The ledger of stock stands alone until connectors make stock calls: its own tests are all that calls it. */
    private static final String STOCK = "src/test/java/io/orderweir/stock";
    private static final Pattern LAW = Pattern.compile("\\bL(?:1[0-3]|[1-9])\\b");

    @Test
    void everyFunctionStandsInOneFileThatIsNamedLikeIt() {
        Findings.none(misplaced(FUNCTIONS));
        String one = "-- Does it.\ncreate or replace function gate_a() returns int language sql as $$ select 1 $$;\n";
        Findings.found(0, "", misplaced(List.of(new SqlFunction("db/functions/gate/R__gate_a.sql", one))));
        Findings.found(1, "named like it", misplaced(List.of(new SqlFunction("db/functions/gate/R__gate_b.sql", one))));
        Findings.found(1, "2 functions", misplaced(List.of(new SqlFunction("db/functions/gate/R__gate_a.sql", one + one.replace("gate_a", "gate_b")))));
        Findings.found(1, "db/functions/hold/R__gate_a.sql", misplaced(List.of(
                new SqlFunction("db/functions/gate/R__gate_a.sql", one), new SqlFunction("db/functions/hold/R__gate_a.sql", one.replace("gate_a()", "gate_a(p_x int)")))));
        Findings.found(1, "beside its function", misplaced(List.of(
                new SqlFunction("db/functions/gate/R__gate_a.sql", one + "create or replace trigger t after update on gate for each row execute function gate_a();"))));
    }

    @Test
    void aMigrationHoldsNoFunctionAndNoTrigger() {
        Findings.none(SqlFunction.under("db/migration").stream().flatMap(file -> living(file).stream()).toList());
        Findings.found(2, "V001__a.sql:2", living(new SqlFunction("db/migration/V001__a.sql", """
                create table a (id bigint); -- create function in words
                create or replace function b() returns int language sql as $$ select 1 $$;
                create constraint trigger c after update on a for each row execute function b();
                """)));
    }

    @Test
    void everyFunctionSaysWhatItDoes() {
        Findings.none(FUNCTIONS.stream().flatMap(file -> unexplained(file).stream()).toList());
        Findings.found(1, "R__gate_a.sql", unexplained(new SqlFunction("db/functions/gate/R__gate_a.sql", "create or replace function gate_a() returns int language sql as $$\n-- says it too late\n$$;")));
    }

    @Test
    void theTriggersOfATableStandOnOnePageInTheOrderInWhichTheyFireEachWithItsLaw() {
        Findings.none(SqlTrigger.pages().stream().flatMap(page -> disordered(page).stream()).toList());
        String page = """
                -- Keeps the order of a lane (L3).
                create or replace trigger a_first before update on lane for each row execute function f();

                -- Keeps the books (L1).
                create or replace trigger a_last after insert on lane referencing new table as after for each statement execute function f();
                """;
        Findings.found(0, "", disordered(new SqlFunction("db/functions/R__zz_triggers_lane.sql", page)));
        Findings.found(2, "a_first is a trigger of lane", disordered(new SqlFunction("db/functions/R__zz_triggers_hold.sql", page)));
        Findings.found(1, "a_first fires before a_last", disordered(new SqlFunction("db/functions/R__zz_triggers_lane.sql",
                page.replace("after insert", "before insert").replace("for each statement", "for each row").replace("a_first", "a_x").replace("a_last", "a_first").replace("a_x", "a_last"))));
        Findings.found(2, "no law", disordered(new SqlFunction("db/functions/R__zz_triggers_lane.sql", page.replace("(L3)", "").replace("(L1)", "(L14)"))));
        Findings.found(1, "beside triggers", disordered(new SqlFunction("db/functions/R__zz_triggers_lane.sql", page + "drop trigger b on lane;")));
        Findings.found(1, "R__zz_triggers_<table>.sql", disordered(new SqlFunction("db/functions/R__triggers_lane.sql", page)));
    }

    @Test
    void aFunctionIsShortEnoughToBeReadAtOnce() {
        Findings.none(tooLong(FUNCTIONS));
        String head = "-- Does it.\n-- At length.\ncreate or replace function gate_a() returns int language sql as $$\n";
        Findings.found(0, "", tooLong(List.of(new SqlFunction("db/functions/gate/R__gate_a.sql", head + "\n".repeat(LINES - 3) + "$$;\n"))));
        Findings.found(1, "R__gate_a.sql has 60 lines", tooLong(List.of(new SqlFunction("db/functions/gate/R__gate_a.sql", head + "\n".repeat(LINES - 2) + "$$;\n"))));
        Findings.found(2, "R__gate_b.sql has 70 lines", tooLong(List.of(
                new SqlFunction("db/functions/gate/R__gate_a.sql", head + "\n".repeat(LINES - 2) + "$$;\n"), new SqlFunction("db/functions/gate/R__gate_b.sql", head + "\n".repeat(LINES + 8) + "$$;\n"))));
    }

    @Test
    void aFunctionIsCalledWithItsSchemaSoThatEveryCallIsSeen() {
        Findings.none(FUNCTIONS.stream().flatMap(file -> unseen(file, names(FUNCTIONS)).stream()).toList());
        Findings.found(1, "orderweir.utc(", unseen(new SqlFunction("db/functions/gate/R__gate_a.sql",
                "-- Calls utc(x).\ncreate or replace function gate_a() returns int language sql as $$ select orderweir.utc(utc(1)) $$;"), Set.of("utc", "gate_a")));
    }

    @Test
    void everyFunctionIsCalled() {
        Findings.none(uncalled(FUNCTIONS, TRIGGERS, callersBeside()));
        Findings.found(1, "gate_a", uncalled(List.of(new SqlFunction("db/functions/gate/R__gate_a.sql", "select orderweir.gate_a()")), List.of(), ""));
    }

    @Test
    void functionsCallEachOtherWithoutCircles() {
        Findings.none(circles(calls(FUNCTIONS)));
        Map<String, Set<String>> calls = Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("b"), "d", Set.of());
        Findings.found(2, "b -> c -> b", circles(calls));
    }

    @Test
    void norByTheTriggersThatTheyFire() {
        Findings.none(circles(withTriggers(FUNCTIONS, TRIGGERS)));
        List<SqlFunction> one = List.of(new SqlFunction("db/functions/gate/R__gate_a.sql", "create or replace function gate_a() returns trigger language plpgsql as $$ update orderweir.gate set x = 1; $$;"));
        SqlFunction page = new SqlFunction("db/functions/R__zz_triggers_gate.sql", "-- It (L1).\ncreate or replace trigger t after insert or update on gate for each row execute function gate_a();");
        Findings.found(1, "gate_a -> gate_a", circles(withTriggers(one, SqlTrigger.of(page))));
        for (String other : List.of("insert", "update of y, z")) {
            Findings.found(0, "", circles(withTriggers(one, SqlTrigger.of(new SqlFunction(page.file(), page.text().replace("insert or update", other))))));
        }
        Findings.found(1, "gate_a -> gate_a", circles(withTriggers(one, SqlTrigger.of(new SqlFunction(page.file(), page.text().replace("insert or update", "update of x"))))));
    }

    @Test
    void aLedgerHasTheFunctionsOfTheFilesAndTheirBodiesStand() throws SQLException {
        Findings.none(differences(FUNCTIONS, ""));
        Findings.found(1, "utc(integer)", differences(FUNCTIONS, "create function utc(p int) returns text language sql as 'select null::text'"));
        Findings.found(1, "gate_find_late(timestamp with time zone)", differences(FUNCTIONS, "drop function gate_find_late(timestamptz)"));
        Findings.found(1, "no_such_table", differences(with(FUNCTIONS, "create or replace function gate_a() returns int language sql as $$ select count(*) from orderweir.no_such_table $$;"), ""));
        Findings.found(1, "shadows", differences(with(FUNCTIONS, "create or replace function gate_a(a int) returns int language plpgsql as $$ declare a int; begin return a; end $$;"), ""));
    }

    @Test
    void aLedgerHasTheTriggersOfThePages() throws SQLException {
        Findings.none(otherTriggers(TRIGGERS, ""));
        Findings.found(1, "gate.stray", otherTriggers(TRIGGERS, "create trigger stray before update on gate for each row execute function gate_note_turned()"));
        Findings.found(1, "gate.gate_note_turned", otherTriggers(TRIGGERS, "drop trigger gate_note_turned on gate"));
    }

    private static List<String> misplaced(List<SqlFunction> files) {
        List<String> found = new ArrayList<>();
        Map<String, String> first = new HashMap<>();
        for (SqlFunction file : files) {
            List<String> declared = file.declared();
            if (declared.size() != 1) {
                found.add(file.file() + " makes " + declared.size() + " functions " + declared + "; one to a file, R__<its name>.sql");
                continue;
            }
            if (!Path.of(file.file()).getFileName().toString().equals("R__" + declared.get(0) + ".sql")) {
                found.add(file.file() + " makes " + declared.get(0) + "; a file is named like it: R__" + declared.get(0) + ".sql");
            }
            String other = first.putIfAbsent(declared.get(0), file.file());
            if (other != null) {
                found.add(file.file() + " makes " + declared.get(0) + ", which stands in " + other + "; one signature to a name");
            }
            if (!file.rest().isEmpty()) {
                found.add(file.file() + " has something beside its function: " + file.rest().lines().findFirst().orElse("") + "; triggers stand in R__zz_triggers_<table>.sql, tables in db/migration");
            }
        }
        return found;
    }

    private static List<String> living(SqlFunction migration) {
        List<String> found = new ArrayList<>();
        String[] lines = migration.code().split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].matches("(?i).*\\bcreate\\s+(or\\s+replace\\s+)?(constraint\\s+)?(function|procedure|trigger)\\b.*")) {
                found.add(migration.file() + ":" + (i + 1) + ": a function or trigger in a migration: " + lines[i].strip() + "; it stands in db/functions, where it has one current text");
            }
        }
        return found;
    }

    private static List<String> unexplained(SqlFunction file) {
        return file.text().matches("(?s)-- [A-Z0-9][^\\n]*\\n(--[^\\n]*\\n)*create or replace function .*") ? List.of()
                : List.of(file.file() + " does not begin with what the function does; write -- Does this; returns that.");
    }

    /** The longest first. */
    private static List<String> tooLong(List<SqlFunction> files) {
        return files.stream().filter(file -> file.lines() >= LINES).sorted(Comparator.comparing(SqlFunction::lines).reversed())
                .map(file -> file.file() + " has " + file.lines() + " lines; a function has fewer than " + LINES + ": let others have what it decides on the way, under names that say what").toList();
    }

    private static List<String> disordered(SqlFunction page) {
        List<String> found = new ArrayList<>();
        String table = page.file().replaceFirst("^db/functions/R__zz_triggers_(\\w+)\\.sql$", "$1");
        if (table.equals(page.file())) {
            return List.of(page.file() + " is no page of triggers; name it R__zz_triggers_<table>.sql, so that it comes after every function");
        }
        if (!SqlTrigger.rest(page).isEmpty()) {
            found.add(page.file() + " has something beside triggers: " + SqlTrigger.rest(page).lines().findFirst().orElse(""));
        }
        SqlTrigger last = null;
        for (SqlTrigger trigger : SqlTrigger.of(page)) {
            if (!trigger.table().equals(table)) {
                found.add(page.file() + ": " + trigger.name() + " is a trigger of " + trigger.table() + "; it stands in R__zz_triggers_" + trigger.table() + ".sql");
            }
            if (!LAW.matcher(trigger.comment()).find()) {
                found.add(page.file() + ": " + trigger.name() + " has no law; say above it what it does and which law it keeps (L1 to L13)");
            }
            if (last != null && last.turn().compareTo(trigger.turn()) > 0) {
                found.add(page.file() + ": " + trigger.name() + " fires before " + last.name() + "; write them in that order");
            }
            last = trigger;
        }
        return found;
    }

    private static List<String> unseen(SqlFunction file, Set<String> names) {
        String body = file.code().replaceFirst("(?i)create or replace function \\w+\\(", "");
        return Pattern.compile("(?<![\\w.])(\\w+)\\(").matcher(body).results().map(call -> call.group(1)).filter(names::contains).distinct()
                .map(name -> file.file() + " calls " + name + " without its schema; write orderweir." + name + "(").toList();
    }

    private static List<String> uncalled(List<SqlFunction> functions, List<SqlTrigger> triggers, String beside) {
        Set<String> called = new TreeSet<>();
        functions.forEach(file -> file.calls().stream().filter(name -> !name.equals(file.name())).forEach(called::add));
        triggers.forEach(trigger -> called.add(trigger.function()));
        called.addAll(new SqlFunction("", beside).calls());
        return functions.stream().filter(file -> !called.contains(file.name())).map(file -> file.file() + ": nobody calls it; remove it").toList();
    }

    /** Whatever may call a function and is none: statements, views, and what Java writes. */
    private static String callersBeside() {
        Stream<String> statements = SqlFile.all().stream().map(SqlFile::text);
        Stream<String> views = SqlFunction.under("db/migration").stream().map(SqlFunction::text);
        Stream<String> java = SourceFiles.java().stream().map(RouteFile::read);
        // there they are named in quotes
        Stream<String> stock = SourceFiles.java(Path.of(STOCK)).stream().map(RouteFile::read).map(text -> text.replace('"', '('));
        return Stream.of(statements, views, java, stock).flatMap(texts -> texts).collect(Collectors.joining("\n"));
    }

    static Map<String, Set<String>> calls(Collection<SqlFunction> functions) {
        Set<String> names = names(functions);
        Map<String, Set<String>> calls = new TreeMap<>();
        functions.forEach(file -> {
            Set<String> called = new TreeSet<>(file.calls());
            called.retainAll(names);
            calls.put(file.name(), called);
        });
        return calls;
    }

    private static Map<String, Set<String>> withTriggers(Collection<SqlFunction> functions, Collection<SqlTrigger> triggers) {
        Map<String, Set<String>> calls = calls(functions);
        for (SqlFunction file : functions) {
            file.writes().forEach(write -> triggers.stream().filter(trigger -> trigger.firesOn(write)).forEach(trigger -> calls.get(file.name()).add(trigger.function())));
        }
        return calls;
    }

    /** Who gets back to himself, with his way. */
    private static List<String> circles(Map<String, Set<String>> calls) {
        List<String> found = new ArrayList<>();
        new TreeSet<>(calls.keySet()).forEach(name -> {
            String way = wayBack(name, calls);
            if (way != null) {
                found.add("a circle of functions: " + way + "; let one of them return what it decided, and its caller act");
            }
        });
        return found;
    }

    private static String wayBack(String name, Map<String, Set<String>> calls) {
        Map<String, String> cameFrom = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(name));
        while (!next.isEmpty()) {
            String at = next.poll();
            for (String called : calls.getOrDefault(at, Set.of())) {
                if (called.equals(name)) {
                    String way = at + " -> " + name;
                    for (String before = at; !before.equals(name); before = cameFrom.get(before)) {
                        way = cameFrom.get(before) + " -> " + way;
                    }
                    return way;
                }
                if (cameFrom.putIfAbsent(called, at) == null) {
                    next.add(called);
                }
            }
        }
        return null;
    }

    /** Makes every function of the files again in a migrated ledger that a change was made to, with all that the database checks of them. */
    private static List<String> differences(List<SqlFunction> files, String change) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = TestDatabase.shared().open(); Statement statement = connection.createStatement()) {
            statement.execute("set local search_path = orderweir; set local check_function_bodies = on; set local plpgsql.extra_errors = 'all'; " + change);
            Map<String, String> before = functions(statement);
            for (SqlFunction file : files) {
                statement.execute("savepoint before_file");
                try {
                    statement.execute(file.text());
                } catch (SQLException e) {
                    statement.execute("rollback to before_file");
                    found.add(file.file() + ": the database does not take it: " + e.getMessage().lines().findFirst().orElse(""));
                }
            }
            Map<String, String> after = functions(statement);
            after.keySet().stream().filter(name -> !before.containsKey(name))
                    .forEach(name -> found.add(name + " stands in a file and not in a ledger; its migration was not run, or its parameters have changed"));
            if (found.isEmpty()) {
                after.forEach((name, by) -> {
                    if (by.equals(before.get(name))) {
                        found.add(name + " is in a ledger and in no file; drop it in a migration");
                    }
                });
            }
            connection.rollback();
        }
        return found;
    }

    /** What a ledger has: each function with its parameters, and which transaction, or part of one, wrote it. */
    private static Map<String, String> functions(Statement statement) throws SQLException {
        Map<String, String> functions = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery("select oid::regprocedure::text, xmin::text from pg_proc where pronamespace = 'orderweir'::regnamespace")) {
            while (rows.next()) {
                functions.put(rows.getString(1), rows.getString(2));
            }
        }
        return functions;
    }

    private static List<String> otherTriggers(List<SqlTrigger> triggers, String change) throws SQLException {
        Set<String> paged = new TreeSet<>(triggers.stream().map(trigger -> trigger.table() + "." + trigger.name()).toList());
        Set<String> there = new TreeSet<>();
        try (Connection connection = TestDatabase.shared().open(); Statement statement = connection.createStatement()) {
            statement.execute("set local search_path = orderweir; " + change);
            try (ResultSet rows = statement.executeQuery("""
                    select c.relname || '.' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
                    where not t.tgisinternal and c.relnamespace = 'orderweir'::regnamespace""")) {
                while (rows.next()) {
                    there.add(rows.getString(1));
                }
            }
            connection.rollback();
        }
        List<String> found = new ArrayList<>();
        paged.stream().filter(name -> !there.contains(name)).forEach(name -> found.add(name + " stands on a page and is not in a ledger"));
        there.stream().filter(name -> !paged.contains(name)).forEach(name -> found.add(name + " is in a ledger and on no page; drop it in a migration"));
        return found;
    }

    private static Set<String> names(Collection<SqlFunction> functions) {
        return new TreeSet<>(functions.stream().map(SqlFunction::name).toList());
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static List<SqlFunction> with(List<SqlFunction> some, String more) {
        return Stream.concat(some.stream(), Stream.of(new SqlFunction("db/functions/gate/R__gate_a.sql", more))).toList();
    }
}
