package io.orderweir.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** One record of a captured topic: its place there, the names capture gave it, the untouched bytes, and whether capture wrote them. */
@RegisterForReflection
public record Captured(String topic, int partition, long offset, String delivery, String connection, String type,
        String entity, String correlation, String capturedAt, byte[] raw, boolean sealed) {

    /** One that somebody vouches for. */
    public Captured(String topic, int partition, long offset, String delivery, String connection, String type, String entity, String correlation, String capturedAt, byte[] raw) {
        this(topic, partition, offset, delivery, connection, type, entity, correlation, capturedAt, raw, true);
    }

    /** What names its entity in the ledger: {connection, type, key}. */
    public ObjectNode names() {
        return JsonNodeFactory.instance.objectNode().put("connection", connection).put("type", type).put("key", entity);
    }
}
