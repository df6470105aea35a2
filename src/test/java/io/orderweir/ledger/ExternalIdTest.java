package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a target knows an order by: as it always was where the id is a number, and never the name of another one. */
class ExternalIdTest {

    private static final Set<String> SHOPS = Set.of("web", "web-us", "amazon");
    private static final Pattern TAKEN_BY_NETSUITE = Pattern.compile("[A-Za-z0-9-]{1,100}");
    /** What a second request for the same is called by, after a final cancel of the first. */
    private static final Pattern SECOND_REQUEST = Pattern.compile(".*-r[0-9]+");

    @ParameterizedTest
    @CsvSource({"web, 1001, , web-1001", "web-us, 5900000001201, , web-us-5900000001201", "web, 1001, 13, web-1001-13", "web, 1001, 13/hold, web-1001-13-hold",
            "web, 00000000000000000000, , web-00000000000000000000"})
    void anIdThatIsANumberStandsAsItAlwaysDid(String connection, String order, String line, String name) {
        assertEquals(name, name(SHOPS, connection, order, line));
    }

    @ParameterizedTest
    @CsvSource({"amazon, 111-1234567-1234567, , 0-amazon-111z2d1234567z2d1234567", "web-us, 9f1c, , 1-web-us-9f1c", "web, 9F, , 0-web-9z46", "web, 1001, a/hold, 0-web-1001-a-hold", "web, r2, , 0-web-z722",
            "web, zürich 7, , 0-web-z7azc3zbcrichz207", "web, 123456789012345678901, , 0-web-123456789012345678901"})
    void anyOtherIsWrittenOut(String connection, String order, String line, String name) {
        assertEquals(name, name(SHOPS, connection, order, line));
    }

    @Test
    void theLongestIdStillFits() {
        String longest = "ß".repeat(200);
        String name = name(SHOPS, "web", longest, longest + "/hold");
        assertTrue(name.matches("0-web-zz[0-9a-f]{32}"), name);
        assertNotEquals(name, name(SHOPS, "web", longest, longest + "/expected-date"));
        assertEquals(name, name(SHOPS, "web", longest, longest + "/hold"));
    }

    @Test
    void whatIsJoinedIsTakenApartInOneWayOnly() {
        // the dash of an id is none of ours
        assertNotEquals(name(Set.of("a", "a-1"), "a-1", "2", null), name(Set.of("a", "a-1"), "a", "1-2", null));
        assertNotEquals(name(SHOPS, "web", "1-2", null), name(SHOPS, "web", "1", "2"));
        // a line of an order of one shop, and an order of another shop
        assertEquals("a-1-2", name(Set.of("a-1"), "a-1", "2", null));
        assertEquals("a-1-2", name(Set.of("a"), "a", "1", "2"));
        assertEquals("a-1-2", name(Set.of("a", "a-1"), "a-1", "2", null));
        assertEquals("0-a-1-2", name(Set.of("a", "a-1"), "a", "1", "2"));
    }

    @Test
    void twoDifferentIdsNeverHaveOneName() {
        // Given names that are made of what could be mistaken for each other
        Set<String> connections = Set.of("a", "a-1", "a-1-2", "a--1", "a-", "a-z2d", "a-0-a", "r2", "a-r2", "z");
        List<String> shops = List.copyOf(connections);
        List<String> pieces = List.of("1", "2", "0", "-", "--", "a", "A", "r", "r2", "R2", "z", "z2d", "zz", "Z", " ", "_", ".", "/", "ß", "😀", "hold", "x");
        Random random = new Random(20261129);
        Map<String, List<String>> named = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String connection = shops.get(random.nextInt(shops.size()));
            String order = text(random, pieces);
            String line = random.nextInt(3) == 0 ? null : text(random, pieces);
            boolean told = line != null && random.nextInt(4) == 0;
            List<String> what = told ? List.of(connection, order, line, "hold") : line == null ? List.of(connection, order) : List.of(connection, order, line);

            // When
            String name = ExternalId.of(connections, connection, what.subList(1, what.size()));

            // Then it is of one thing only, also where capitals do not count, and every target takes it
            List<String> other = named.putIfAbsent(name.toLowerCase(Locale.ROOT), what);
            assertTrue(other == null || other.equals(what), () -> name + " is " + what + " and " + other);
            assertTrue(TAKEN_BY_NETSUITE.matcher(name + "-r99").matches(), name);
            assertTrue(!SECOND_REQUEST.matcher(name).matches(), name);
        }
        assertTrue(named.size() > 50_000, "only " + named.size() + " different ones were tried");
    }

    private static String text(Random random, List<String> pieces) {
        boolean digits = random.nextInt(3) == 0;
        return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> digits ? String.valueOf(random.nextInt(10)) : pieces.get(random.nextInt(pieces.size()))).collect(Collectors.joining());
    }

    private static String name(Set<String> connections, String connection, String order, String line) {
        return ExternalId.of(connections, connection, line == null ? List.of(order)
                : line.contains("/") ? List.of(order, line.substring(0, line.indexOf('/')), line.substring(line.indexOf('/') + 1)) : List.of(order, line));
    }
}
