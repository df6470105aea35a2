package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that says which function decides what: complete, about functions that exist, with the callers they have. */
class DecisionsTest {

    private static final Path PAGE = Path.of("docs/concepts/decisions.md");
    private static final List<SqlFunction> FUNCTIONS = SqlFunction.all();
    /** Where a Head of Operations would ask why. */
    private static final Set<String> DECIDING = Set.of("plan", "request", "gate", "hold", "signal", "deliver", "call", "throttle", "stock");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\|([^|]*)\\| ([^|]+) \\|$");

    @Test
    void everyDecidingFunctionIsOnThePageWithWhatItDecidesAndItsLaw() {
        Findings.none(missing(RouteFile.read(PAGE), FUNCTIONS));
        List<SqlFunction> some = List.of(new SqlFunction("db/functions/gate/R__gate_a.sql", ""), new SqlFunction("db/functions/gate/R__gate_b.sql", ""), new SqlFunction("db/functions/tally/R__sum.sql", ""));
        Findings.found(1, "gate_b", missing("| `gate_a` | What. | `gate_b` | L1 |\n| gate_b | What. | | L1 |\n", some));
        Findings.found(1, "names no law", missing("| `gate_a` | What. | `gate_b` | L1 L12 |\n| `gate_b` | What. | x | L14 |\n", some));
    }

    @Test
    void everythingThatThePageNamesExists() {
        Findings.none(unknown(RouteFile.read(PAGE)));
        Findings.found(3, "gate_opens", unknown("`gate_opens` and `gate_open`, `sql/gate/open.sql`, `sql/gate/opens.sql`, `io.orderweir.ledger.Plan`, `io.orderweir.ledger.Plans`"));
    }

    @Test
    void itSaysWhoCallsThem() throws IOException {
        String page = RouteFile.read(PAGE);
        String told = ROW.matcher(page).replaceAll(row -> Matcher.quoteReplacement("| `" + row.group(1) + "` | " + row.group(2) + " | " + callers(row.group(1)) + " | " + row.group(4) + " |"));
        if (Boolean.getBoolean("update-docs")) {
            Files.writeString(PAGE, told);
            page = told;
        }
        assertEquals(told, page, PAGE + " is stale; write it with mvn test -Dtest=DecisionsTest -Dupdate-docs=true and read the difference");
        assertEquals("`sql/gate/open.sql`", callers("gate_open"));
        assertEquals("trigger `delivery_settle_lane`", callers("lane_settle"));
    }

    private static List<String> missing(String page, List<SqlFunction> functions) {
        List<String> found = new ArrayList<>();
        Set<String> there = new TreeSet<>();
        ROW.matcher(page).results().forEach(row -> {
            there.add(row.group(1));
            if (!row.group(4).matches("L(1[0-3]|[1-9])( L(1[0-3]|[1-9]))*")) {
                found.add(PAGE + ": " + row.group(1) + " names no law; write L1 to L13, with a blank between two");
            }
        });
        functions.stream().filter(file -> DECIDING.contains(file.capability()) && !there.contains(file.name()))
                .forEach(file -> found.add(file.file() + " has no row in " + PAGE + "; say what it decides and which law it keeps"));
        return found;
    }

    private static List<String> unknown(String page) {
        Set<String> names = FUNCTIONS.stream().map(SqlFunction::name).collect(Collectors.toSet());
        Set<String> triggers = SqlTrigger.all().stream().map(SqlTrigger::name).collect(Collectors.toSet());
        return Pattern.compile("`([\\w./]+)`").matcher(page).results().map(word -> word.group(1)).distinct().filter(word -> {
            if (word.startsWith("io.orderweir.")) {
                return !Files.exists(Path.of("src/main/java", word.replace('.', '/') + ".java"));
            }
            return word.contains("/") ? !Files.exists(RouteFile.RESOURCES.resolve(word)) : word.matches("[a-z]+(_[a-z]+)+") && !names.contains(word) && !triggers.contains(word);
        }).map(word -> PAGE + " names " + word + ", which does not exist").toList();
    }

    private static String callers(String name) {
        List<String> callers = new ArrayList<>();
        FUNCTIONS.stream().filter(file -> file.calls().contains(name)).forEach(file -> callers.add("`" + file.name() + "`"));
        SqlFile.all().stream().filter(file -> new SqlFunction(file.name(), file.text()).calls().contains(name)).forEach(file -> callers.add("`" + file.name() + "`"));
        SqlTrigger.all().stream().filter(trigger -> trigger.function().equals(name)).forEach(trigger -> callers.add("trigger `" + trigger.name() + "`"));
        return String.join(", ", callers);
    }
}
