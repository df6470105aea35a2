package io.orderweir.signature;

import java.util.List;
import java.util.function.UnaryOperator;

/** The body alone is signed, in base64. Nothing says when, so that a repeat is known by its name only. */
final class WholeBody implements Scheme {

    @Override
    public Claim read(UnaryOperator<String> said, byte[] body) {
        String signature = said.apply("signature");
        List<byte[]> signatures = signature == null ? List.of() : Scheme.base64(signature);
        return signatures.isEmpty() ? null : new Claim(body, signatures, null);
    }
}
