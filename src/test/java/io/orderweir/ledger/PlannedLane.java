package io.orderweir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One lane of an order, at a warehouse, that is brought where a table of the planning page says, and what is planned in it then; all of it is gone at the end. */
final class PlannedLane implements AutoCloseable {

    private static final String WAITS = ",\"gates\":[{\"name\":\"cad\",\"people\":[\"drawing desk\"]}],\"class\":\"door\",\"line_id\":\"1\",\"gate_basis\":\"k\"";
    private static final String FREE = ",\"gates\":[]";

    private final Connection connection;
    private final PlannedOrder order;
    private final String gates;

    private PlannedLane(Connection connection, boolean behindGate) throws SQLException {
        this.connection = connection;
        order = new PlannedOrder(connection);
        gates = behindGate ? WAITS : FREE;
    }

    /** Without a gate, in a state of the first table. */
    static PlannedLane free(Connection connection, String state) throws SQLException {
        PlannedLane lane = new PlannedLane(connection, false);
        if (state.startsWith("change ")) {
            lane.comes("first");
            lane.isTaken();
        }
        if (!state.equals("nothing")) {
            lane.comes("old");
            lane.becomes(state);
        }
        return lane;
    }

    /** Behind a gate, in a state of the second table. */
    static PlannedLane gated(Connection connection, String state) throws SQLException {
        PlannedLane lane = new PlannedLane(connection, true);
        lane.comes("old");
        if (List.of("gated", "held", "discarded").contains(state)) {
            lane.becomes(state);
            return lane;
        }
        lane.opens();
        if (!state.startsWith("closed, ")) {
            lane.becomes(state);
            return lane;
        }
        lane.becomes("delivered");
        lane.closes();
        switch (state) {
            case "closed, cancel ready" -> { }
            case "closed, cancel sending" -> lane.leaves();
            case "closed, cancel delivered" -> lane.isTaken();
            default -> throw new IllegalArgumentException(state);
        }
        return lane;
    }

    /** What a column of the tables is headed with. */
    void meets(String event) throws SQLException {
        switch (event) {
            case "changes it" -> comes("new");
            case "changes nothing of it" -> comes("old");
            case "cancels" -> cancels();
            case "the gate opens" -> opens();
            case "the gate closes" -> closes();
            default -> throw new IllegalArgumentException(event);
        }
    }

    /** What stands in the lane, the oldest first: old, new or cancel, and its state. */
    List<String> stands() throws SQLException {
        return order.rows("select concat_ws(' ', case when cancel then 'cancel' else fingerprint end, state) from delivery order by seq");
    }

    /** The lane, as a statement reads it that takes the order. */
    Map<String, Object> read(String statement) throws SQLException {
        try (var ask = connection.prepareStatement(statement)) {
            ask.setLong(1, Long.parseLong(order.rows("select id from entity where key = 'web/1'").get(0)));
            try (var row = ask.executeQuery()) {
                row.next();
                Map<String, Object> read = new LinkedHashMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    read.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
                }
                return read;
            }
        }
    }

    void run(String statement) throws SQLException {
        order.run(statement);
    }

    private void becomes(String state) throws SQLException {
        switch (state) {
            case "gated", "ready" -> { }
            case "held" -> isRefused();
            case "sending", "change sending" -> leaves();
            case "unsure", "change unsure" -> isNotAnswered();
            case "delivered" -> isTaken();
            case "confirmed" -> isFound();
            case "discarded" -> {
                isRefused();
                order.run("select hold_discard(id, 'sam', 'not wanted') from hold where closed_at is null");
            }
            case "superseded" -> cancels();
            case "cancel ready" -> {
                isTaken();
                cancels();
            }
            case "cancel sending" -> {
                becomes("cancel ready");
                leaves();
            }
            case "cancel delivered" -> {
                becomes("cancel ready");
                isTaken();
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private void comes(String content) throws SQLException {
        order.comes(delivery(content, false, gates));
    }

    private void cancels() throws SQLException {
        order.comes(delivery("old", true, FREE));
    }

    void opens() throws SQLException {
        order.run("select gate_open((select id from build), null, null, 'cad', 'drawing desk', 'seen', '{\"note\":\"sheet 4\"}')");
    }

    void closes() throws SQLException {
        order.run("select gate_close((select id from build), null, null, 'cad', 'drawing desk', 'wrong sheet', '{}')");
    }

    private void isRefused() throws SQLException {
        order.settles("update delivery set state = 'held', reason = 'refused-by-target' where head");
        order.run("insert into hold (message_id, delivery_id, reason, sentence, fingerprint) select message_id, id, 'refused-by-target', 'It was refused.', 'wms|refused-by-target' from delivery where head");
    }

    private void leaves() throws SQLException {
        order.run("update delivery set state = 'sending', call_id = 1 where head");
    }

    private void isNotAnswered() throws SQLException {
        leaves();
        order.settles("update delivery set state = 'unsure', unsure_since = clock_timestamp() where head");
    }

    private void isFound() throws SQLException {
        isNotAnswered();
        order.settles("update delivery set state = 'confirmed', head = false, remote_id = 'F1', unsure_since = null, done_at = clock_timestamp() where head");
    }

    private void isTaken() throws SQLException {
        leaves();
        order.settles("update delivery set state = 'delivered', head = false, remote_id = 'F1', final = cancel, done_at = clock_timestamp() where head");
    }

    /** Makes the next call of the lane, or ends it, as chance has it. */
    void goesOn(Random chance) throws SQLException {
        List<String> head = order.rows("select state || ' ' || cancel from delivery where head");
        if (head.isEmpty() || head.get(0).startsWith("gated") || head.get(0).startsWith("held")) {
            return;
        }
        switch (head.get(0).substring(0, head.get(0).indexOf(' '))) {
            case "ready" -> leaves();
            case "sending" -> {
                if (chance.nextInt(3) == 0) {
                    isNotAnswered();
                } else {
                    isTaken();
                }
            }
            default -> {
                if (head.get(0).endsWith("true") || chance.nextBoolean()) {
                    isTaken();
                } else {
                    isFound();
                }
            }
        }
    }

    /** What the target took, or may have taken, in its order. */
    List<String> taken() throws SQLException {
        return order.rows("select case when cancel then 'cancel' else 'request' end from delivery where state in ('delivered', 'confirmed') or state = 'superseded' and unsure_since is not null order by seq");
    }

    private static String delivery(String content, boolean cancel, String gates) {
        return ("{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"1\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":true,\"cancel\":%s,\"line_ids\":[\"1\"],"
                + "\"fingerprint\":\"%s\",\"role\":\"warehouse\"%s}").formatted(cancel, content, gates);
    }

    @Override
    public void close() throws SQLException {
        order.close();
    }
}
