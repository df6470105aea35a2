package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** One record of a captured topic: its place there, the names capture gave it, and the untouched bytes. */
@RegisterForReflection
public record Captured(String topic, int partition, long offset, String delivery, String connection, String type,
        String entity, String correlation, String capturedAt, byte[] raw) {
}
