package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lane is one part of an order at one port of an account: two ports of one account do not get into each other's way, and what was planned before ports were told apart goes on. */
class LanePortTest {

    private static final String ERP = "{\"connection\":\"erp\",\"port\":\"%s\",\"part\":\"order\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":false,\"cancel\":false,\"line_ids\":[\"1\"],"
            + "\"gates\":[],\"fingerprint\":\"%s\"%s}";
    private static final String AFTER = ",\"after\":{\"connection\":\"erp\",%s\"part\":\"order\"}";
    private static final String TOLD = "{\"connection\":\"web\",\"port\":\"hold\",\"part\":\"%s\",\"external_id\":\"web-1-1-hold\",\"priority\":0,\"goods_moving\":false,\"cancel\":false,\"line_ids\":[\"1\"],"
            + "\"gates\":[],\"fingerprint\":\"%s\",\"notice\":\"closed\",\"class\":\"made\",\"line_id\":\"1\",\"gate_basis\":\"b\"}";
    private static final String BUILT = "{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"1\",\"external_id\":\"web-1-1\",\"priority\":0,\"goods_moving\":false,\"cancel\":false,\"line_ids\":[\"1\"],"
            + "\"gates\":[{\"name\":\"release\",\"rule\":{}}],\"fingerprint\":\"%s\",\"class\":\"made\",\"line_id\":\"1\",\"gate_basis\":\"b\"}";

    @Test
    void twoTargetsOfAnOrderShareAnAccount() throws SQLException {
        try (Connection connection = TestDatabase.apart().open(); PlannedOrder order = new PlannedOrder(connection)) {
            // When the account gets the order, and then what is to be shipped
            order.comes(ERP.formatted("order", "a", ""), ERP.formatted("fulfilment", "b", AFTER.formatted("\"port\":\"order\",")));
            // Then each has its turn in a lane of its own
            assertEquals(List.of("erp order order ready", "erp fulfilment order ready"), order.deliveries());
            assertEquals(List.of("order false", "fulfilment true"), order.rows("select port || ' ' || waits_after from delivery order by id"));
            // and the first one done lets the other go
            order.run("update delivery set state = 'sending', call_id = 1 where port = 'order'");
            order.settles("update delivery set state = 'delivered', head = false, remote_id = 'SO1', done_at = now() where port = 'order'");
            assertEquals(List.of("fulfilment false"), order.rows("select port || ' ' || waits_after from delivery where state = 'ready'"));
            // and a newer version of one is a newer version of that one alone
            order.comes(ERP.formatted("order", "a", ""), ERP.formatted("fulfilment", "b2", AFTER.formatted("\"port\":\"order\",")));
            assertEquals(List.of("erp order order delivered", "erp fulfilment order superseded", "erp fulfilment order ready"), order.deliveries());
        }
    }

    @Test
    void aReplicaOfTheReleaseBeforePlansInTheSameLanes() throws SQLException {
        try (Connection connection = TestDatabase.apart().open(); PlannedOrder order = new PlannedOrder(connection)) {
            // Given what this release planned
            order.comes(ERP.formatted("order", "a", ""), BUILT.formatted("c"), TOLD.formatted("1", "d"));
            List<String> lanes = order.lanes();
            // When one of the release before plans the next version: it gives a notice a part of its own, and what is waited for no port
            order.comes(ERP.formatted("order", "a2", ""), BUILT.formatted("c2").replace("\"gate_basis\"", AFTER.formatted("").substring(1) + ",\"gate_basis\""), TOLD.formatted("1-hold", "d2"));
            // Then it is the next one of the same lanes
            assertEquals(List.of("erp order order", "web hold 1", "wms fulfilment 1"), lanes);
            assertEquals(lanes, order.lanes());
            assertEquals(List.of("erp order"), order.rows("select a.connection || ' ' || a.port from delivery d join lane a on a.id = d.after_lane_id"));
        }
    }

    @Test
    void lanesOfBeforeGetThePortOfTheirNewestDelivery() throws SQLException {
        TestDatabase before = TestDatabase.shared().before("14");
        try (Connection connection = before.open(); Statement statement = connection.createStatement()) {
            // Given a ledger whose lanes know no port: an order at the ERP, what the shop is told of its line 13 in two lanes, and one that is only waited for
            statement.execute("set search_path to orderweir");
            statement.execute("insert into entity (connection, type, key) values ('web', 'order', 'web/1')");
            statement.execute("insert into message (state, type, connection, entity_id, captured_at, topic, partition, \"offset\", ce_id, correlation_id) select 'planned', 'order', 'web', id, now(), 't', 0, 0, 'c', 'c' from entity");
            for (String lane : List.of("erp order", "web 13-hold", "web 13-expected-date", "crm order")) {
                statement.execute("insert into lane (connection, entity_id, part, last_seq) select '%s', id, '%s', 1 from entity".formatted((Object[]) lane.split(" ")));
            }
            for (String planned : List.of("erp order invoice 1 null", "erp order order 2 null", "web 13-hold hold 1 'closed'", "web 13-expected-date expected-date 1 'open'")) {
                statement.execute(("insert into delivery (message_id, state, connection, port, part, seq, priority, due_at, external_id, entity_id, lane_id, line_ids, fingerprint, notice) "
                        + "select m.id, 'ready', '%1$s', '%3$s', '%2$s', %4$s, 0, now(), 'web-1', m.entity_id, l.id, '[\"13\"]', 'f', %5$s from message m join lane l on (l.connection, l.part) = ('%1$s', '%2$s')")
                        .formatted((Object[]) planned.split(" ")));
            }
            connection.commit();
        }
        // When
        before.upgrade();
        // Then
        try (Connection connection = before.open(); Statement statement = connection.createStatement()) {
            statement.execute("set search_path to orderweir");
            assertEquals(List.of("crm order order", "erp order order", "web expected-date 13", "web hold 13"), rows(statement, "select concat_ws(' ', connection, port, part) from lane order by 1"));
            assertEquals(List.of("13 expected-date", "13 hold", "order invoice", "order order"), rows(statement, "select part || ' ' || port from delivery order by 1"));
            // and nothing was moved, told or counted because of it
            assertEquals(List.of("4 ready"), rows(statement, "select count(*) || ' ' || state from delivery group by state"));
        }
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
