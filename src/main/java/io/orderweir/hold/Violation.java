package io.orderweir.hold;

/** One field of an order that a target is known to refuse; value is empty where something is missing. */
public record Violation(String path, String value, String reason, String sentence) {
}
