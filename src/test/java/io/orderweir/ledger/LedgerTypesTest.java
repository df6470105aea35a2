package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orderweir.embedded.TestDatabase;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger keeps of a message what its type's kind asks for, as every start tells it. */
class LedgerTypesTest {

    private static final String TYPES = "select type || ' ' || kind || case when tells_product_types then ' tells product types' else '' end from orderweir.event_type order by type";

    @Test
    void aLedgerKnowsThePackagedTypesBeforeAnyStart() throws SQLException {
        try (Connection connection = open()) {
            assertEquals(Types.packaged().all().stream().map(LedgerTypesTest::told).toList(), rows(connection, TYPES));
        }
    }

    @Test
    void aStartTellsItWhichTypesThereAreAndOneOfAnotherKindIsRefused() throws SQLException, IOException {
        try (Connection connection = open()) {
            Path mounted = mounted();
            // When, as often as something starts
            LedgerTypes.tell(connection, Types.in(mounted.toString()));
            LedgerTypes.tell(connection, Types.in(mounted.toString()));
            // Then
            assertEquals(List.of("notice signal", "order order", "price record", "product record tells product types", "signal signal"), rows(connection, TYPES));
            // and when a mounted folder calls something else a notice
            Files.writeString(mounted.resolve("notice/type.yaml"), "type: notice\nkind: record\nword: notice\n");
            Files.copy(mounted.resolve("price/schema.json"), mounted.resolve("notice/schema.json"), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(mounted.resolve("notice/words.yaml"));
            assertEquals("Orderweir does not start: the type 'notice' is of the kind record, and the ledger knows it as signal; give it a name of its own, or its kind back",
                    assertThrows(IllegalStateException.class, () -> LedgerTypes.tell(connection, Types.in(mounted.toString()))).getMessage());
        }
    }

    @Test
    void whatIsKeptGoesByTheKind() throws SQLException, IOException {
        try (Connection connection = open(); PlannedOrder ledger = new PlannedOrder(connection)) {
            LedgerTypes.tell(connection, Types.in(mounted().toString()));
            // When a fact, a price and something that nobody declared are taken in
            ledger.run("select orderweir.ledger_append('planned-order', 0, '[" + event(0, "notice", "{\"signal\":\"built\",\"at\":\"2026-11-27T00:00:00Z\",\"order\":\"#1\"}") + ","
                    + event(1, "price", "{\"externalId\":\"1\",\"amount\":\"1.00\"}") + "," + event(2, "stock", "{\"signal\":\"built\",\"at\":\"2026-11-27T00:00:00Z\"}")
                    + "]', array['\\x00'::bytea, '\\x01'::bytea, '\\x02'::bytea])");
            // Then the fact waits to be heard, whatever it is called
            assertEquals(List.of("notice"), ledger.rows("select m.type from signal s join message m on m.id = s.message_id"));
            assertEquals(List.of("notice", "price", "stock"), ledger.rows("select type from message where state = 'noted' order by type"));
            assertEquals(List.of("0"), ledger.rows("select count(*)::text from product"));
            // and none of them counts as an order
            assertEquals(List.of("0"), ledger.rows("select coalesce(sum(n), 0)::text from tally where book = 'order'"));
        }
    }

    private static String event(int offset, String type, String canonical) {
        return "{\"offset\":%1$d,\"ce_id\":\"web:%1$d\",\"connection\":\"web\",\"type\":\"%2$s\",\"entity_key\":\"web/%1$d\",\"name\":\"n%1$d\",\"correlation_id\":\"c\",\"captured_at\":\"2026-11-27T00:00:00Z\",\"hash\":\"h%1$d\",\"canonical\":%3$s,\"note\":\"noted\",\"deliveries\":[]}"
                .formatted(offset, type, canonical);
    }

    private static Connection open() throws SQLException {
        return TestDatabase.apart().open();
    }

    private static Path mounted() throws IOException {
        Path mounted = Files.createTempDirectory("types-");
        for (String type : List.of("price", "notice")) {
            for (String file : List.of("type.yaml", "schema.json", "words.yaml")) {
                Files.copy(Path.of("src/test/resources/types", type, file), Files.createDirectories(mounted.resolve(type)).resolve(file));
            }
        }
        return mounted;
    }

    private static String told(Type type) {
        return type.type() + " " + type.kind().word() + (type.tellsProductTypes() ? " tells product types" : "");
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
