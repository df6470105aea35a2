package io.orderweir.signature;

import java.time.Instant;
import java.util.List;

/**
 * What a webhook claims about itself, not yet believed.
 *
 * @param signed     the bytes its sender says it signed
 * @param signatures one is enough: a sender that changes its secret signs with both
 * @param signedAt   when, or null where the sender does not say it
 */
record Claim(byte[] signed, List<byte[]> signatures, Instant signedAt) {
}
