package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Understanding;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of two versions of an order is the newer, whatever order they come in: from the shop's bytes to what is in the lanes. */
class NewestVersionTest {

    private static final String LANES = "select d.connection || ' ' || d.state || ' ' || coalesce(p.canonical #>> '{lineItems,0,quantity}', '-') from delivery d join payload p using (message_id)"
            + " where d.state <> 'superseded' order by 1";
    private static final String EARLY = "2026-11-27T15:00:05.100Z";
    private static final String LATE = "2026-11-27T15:00:05.900Z";

    private static Understanding understanding;

    private ShopNews shop;

    @BeforeAll
    static void start() throws Exception {
        understanding = new Understanding();
    }

    @AfterAll
    static void stop() {
        understanding.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        shop = new ShopNews(understanding, "newest");
    }

    @AfterEach
    void end() throws SQLException {
        shop.close();
    }

    @Test
    void ofTwoVersionsOfOneSecondTheCancelledOneIsTheNewer() throws SQLException {
        // When the cancelled version comes first, and was triggered first as well
        shop.comes(1, order(1, 5, 1, ",'cancelled_at':'2026-11-27T10:00:05-05:00'"), EARLY);
        shop.comes(1, order(1, 5, 1, ""), LATE);
        // Then it stays cancelled, and nothing is sent
        assertEquals(List.of("planned", "superseded"), shop.messages(1));
        assertEquals(List.of(), shop.column(LANES));
        // and when it comes last it is cancelled, too
        shop.comes(2, order(2, 5, 1, ""), LATE);
        shop.comes(2, order(2, 5, 1, ",'cancelled_at':'2026-11-27T10:00:05-05:00'"), EARLY);
        assertEquals(List.of(), shop.column(LANES));
    }

    @Test
    void ofTwoEditsOfOneSecondTheLaterByTheShopsFinerTimeCounts() throws SQLException {
        // When the later one comes first
        shop.comes(1, order(1, 5, 1, ""), LATE);
        shop.comes(1, order(1, 5, 3, ""), EARLY);
        // Then
        assertEquals(List.of("planned", "superseded"), shop.messages(1));
        assertEquals(List.of("netsuite ready 1", "wms gated 1"), shop.column(LANES));
        // and where one says no finer time, the one that was captured last counts
        shop.comes(1, order(1, 5, 4, ""), null);
        assertEquals(List.of("netsuite ready 4", "wms gated 4"), shop.column(LANES));
        shop.comes(1, order(1, 5, 2, ""), EARLY);
        assertEquals(List.of("netsuite ready 2", "wms gated 2"), shop.column(LANES));
    }

    @Test
    void anOlderEventThatCannotBeMappedStopsNothing() throws SQLException {
        // Given the newer one
        shop.comes(1, order(1, 5, 2, ""), null);
        // When the older one comes late and nobody can read its quantity
        ObjectNode older = shop.comes(1, order(1, 4, -1, ""), null);
        // Then it is superseded, with its bytes, and the order goes on
        assertTrue(older.hasNonNull("hold"), older.toString());
        assertEquals(List.of("planned", "superseded"), shop.messages(1));
        assertEquals(List.of("netsuite ready 2", "wms gated 2"), shop.column(LANES));
        assertEquals(List.of("false"), shop.column("select exists (select from hold)::text"));
        // and a newer one that cannot be mapped is held, and stops it
        shop.comes(1, order(1, 6, -1, ""), null);
        assertEquals(List.of("planned", "superseded", "held"), shop.messages(1));
        // and so is one whose time nobody can read, or that is of tomorrow
        shop.comes(2, order(2, 5, 2, ""), null);
        shop.comes(2, "{'id':2,'updated_at':'yesterday','line_items':[]}", null);
        assertEquals(List.of("planned", "held"), shop.messages(2));
        shop.comes(3, order(3, 5, -1, "").replace("2026-11-27", "2028-11-27"), null);
        shop.comes(3, order(3, 5, 2, ""), null);
        assertEquals(List.of("superseded", "planned"), shop.messages(3));
    }

    @Test
    void whatIsOlderThanAHeldVersionDoesNotTakeItsPlace() throws SQLException {
        // Given a cancelled version that cannot be mapped, and is held
        shop.comes(1, order(1, 4, 1, ""), null);
        shop.comes(1, order(1, 6, -1, ",'cancelled_at':'2026-11-27T10:00:06-05:00'"), null);
        // When an older one comes late
        shop.comes(1, order(1, 5, 2, ""), null);
        // Then the hold stays open
        assertEquals(List.of("planned", "held", "superseded"), shop.messages(1));
        assertEquals(List.of("true"), shop.column("select bool_and(closed_at is null)::text from hold"));
        // and a newer one closes it
        shop.comes(1, order(1, 7, 2, ""), null);
        assertEquals(List.of("planned", "superseded", "superseded", "planned"), shop.messages(1));
    }

    private static String order(int id, int second, int quantity, String more) {
        return ( "{'id':%d,'name':'#1','currency':'USD','updated_at':'2026-11-27T10:00:0%d-05:00'%s,'shipping_address':{'last_name':'Example','address1':'1 Example Street','city':'Springfield','zip':'62701','country_code':'US'},'line_items':[{'id':11,'sku':'SKU-1','name':'Lamp','quantity':%d,'price':'15.00'}]}").formatted(id, second, more, quantity);
    }
}
