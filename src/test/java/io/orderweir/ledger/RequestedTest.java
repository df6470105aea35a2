package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger knows of the lines that somebody was asked to ship, whatever became of the request. */
class RequestedTest {

    private static final String ASKED = Sql.of("ledger/requested.sql").replace(":#${variable.keys}", "?");
    private static final String KEYS = "[{\"connection\":\"web\",\"type\":\"order\",\"key\":\"web/1\"},{\"connection\":\"web\",\"type\":\"order\",\"key\":\"web/2\"}]";

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
    void ofAnOrderThatNobodyWasAskedForThereIsNothing() throws SQLException {
        // Given the ERP alone is to get it
        comes(2, delivery("netsuite", "order", false, false));
        // Then
        assertEquals(List.of(), asked());
    }

    @Test
    void whatWaitsIsPlannedAndWhatWentOutIsAsIsWhatMayHave() throws SQLException {
        // Given
        comes(2, delivery("wms", "fulfilment", true, false));
        // Then
        assertEquals(List.of("web/1 1 2 planned"), asked());
        // and as it goes on its way
        order.run("update delivery set state = 'sending', call_id = 1 where head");
        assertEquals(List.of("web/1 1 2 sent"), asked());
        order.run("update delivery set state = 'unsure', unsure_since = clock_timestamp() where head");
        assertEquals(List.of("web/1 1 2 sent"), asked());
        order.run("update delivery set state = 'delivered', head = false, remote_id = 'F1', unsure_since = null, done_at = clock_timestamp() where head");
        assertEquals(List.of("web/1 1 2 sent"), asked());
    }

    @Test
    void aNewerVersionIsPlannedUntilItWentOut() throws SQLException {
        // Given
        delivered(3);
        // When
        comes(1, delivery("wms", "fulfilment", true, false).replace("\"f\"", "\"g\""));
        // Then
        assertEquals(List.of("web/1 1 1 planned", "web/1 1 3 sent"), asked());
        order.run("update delivery set state = 'sending', call_id = 1 where head");
        assertEquals(List.of("web/1 1 1 sent"), asked());
    }

    @Test
    void whatWasTakenBackIsAskedOfNobody() throws SQLException {
        // Given
        delivered(2);
        // When
        comes(2, delivery("wms", "fulfilment", true, true));
        // Then it stands until the cancel is taken
        assertEquals(List.of("web/1 1 2 sent"), asked());
        order.run("update delivery set state = 'sending', call_id = 1 where head");
        order.run("update delivery set state = 'delivered', head = false, remote_id = 'F1', final = true, done_at = clock_timestamp() where head");
        assertEquals(List.of(), asked());
    }

    private void delivered(int quantity) throws SQLException {
        comes(quantity, delivery("wms", "fulfilment", true, false));
        order.run("update delivery set state = 'sending', call_id = 1 where head");
        order.run("update delivery set state = 'delivered', head = false, remote_id = 'F1', done_at = clock_timestamp() where head");
    }

    /** A version with two lines, of which the request is for the first. */
    private void comes(int quantity, String delivery) throws SQLException {
        order.append("{\"lineItems\":[{\"id\":\"1\",\"quantity\":" + quantity + "},{\"id\":\"2\",\"quantity\":7}]}", delivery);
    }

    private static String delivery(String connection, String port, boolean goods, boolean cancel) {
        return ("{\"connection\":\"%s\",\"port\":\"%s\",\"part\":\"order\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":%s,\"cancel\":%s,\"line_ids\":[\"1\"],\"gates\":[],"
                + "\"fingerprint\":\"f\",\"role\":\"any\"}").formatted(connection, port, goods && !cancel, cancel);
    }

    private List<String> asked() throws SQLException {
        List<String> asked = new ArrayList<>();
        try (PreparedStatement ask = connection.prepareStatement("select entity || ' ' || (line::jsonb ->> 'id') || ' ' || (line::jsonb ->> 'quantity') || case when sent then ' sent' else ' planned' end from ("
                + ASKED + ") a order by 1")) {
            ask.setString(1, KEYS);
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    asked.add(rows.getString(1));
                }
            }
        }
        return asked;
    }
}
