package io.orderweir.hold;

/**
 * Why something waits in the hold bin: a code for the machines, a sentence for people, and the field to correct.
 *
 * @param canonicalPath where in the canonical order, null when it is about no single field
 */
public record Refusal(String reason, String sentence, String canonicalPath) {
}
