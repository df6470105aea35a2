package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.hold.Causes;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault it is that the ledger refuses a record is said of the one whose it is. */
class AppendHeldTest {

    @ParameterizedTest
    @CsvSource({
            "22P05, not-storable, Correct it at the shop",
            "54000, not-storable, Correct it at the shop",
            "23502, not-plannable, Nothing is wrong with the event",
            "23505, not-plannable, two flows of one order to one port of a connection",
            "42883, not-plannable, then release it"})
    void aRefusalOfTheLedgerNamesWhoseItIs(String state, String reason, String says) {
        // Given
        ObjectNode entry = new ObjectMapper().createObjectNode().put("topic", "t").put("partition", 0).put("offset", 7L).put("ce_id", "d").put("raw", new byte[0]);
        // When
        ObjectNode held = Append.held(entry, new SQLException("ERROR: duplicate key value\n  Detail: none", state));
        // Then
        String sentence = held.at("/hold/sentence").textValue();
        assertEquals(reason, held.at("/hold/reason").textValue());
        assertTrue(sentence.contains(says) && sentence.contains("(duplicate key value)"), sentence);
        assertTrue(new Causes().knows(reason), reason);
    }
}
