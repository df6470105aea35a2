package io.orderweir.ledger;

/** One record of a captured topic: its place there, the names capture gave it, and the untouched bytes. */
public record Captured(String topic, int partition, long offset, String delivery, String connection, String type,
        String entity, String correlation, String capturedAt, byte[] raw) {
}
