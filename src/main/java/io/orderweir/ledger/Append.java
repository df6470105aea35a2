package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Appends a batch to the ledger, partition by partition, each in one transaction with the partition's offset.
 * A batch the database refuses is done again record by record, so that one bad record stops nobody else; it goes to the
 * Error Hold bin with its raw bytes. Trouble of the database itself throws {@link LedgerAway} and moves nothing.
 */
@ApplicationScoped
@Named("append")
@RegisterForReflection
public class Append {

    /** So often the same batch is tried again before half of it is. */
    private static final int PATIENCE = 5;
    private static final Logger LOG = Logger.getLogger(Append.class);
    private static final String APPEND = Sql.of("ledger/append.sql");
    // connection exception, insufficient resources, operator intervention, transaction rollback (deadlock, serialization)
    private static final Set<String> DATABASE_TROUBLE = Set.of("08", "53", "57", "40", "58", "XX");

    // data exception, and limits such as the length of a key
    private static final Set<String> EVENTS_OWN = Set.of("22", "54");

    /** By batch: how often the database was overburdened by it. */
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();

    @Inject
    Instance<DataSource> ledger;

    @Inject
    ObjectMapper json;

    @Inject
    Intake intake;

    public void append(List<ObjectNode> entries) {
        Map<String, List<ObjectNode>> partitions = new LinkedHashMap<>();
        entries.forEach(entry -> partitions.computeIfAbsent(entry.get("topic").textValue() + "/" + entry.get("partition"),
                p -> new ArrayList<>()).add(entry));
        partitions.values().forEach(this::appendPartition);
    }

    private void appendPartition(List<ObjectNode> entries) {
        String batch = nameOf(entries);
        if (entries.size() > 1 && tries.getOrDefault(batch, 0) >= PATIENCE) {
            // what is too much together, or has one that is too much alone, is not too much for ever
            appendPartition(entries.subList(0, entries.size() / 2));
            appendPartition(entries.subList(entries.size() / 2, entries.size()));
            tries.remove(batch);
            return;
        }
        try {
            execute(entries);
            tries.remove(batch);
        } catch (SQLException refused) {
            if (entries.size() == 1 && overburdens(refused) && tries.getOrDefault(batch, 0) >= PATIENCE) {
                appendHeld(entries.get(0), refused);
                tries.remove(batch);
                return;
            }
            if (overburdens(refused)) {
                tries.merge(batch, 1, Integer::sum);
            }
            if (Intake.standsStill(refused)) {
                intake.passOver(entries.get(0).get("topic").textValue(), entries.get(0).get("partition").intValue(), refused);
                return;
            }
            awayIfTrouble(refused);
            LOG.warnf("a batch of %d records is taken in one by one, because the ledger refused it: %s", entries.size(), refused.getMessage());
            entries.forEach(this::appendAlone);
        }
    }

    private void appendAlone(ObjectNode entry) {
        try {
            execute(List.of(entry));
        } catch (SQLException refused) {
            awayIfTrouble(refused);
            appendHeld(entry, refused);
        }
    }

    private void appendHeld(ObjectNode entry, SQLException refused) {
        try {
            execute(List.of(held(entry, refused)));
        } catch (SQLException stuck) {
            awayIfTrouble(stuck);
            throw new IllegalStateException("Partition " + entry.get("partition") + " of " + entry.get("topic") + " stops at record "
                    + entry.get("offset") + ", which the ledger refuses even as a held one: " + stuck.getMessage(), stuck);
        }
    }

    private static String nameOf(List<ObjectNode> entries) {
        ObjectNode first = entries.get(0);
        return first.get("topic").textValue() + "/" + first.get("partition") + "/" + first.get("offset") + "+" + entries.size();
    }

    /** A statement that took too long, was cancelled, or needs more than there is: it may be what it was asked, and not the database. */
    private static boolean overburdens(SQLException e) {
        return e.getSQLState() != null && (e.getSQLState().equals("57014") || e.getSQLState().startsWith("53") || e.getSQLState().startsWith("XX"));
    }

    /** The record as one that is held: what it says cannot be kept, or what our own rules made of it does not stand. */
    static ObjectNode held(ObjectNode entry, SQLException refused) {
        return EVENTS_OWN.contains(refused.getSQLState().substring(0, 2))
                ? Entry.held(entry, "not-storable", "This event holds characters or values that cannot be stored as text (" + firstLine(refused)
                        + "). Its bytes are kept as they came. Correct it at the shop, or discard it.")
                : Entry.held(entry, "not-plannable", "The ledger refuses what was planned for this event (" + firstLine(refused)
                        + "). Nothing is wrong with the event: an integrator corrects policy or connector, such as two flows of one order to one port of a connection;"
                        + " then release it, and it is planned again.");
    }

    /** One transaction for records of one partition, in their order. */
    void execute(List<ObjectNode> entries) throws SQLException {
        try (Connection connection = connect(); PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setString(1, entries.get(0).get("topic").textValue());
            append.setInt(2, entries.get(0).get("partition").intValue());
            append.setBytes(3, json.writeValueAsBytes(entries.stream().map(this::document).toList()));
            append.setArray(4, connection.createArrayOf("bytea", bytes(entries)));
            append.execute();
        } catch (IOException e) {
            throw new IllegalStateException("a batch cannot be written as JSON", e);
        }
    }

    /** All but the bytes, which go beside it. */
    private JsonNode document(ObjectNode entry) {
        return json.createObjectNode().<ObjectNode>setAll(entry).without("raw");
    }

    private static byte[][] bytes(List<ObjectNode> entries) throws IOException {
        byte[][] bytes = new byte[entries.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = entries.get(i).get("raw").binaryValue();
        }
        return bytes;
    }

    /** Whatever the reason for which the database gives no connection, it is not the record's. */
    private Connection connect() {
        try {
            return ledger.get().getConnection();
        } catch (SQLException e) {
            throw new LedgerAway("the ledger gives no connection, the batch is tried again: " + e.getMessage(), e);
        }
    }

    private static void awayIfTrouble(SQLException e) {
        // no SQLSTATE: the pool could not give a connection; OW002: the batch does not begin where the ledger stands, so it is read anew
        if (e.getSQLState() == null || DATABASE_TROUBLE.contains(e.getSQLState().substring(0, 2))) {
            throw new LedgerAway("the ledger did not take the batch, it is tried again: " + e.getMessage(), e);
        }
        if (e.getSQLState().startsWith("OW")) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String firstLine(SQLException e) {
        return e.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }
}
