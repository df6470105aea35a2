package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order whose address or policy changed, so that another account would get it: there are never two records of it, and never none. */
class OtherAccountTest {

    private static final String HELD = "Order #1001: wms has it, and wms-de would get it now as its warehouse, because its address changed, or the table roles of flows.yaml. Nothing of this version "
            + "was sent to either. Release it, and it stays with wms, which gets this version and those after it. To move it, cancel the order in the shop and order it anew: that goes to wms-de.";

    private Connection connection;
    private PlannedOrder order;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        order = new PlannedOrder(connection);
    }

    @AfterEach
    void end() throws SQLException {
        order.close();
        connection.close();
    }

    @Test
    void whatNoAccountHasGoesToTheNewOneAlone() throws SQLException {
        // Given it waits for its turn at the warehouse
        order.comes(to("wms", "a"));
        // When
        order.comes(to("wms-de", "b"));
        // Then
        assertEquals(List.of("wms fulfilment order superseded", "wms-de fulfilment order ready"), order.deliveries());
        assertEquals(List.of("wms-de gets it"), order.rows("select reason from delivery where state = 'superseded'"));
        // and the way back is as free
        order.comes(to("wms", "a"));
        assertEquals(List.of("wms fulfilment order superseded", "wms-de fulfilment order superseded", "wms fulfilment order ready"), order.deliveries());
    }

    @Test
    void anAccountThatHasItKeepsItAndAPersonIsAsked() throws SQLException {
        // Given
        order.comes(to("wms", "a"));
        sent("delivered");
        // When
        order.comes(to("wms-de", "b"));
        // Then nothing goes to either
        assertEquals(List.of("wms fulfilment order delivered", "wms fulfilment order held"), order.deliveries());
        assertEquals(List.of("other-account " + HELD), order.rows("select reason || ' ' || sentence from hold where closed_at is null"));
        assertEquals(List.of("wms fulfilment order"), order.lanes());
        // and a newer version takes the place of the held one
        order.comes(to("wms-de", "c"));
        assertEquals(List.of("wms fulfilment order delivered", "wms fulfilment order superseded", "wms fulfilment order held"), order.deliveries());
    }

    @Test
    void whoReleasedItOnceIsNotAskedAgain() throws SQLException {
        // Given
        order.comes(to("wms", "a"));
        sent("delivered");
        order.comes(to("wms-de", "b"));
        // When
        order.rows("select hold_release_delivery(id, 'Ann', null, '[]', '[]') from hold where closed_at is null");
        order.comes(to("wms-de", "c"));
        // Then it is at the account that has it
        assertEquals(List.of("wms fulfilment order delivered", "wms fulfilment order superseded", "wms fulfilment order ready"), order.deliveries());
    }

    @Test
    void anAccountThatMayHaveItKeepsIt() throws SQLException {
        // Given a call without an answer
        order.comes(to("wms", "a"));
        sent("unsure");
        // When
        order.comes(to("wms-de", "b"));
        // Then
        assertEquals(List.of("wms fulfilment order unsure", "wms fulfilment order held"), order.deliveries());
    }

    @Test
    void aCancelGoesToTheAccountThatHasItWithoutAsking() throws SQLException {
        // Given
        order.comes(to("wms", "a"));
        sent("delivered");
        // When it moves and is cancelled at once
        order.comes(to("wms-de", "b").replace("\"cancel\":false", "\"cancel\":true"));
        // Then
        assertEquals(List.of("wms fulfilment order delivered", "wms fulfilment order ready"), order.deliveries());
        assertEquals(List.of("true"), order.rows("select cancel::text from delivery where state = 'ready'"));
        // and when it is proved to be cancelled there, what comes next is free to go where it belongs
        sent("delivered");
        order.comes(to("wms-de", "c"));
        assertEquals(List.of("wms fulfilment order delivered", "wms fulfilment order delivered", "wms-de fulfilment order ready"), order.deliveries());
    }

    @Test
    void whatComesAfterItFollowsIt() throws SQLException {
        // Given
        order.comes(erp("erp", "a"), to("wms", "a", "erp"));
        order.run("update delivery set state = 'sending', call_id = 1 where connection = 'erp'");
        order.settles("update delivery set state = 'delivered', head = false, remote_id = 'SO1', done_at = now() where connection = 'erp'");
        // When the shop's orders go to another ERP now
        order.comes(erp("erp-2", "b"), to("wms", "b", "erp-2"));
        // Then the warehouse waits for the one that has it, and not for ever for one that gets nothing
        assertEquals(List.of("erp order order delivered", "wms fulfilment order superseded", "erp order order held", "wms fulfilment order ready"), order.deliveries());
        assertEquals(List.of("erp"), order.rows("select a.connection from delivery d join lane a on a.id = d.after_lane_id where d.state = 'ready'"));
    }

    @Test
    void twoRolesWithPortsOfOneNameAreTwoAccounts() throws SQLException {
        // Given an order that goes to an ERP and a CRM
        String crm = erp("crm", "a").replace("\"erp\"}", "\"crm\"}");
        order.comes(erp("erp", "a"), crm);
        order.run("update delivery set state = 'sending', call_id = 1");
        order.settles("update delivery set state = 'delivered', head = false, remote_id = connection, done_at = now()");
        // When a new version comes, and when there is another CRM
        order.comes(erp("erp", "b"), crm.replace("\"a\"", "\"b\""));
        order.comes(erp("erp", "c"), crm.replace("\"a\"", "\"c\"").replace("\"connection\":\"crm\"", "\"connection\":\"crm-2\""));
        // Then only the CRM's is held, where it is
        assertEquals(List.of("erp order order ready", "crm order order held"), order.rows("select concat_ws(' ', connection, port, part, state) from delivery where state in ('ready', 'held') order by id"));
    }

    @Test
    void lanesOfBeforeRolesWereKnownAreKeptToo() throws SQLException {
        // Given a replica of the release before planned it
        order.comes(to("wms", "a").replace(",\"role\":\"warehouse\"", ""));
        sent("delivered");
        // When
        order.comes(to("wms-de", "b"));
        // Then
        assertEquals(List.of("wms fulfilment order delivered", "wms fulfilment order held"), order.deliveries());
    }

    private void sent(String state) throws SQLException {
        order.run("update delivery set state = 'sending', call_id = 1 where head");
        order.settles("unsure".equals(state) ? "update delivery set state = 'unsure', unsure_since = now() where head"
                : "update delivery set state = 'delivered', head = false, remote_id = 'F1', done_at = now() where head");
    }

    private static String erp(String connection, String fingerprint) {
        return delivery(connection, "order", fingerprint, "\"role\":\"erp\"");
    }

    private static String to(String connection, String fingerprint) {
        return delivery(connection, "fulfilment", fingerprint, "\"role\":\"warehouse\"");
    }

    private static String to(String connection, String fingerprint, String after) {
        return delivery(connection, "fulfilment", fingerprint, "\"after\":{\"connection\":\"" + after + "\",\"port\":\"order\",\"part\":\"order\"},\"role\":\"warehouse\"");
    }

    private static String delivery(String connection, String port, String fingerprint, String more) {
        return ("{\"connection\":\"%s\",\"port\":\"%s\",\"part\":\"order\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":false,\"cancel\":false,\"line_ids\":[\"1\"],"
                + "\"gates\":[],\"fingerprint\":\"%s\",%s}").formatted(connection, port, fingerprint, more);
    }
}
