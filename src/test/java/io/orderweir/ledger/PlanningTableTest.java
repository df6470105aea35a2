package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import io.orderweir.explain.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of docs/concepts/planning.md, case by case, by the ledger's own functions. */
class PlanningTableTest {

    private static final Path PAGE = Path.of("docs/concepts/planning.md");
    /** How often a gate closes and opens: all in one transaction, whose every version of a row stays, so each turn costs more than the one before. With -Pchaos a hundred times. */
    private static final int TURNS = Integer.getInteger("turns", 20);
    private static final String REFUSED = "refused";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TIME = Pattern.compile("2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");

    /** A cell of a table with the first one of its row, and the head of its column. */
    private record Cell(String row, String column, String text) {

        List<String> words() {
            return CODE.matcher(text).results().map(word -> word.group(1)).toList();
        }
    }

    private interface Lanes {
        PlannedLane in(Connection connection, String state) throws SQLException;
    }

    private static Connection connection;

    @BeforeAll
    static void open() throws SQLException {
        connection = TestDatabase.apart().open();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void everyStateOfADeliveryIsARow() throws IOException {
        assertEquals(List.of("nothing", "ready", "held", "sending", "unsure", "delivered", "confirmed", "discarded", "superseded", "cancel ready", "cancel sending", "cancel delivered", "change sending", "change unsure"),
                rows("Versions"));
        assertEquals(List.of("gated", "ready", "held", "sending", "unsure", "delivered", "discarded", "closed, cancel ready", "closed, cancel sending", "closed, cancel delivered"), rows("Gates"));
        assertEquals(Stream.concat(rows("Versions").stream().filter(row -> !row.equals("nothing")), Stream.of("gated", "closed, cancel ready")).sorted().toList(), rows("Why").stream().sorted().toList());
    }

    @TestFactory
    Stream<DynamicTest> versions() throws IOException {
        return cells("Versions").stream().map(cell -> DynamicTest.dynamicTest(cell.row() + ", a version " + cell.column(), () -> plays(cell, PlannedLane::free)));
    }

    @TestFactory
    Stream<DynamicTest> gates() throws IOException {
        return cells("Gates").stream().map(cell -> DynamicTest.dynamicTest(cell.row() + ", " + cell.column(), () -> plays(cell, PlannedLane::gated)));
    }

    /** The last two columns again and again: what stands in the lane at the end is what stands there after the first time. */
    @TestFactory
    Stream<DynamicTest> aGateThatClosesAndOpensAgainAndAgain() throws IOException {
        return rows("Gates").stream().filter(row -> !List.of("gated", "discarded").contains(row)).map(row -> DynamicTest.dynamicTest(row, () -> {
            try (PlannedLane once = PlannedLane.gated(connection, row)) {
                once.closes();
                once.opens();
                List<String> first = standing(once);
                for (int again = 1; again < TURNS; again++) {
                    once.closes();
                    once.opens();
                }
                assertEquals(first, standing(once));
                assertTrue(Explanation.of(once.read(Sql.of("explain/lanes.sql"))).wanted().startsWith("1 line, by the version of "));
            }
        }));
    }

    /** And with calls between, which are answered or not: after a request the target gets its cancel before it gets another one, and in the end it has one. */
    @TestFactory
    Stream<DynamicTest> aGateThatClosesAndOpensAgainAndAgainAmongCalls() throws IOException {
        return rows("Gates").stream().filter(row -> !row.equals("discarded")).map(row -> DynamicTest.dynamicTest(row, () -> {
            Random chance = new Random(row.hashCode());
            try (PlannedLane lane = PlannedLane.gated(connection, row)) {
                for (int step = 0; step < TURNS; step++) {
                    if (!row.equals("gated") || step > 0) {
                        lane.closes();
                    }
                    for (int calls = chance.nextInt(4); calls > 0; calls--) {
                        lane.goesOn(chance);
                    }
                    lane.opens();
                    for (int calls = chance.nextInt(4); calls > 0; calls--) {
                        lane.goesOn(chance);
                    }
                }
                for (int call = 0; call < 20; call++) {
                    lane.goesOn(chance);
                }
                List<String> taken = lane.taken();
                assertEquals(IntStream.range(0, taken.size()).mapToObj(i -> i % 2 == 0 ? "request" : "cancel").toList(), taken);
                assertEquals(row.equals("held") ? 0 : 1, taken.size() % 2, taken.toString());
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> why() throws IOException {
        return rows("Why").stream().map(row -> DynamicTest.dynamicTest(row, () -> {
            Map<String, String> said = cells("Why").stream().filter(cell -> cell.row().equals(row)).collect(Collectors.toMap(Cell::column, Cell::text));
            try (PlannedLane lane = row.equals("gated") || row.startsWith("closed") ? PlannedLane.gated(connection, row) : PlannedLane.free(connection, row)) {
                lane.run("update delivery set due_at = least(due_at, clock_timestamp())");
                Explanation why = Explanation.of(lane.read(Sql.of("explain/lanes.sql")));
                assertEquals(said, Map.of("wanted", timeless(why.wanted()), "there", timeless(why.there()), "next", timeless(why.next())));
            }
        }));
    }

    private static void plays(Cell cell, Lanes lanes) throws SQLException {
        // Given
        try (PlannedLane lane = lanes.in(connection, cell.row())) {
            // When
            try {
                lane.meets(cell.column());
            } catch (SQLException refused) {
                assertEquals(REFUSED, cell.text(), refused.getMessage());
                return;
            }
            // Then
            assertEquals(cell.words(), lane.stands());
        }
    }

    /** Without what ended before anything of it was sent. */
    private static List<String> standing(PlannedLane lane) throws SQLException {
        return lane.stands().stream().filter(each -> !each.endsWith("superseded")).toList();
    }

    private static String timeless(String sentence) {
        return TIME.matcher(sentence).replaceAll((MatchResult time) -> "…");
    }

    private static List<String> rows(String section) throws IOException {
        return cells(section).stream().map(Cell::row).distinct().toList();
    }

    /** The cells of the first table of a section; the state that a row is about is the first code in it. */
    private static List<Cell> cells(String section) throws IOException {
        String page = Files.readString(PAGE);
        List<String[]> lines = page.substring(page.indexOf("## " + section)).lines().dropWhile(line -> !line.startsWith("|")).takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toArray(String[]::new)).toList();
        String[] heads = lines.get(0);
        return lines.subList(2, lines.size()).stream().flatMap(line -> IntStream.range(1, heads.length)
                .mapToObj(i -> new Cell(CODE.matcher(line[0]).results().findFirst().orElseThrow().group(1), heads[i], line[i]))).toList();
    }
}
