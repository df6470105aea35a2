package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L3: a batch that the database cannot take for one record in it does not stand for ever, and neither do those behind it. */
class AppendHalvesTest {

    private static final int RECORDS = 100;

    /** What a ledger took, in the order in which it did. */
    private final List<Long> taken = new ArrayList<>();
    private final TreeSet<Long> held = new TreeSet<>();
    private boolean away;

    private Append append(String state, long poisoned, int most) {
        return new Append() {
            @Override
            void execute(List<ObjectNode> entries) throws SQLException {
                boolean asHeld = entries.get(0).has("hold");
                if (away || !asHeld && (entries.size() > most || entries.stream().anyMatch(entry -> entry.get("offset").longValue() == poisoned))) {
                    throw new SQLException("canceling statement due to statement timeout", away ? "57P01" : state);
                }
                entries.stream().map(entry -> entry.get("offset").longValue()).filter(offset -> !taken.contains(offset)).forEach(offset -> {
                    taken.add(offset);
                    if (asHeld) {
                        held.add(offset);
                    }
                });
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"57014, 37", "53200, 0", "XX000, 99"})
    void theOneThatIsTooMuchIsHeldAndTheOthersGoInOrder(String state, long poisoned) {
        // When
        int tries = work(append(state, poisoned, RECORDS));
        // Then
        assertEquals(IntStream.range(0, RECORDS).mapToObj(Long::valueOf).toList(), taken);
        assertEquals(new TreeSet<>(List.of(poisoned)), held);
        assertTrue(tries <= 50, () -> "it took " + tries + " tries");
    }

    @Test
    void whatIsTooMuchTogetherIsTakenInParts() {
        work(append("53200", -1, 30));
        assertEquals(RECORDS, taken.size());
        assertEquals(new TreeSet<>(), held);
    }

    @Test
    void aDatabaseThatIsAwayHoldsNothingHoweverLong() {
        // Given
        away = true;
        Append append = append("57014", -1, RECORDS);
        for (int i = 0; i < 100; i++) {
            tried(append);
        }
        // When
        away = false;
        work(append);
        // Then
        assertEquals(RECORDS, taken.size());
        assertEquals(new TreeSet<>(), held);
    }

    /** As the route does: the same batch again, until it is taken. */
    private int work(Append append) {
        int tries = 1;
        while (!tried(append)) {
            tries++;
            assertTrue(tries < 1_000, "it is never taken");
        }
        return tries;
    }

    private boolean tried(Append append) {
        try {
            append.append(batch());
            return true;
        } catch (LedgerAway again) {
            return false;
        }
    }

    private static List<ObjectNode> batch() {
        ObjectMapper json = new ObjectMapper();
        return IntStream.range(0, RECORDS).mapToObj(offset -> json.createObjectNode().put("topic", "t").put("partition", 0).put("offset", (long) offset).put("ce_id", "d" + offset).put("raw", new byte[0])).toList();
    }
}
