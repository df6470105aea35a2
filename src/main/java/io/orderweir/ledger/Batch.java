package io.orderweir.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.signature.Seal;
import io.orderweir.wire.ReceivedHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/** Reads what one poll of the captured topics brought. */
@ApplicationScoped
@Named("batch")
@RegisterForReflection
public class Batch {

    private final Seal seal;

    /** For the client proxy only. */
    protected Batch() {
        this(null);
    }

    @Inject
    public Batch(Seal seal) {
        this.seal = seal;
    }

    public List<Captured> read(List<Exchange> polled) {
        return polled.stream().map(this::captured).toList();
    }

    /** Throws {@link NotSealed} when capture did not write it. */
    public void assureSealed(Captured captured) {
        if (!captured.sealed()) {
            throw new NotSealed(captured.connection());
        }
    }

    /** The entities of a batch, as a JSON array of {connection, type, key}. */
    public String keys(List<Captured> batch) {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        // no entity of the ledger has a NUL in its names, and no statement takes one
        batch.stream().map(Captured::names).distinct().filter(names -> !names.toString().contains("\\u0000")).forEach(keys::add);
        return keys.toString();
    }

    private Captured captured(Exchange exchange) {
        Message record = exchange.getMessage();
        String topic = record.getHeader(KafkaConstants.TOPIC, String.class);
        int partition = record.getHeader(KafkaConstants.PARTITION, Integer.class);
        long offset = record.getHeader(KafkaConstants.OFFSET, Long.class);
        // a record someone else put on the topic has no names; its place is one that never changes
        String place = topic + "/" + partition + "/" + offset;
        String delivery = text(exchange, "ce_id", place);
        byte[] raw = record.getBody(byte[].class) == null ? new byte[0] : record.getBody(byte[].class);
        Instant capturedAt = capturedAt(exchange);
        return new Captured(topic, partition, offset, delivery, text(exchange, "ce_source", "unknown"), text(exchange, "ce_type", "unknown"),
                text(exchange, "ce_subject", delivery), text(exchange, "correlationid", place),
                capturedAt.toString(),
                raw, seal.holds(exchange), ToldTime.of(text(exchange, "triggeredat", ""), capturedAt));
    }

    /** What somebody else calls a time would stop its partition for ever; the broker's own is always one. */
    private static Instant capturedAt(Exchange record) {
        try {
            return Instant.parse(text(record, "ce_time", ""));
        } catch (DateTimeParseException none) {
            return Instant.ofEpochMilli(record.getMessage().getHeader(KafkaConstants.TIMESTAMP, 0L, Long.class));
        }
    }

    private static String text(Exchange record, String header, String otherwise) {
        String value = ReceivedHeaders.text(record, header);
        return value == null ? otherwise : value;
    }
}
