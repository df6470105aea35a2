package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An order that does not come to its total by its own parts is held, with both sums and what is between them. */
class DoesNotAddUpTest {

    private static final String ORDER = "{'name':'#1201','status':'%s','currency':'EUR','totalPrice':'%s','orderTax':'%s','lineItems':[{'id':'1','quantity':%s,'unitPrice':'50.00','totalTax':'8.00'}],"
        + "'shippingLines':[{'price':'5.00','tax':'0.40'}]}";

    @Test
    void theSentenceHasBothSumsThePartsAndTheDifference() throws Exception {
        // Given a total that is 12.30 more than its parts
        DoesNotAddUp thrown = assertThrows(DoesNotAddUp.class, () -> DoesNotAddUp.check(order("open", "125.70", "8.40", 2)));

        // When
        Refusal refusal = new Sentence(Configured.connectors(Map.of())).forError("#1201", thrown);

        // Then
        assertEquals("money-remainder", refusal.reason());
        assertEquals("totalPrice", refusal.canonicalPath());
        assertEquals("Order #1201 does not add up: its parts come to 113.40 EUR (goods 100.00, shipping 5.00, tax 8.40), and its total is 125.70: 12.30 more than they explain."
            + " So that nothing is booked wrong, it is sent nowhere. Ask who runs the shop what the difference is, and correct it there: its next event takes the place of this one."
            + " Or an admin corrects the amount that is wrong, and releases.", refusal.sentence());
    }

    @Test
    void theSmallestUnitIsEnough() throws Exception {
        assertDoesNotThrow(() -> DoesNotAddUp.check(order("open", "113.40", "8.40", 2)));
        for (String total : List.of("113.41", "113.39", "113.4001")) {
            assertThrows(DoesNotAddUp.class, () -> DoesNotAddUp.check(order("open", total, "8.40", 2)), total);
        }
        assertEquals("orderTax", assertThrows(DoesNotAddUp.class, () -> DoesNotAddUp.check(order("open", "113.40", "8.41", 2))).path());
    }

    @Test
    void whatNobodyBooksIsNotKeptBack() throws Exception {
        // A cancel must reach its targets whatever its sums are, and so must an order of which nothing is left
        assertDoesNotThrow(() -> DoesNotAddUp.check(order("cancelled", "1.00", "8.40", 2)));
        assertDoesNotThrow(() -> DoesNotAddUp.check(order("open", "0.00", "0.00", 0)));
        assertThrows(DoesNotAddUp.class, () -> DoesNotAddUp.check(order("open", "0.00", "8.40", 2)));
    }

    private static JsonNode order(String status, String total, String tax, int quantity) throws Exception {
        return new ObjectMapper().readTree(ORDER.formatted(status, total, tax, quantity).replace('\'', '"'));
    }
}
