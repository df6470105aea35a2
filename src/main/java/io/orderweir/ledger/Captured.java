package io.orderweir.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One record of a captured topic: its place there, the names capture gave it, the untouched bytes, whether capture wrote them, and when it happened, as its sender
 * says beside it (UTC; null where it says nothing that is a time).
 */
@RegisterForReflection
public record Captured(String topic, int partition, long offset, String delivery, String connection, String type,
        String entity, String correlation, String capturedAt, byte[] raw, boolean sealed,
        String triggeredAt) {

    /** One that somebody vouches for, and that is not told apart from others of its second. */
    public Captured(String topic, int partition, long offset, String delivery, String connection, String type, String entity, String correlation, String capturedAt, byte[] raw) {
        this(topic, partition, offset, delivery, connection, type, entity, correlation, capturedAt, raw, true, null);
    }

    /** What names its entity in the ledger: {connection, type, key}. */
    public ObjectNode names() {
        return JsonNodeFactory.instance.objectNode().put("connection", connection).put("type", type).put("key", entity);
    }
}
