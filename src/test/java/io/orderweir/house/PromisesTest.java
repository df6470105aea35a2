package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every promise has a test that runs, and every test that tries to break one is on the page; its last column is written here. */
class PromisesTest {

    private static final Path PAGE = Path.of("docs/reference/promises.md");
    /** A promise, its tests in backticks, and how many cases they have. */
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| ((?:`\\w+\\.\\w+`(?:, )?)+) \\| (.*?) \\|");
    private static final Pattern LINE = Pattern.compile("\\|(?! promise \\||---).*");
    /** Below it stands what is written by this test alone. */
    private static final String ALL = "## All of them\n";
    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");
    /** What -Pchaos runs: what has a long form. */
    private static final List<String> LONG = List.of("**/chaos/*IT.java", "**/law/*IT.java", "**/check/StartIT.java", "**/contract/LaneOnPaperIT.java", "**/story/TakeOverIT.java", "**/money/CartsTest.java", "**/ledger/PlanningTableTest.java");
    private static final String EXCLUDES = "<(excludes|excludedGroups|groups|excludesFile|excludeJUnit5Engines|test|it.test)>";

    @Test
    void thePageNamesEveryCaseOfTheTestsItNames() throws IOException {
        String page = Files.readString(PAGE);
        String now = counted(page, TestMethods.all());
        if (Boolean.getBoolean("update-docs")) {
            Files.writeString(PAGE, now);
            page = now;
        }
        assertEquals(now, page, PAGE + " says other numbers than the tests; a case that went takes a promise with it. Write it with"
                + " mvn test -Dtest=PromisesTest -Dupdate-docs=true and read the difference");
        assertEquals("| none doubled | `A.b`, `A.c` | 3 seeds, 1 |\n" + ALL + all(Map.of()),
                counted("| none doubled | `A.b`, `A.c` | 4 seeds, 1 |\n" + ALL, Map.of("A.b", method("A", "3 seeds"), "A.c", method("A", "1"))));
        assertEquals("\n| class | its tests and their cases |\n|---|---|\n| `LostIT` | isFound: 3 seeds, isLost |\n", all(new TreeMap<>(Map.of("LostIT.isLost", tries("LostIT", "1"), "LostIT.isFound", tries("LostIT", "3 seeds")))));
    }

    @Test
    void everyTestOfAPromiseIsThereAndRuns() throws IOException {
        Map<String, TestMethods.Found> there = TestMethods.all();
        Findings.none(fallen(Files.readString(PAGE), there));
        Findings.found(1, "A.gone", fallen("| none lost | `A.gone` | 1 |", Map.of("A.b", method("A", "1"))));
        Findings.found(1, "is disabled", fallen("| none lost | `A.b` | 1 |", Map.of("A.b", new TestMethods.Found("A", "src/test/java/A.java", "1", true))));
        Findings.found(1, "names no test", fallen("| none lost | A.b | 1 |", Map.of("A.b", method("A", "1"))));
    }

    @Test
    void everyTestThatTriesToBreakAPromiseIsOnThePage() throws IOException {
        Findings.none(unnamed(Files.readString(PAGE), TestMethods.all()));
        Findings.found(1, "LostIT", unnamed("`KeptIT.isKept`", Map.of("LostIT.isLost", tries("LostIT", "1"), "KeptIT.isKept", tries("KeptIT", "1"), "SmallTest.adds", method("SmallTest", "1"))));
    }

    @Test
    void theBuildLeavesNoTestOut() throws IOException {
        Findings.none(leftOut(Files.readString(Path.of("pom.xml"))));
        Findings.found(1, "<excludes>", leftOut("<configuration><excludes><exclude>**/KillIT.java</exclude></excludes></configuration>"));
        Findings.found(1, "chaos", leftOut("<profile><id>chaos</id><include>**/KillIT.java</include></profile>"));
    }

    private static String counted(String page, Map<String, TestMethods.Found> there) {
        String promises = page.substring(0, page.indexOf(ALL));
        return promises.lines().map(line -> {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                return line;
            }
            String cases = String.join(", ", names(row.group(2)).stream().map(name -> there.containsKey(name) ? there.get(name).cases() : "0").toList());
            return "| " + row.group(1) + " | " + row.group(2) + " | " + cases + " |";
        }).reduce("", (text, line) -> text + line + "\n") + ALL + all(there);
    }

    /** Each test that tries to break a promise, so that none goes unseen. */
    private static String all(Map<String, TestMethods.Found> there) {
        StringBuilder all = new StringBuilder("\n| class | its tests and their cases |\n|---|---|\n");
        there.entrySet().stream().filter(test -> tries(test.getValue())).collect(Collectors.groupingBy(test -> test.getValue().type(), TreeMap::new,
                Collectors.mapping(test -> test.getKey().replaceFirst(".*\\.", "") + (test.getValue().cases().equals("1") ? "" : ": " + test.getValue().cases()), Collectors.joining(", "))))
                .forEach((type, tests) -> all.append("| `").append(type).append("` | ").append(tests).append(" |\n"));
        return all.toString();
    }

    private static boolean tries(TestMethods.Found test) {
        return test.file().matches(".*/(law|chaos|story)/\\w+\\.java") || test.file().endsWith("IT.java");
    }

    private static List<String> fallen(String page, Map<String, TestMethods.Found> there) {
        List<String> found = new ArrayList<>();
        for (String line : page.split(ALL)[0].lines().filter(line -> LINE.matcher(line).matches()).toList()) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                found.add(PAGE + ": '" + line + "' names no test; a row is | promise | `Class.test`, `Class.test` | cases |");
                continue;
            }
            for (String name : names(row.group(2))) {
                TestMethods.Found test = there.get(name);
                if (test == null) {
                    found.add(PAGE + ": '" + row.group(1) + "' has no test any more: " + name + " is not there; bring it back, or name the test that keeps the promise now");
                } else if (test.disabled()) {
                    found.add(PAGE + ": '" + row.group(1) + "' is not tested: " + name + " is disabled");
                }
            }
        }
        return found;
    }

    private static List<String> unnamed(String page, Map<String, TestMethods.Found> there) {
        TreeSet<String> classes = new TreeSet<>(there.values().stream().filter(PromisesTest::tries).map(TestMethods.Found::type).toList());
        classes.removeIf(type -> page.contains("`" + type + "."));
        return classes.stream().map(type -> type + " keeps no promise of " + PAGE + "; add a row | what is promised | `" + type + ".<test>` | |").toList();
    }

    private static List<String> leftOut(String pom) {
        List<String> found = new ArrayList<>(Pattern.compile(EXCLUDES).matcher(pom).results().map(option -> "pom.xml: " + option.group() + " leaves tests out; remove it").toList());
        Pattern.compile("<include>([^<]*)</include>").matcher(pom).results().map(include -> include.group(1)).filter(include -> !LONG.contains(include))
                .forEach(include -> found.add("pom.xml: only " + include + " would run; -Pchaos runs all of " + String.join(", ", LONG)));
        return found;
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1) + "." + name.group(2)).toList();
    }

    private static TestMethods.Found tries(String type, String cases) {
        return new TestMethods.Found(type, "src/test/java/io/orderweir/law/" + type + ".java", cases, false);
    }

    private static TestMethods.Found method(String type, String cases) {
        return new TestMethods.Found(type, "src/test/java/" + type + ".java", cases, false);
    }
}
