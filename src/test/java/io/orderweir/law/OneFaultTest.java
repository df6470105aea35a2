package io.orderweir.law;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Understanding;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One fault that two targets would refuse is one hold, one task and one correction. */
class OneFaultTest {

    private static final String OPEN = "select d.connection || ' ' || h.path from hold h join delivery d on d.id = h.delivery_id where h.closed_at is null order by 1";
    private static final String LANES = "select connection || ' ' || state || case when stopped and state in ('ready', 'gated') then ' stopped' else '' end from delivery order by 1";

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
        shop = new ShopNews(understanding, "one_fault");
    }

    @AfterEach
    void end() throws SQLException {
        shop.close();
    }

    @Test
    void whatErpAndWarehouseLackIsHeldOnceAndOneCorrectionReleasesBoth() throws SQLException {
        // Given a line without an SKU, which both want
        shop.comes(1, order("", "1 Example Street"), null);
        // Then one hold tells it, and the warehouse waits behind it
        assertEquals(List.of("netsuite lineItems[0].sku"), shop.column(OPEN));
        assertEquals(List.of("netsuite held", "wms gated stopped"), shop.column(LANES));
        assertEquals("1", shop.column("select sum(n) from tallied where book = 'delivery' and state = 'held'").get(0));
        // When a person adds it
        release(shop.column("select id from hold").get(0), understood("'sku':'SKU-1',"));
        // Then nothing is held, and both go on with it
        assertEquals(List.of(), shop.column(OPEN));
        assertEquals(List.of("netsuite ready", "wms gated"), shop.column(LANES));
        assertEquals(List.of("SKU-1"), shop.column("select canonical #>> '{lineItems,0,sku}' from payload"));
    }

    @Test
    void whatOnlyTheWarehouseLacksIsAHoldOfItsOwn() throws SQLException {
        // Given no SKU, and an address without a street, which the ERP takes
        shop.comes(1, order("", ""), null);
        // Then
        assertEquals(List.of("netsuite lineItems[0].sku", "wms shippingAddress.address1"), shop.column(OPEN));
    }

    @Test
    void whoGivesItUpGivesUpBoth() throws SQLException {
        // Given
        shop.comes(1, order("", "1 Example Street"), null);
        // When
        shop.ledger.run("hold/discard.sql", Map.of("hold", Long.valueOf(shop.column("select id from hold").get(0)), "by", "Ann", "reason", "sold by mistake"));
        // Then
        assertEquals(List.of(), shop.column(OPEN));
        assertEquals(List.of("netsuite discarded", "wms discarded"), shop.column(LANES));
    }

    private ObjectNode understood(String sku) {
        return understanding.entry("web-us", "order", "web-us/1", order(sku, "1 Example Street").replace('\'', '"').getBytes(UTF_8), List.of());
    }

    private void release(String hold, ObjectNode corrected) throws SQLException {
        ObjectNode document = Ledger.JSON.createObjectNode().put("message", shop.ledger.sql.number("select id from message")).put("hash", corrected.get("hash").textValue());
        document.set("canonical", corrected.get("canonical"));
        document.set("deliveries", corrected.get("deliveries"));
        shop.ledger.run("hold/release-delivery.sql", Map.of("hold", Long.valueOf(hold), "by", "Ann", "seen", shop.column("select orderweir.entity_seen(id) from entity").get(0),
                "changes", "[{\"path\":[\"lineItems\",\"0\",\"sku\"],\"replaced\":null,\"value\":\"SKU-1\"}]", "documents", Ledger.JSON.createArrayNode().add(document).toString()));
    }

    private static String order(String sku, String street) {
        return ("{'id':1,'name':'#1','currency':'USD','updated_at':'2026-11-27T10:00:05-05:00','financial_status':'paid','shipping_address':{'last_name':'Example','address1':'%s','city':'Springfield','zip':'62701','country_code':'US'},"
                + "'line_items':[{'id':11,%s'name':'Engraving','quantity':1,'price':'12.00'}]}").formatted(street, sku);
    }
}
