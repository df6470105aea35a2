package io.orderweir.signature;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The agreement of standardwebhooks.com: signed are the id, the seconds and the body with dots between, and the header has
 * {@code v1,<base64>} once or more, with blanks between. A secret {@code whsec_<base64>} is decoded; any other is the key as it stands.
 */
final class StandardWebhooks implements Scheme {

    private static final String PREFIX = "whsec_";

    @Override
    public Claim read(UnaryOperator<String> said, byte[] body) {
        String id = said.apply("webhookId");
        String time = said.apply("timestamp");
        String header = said.apply("signature");
        Instant signedAt = Scheme.seconds(time);
        if (id == null || signedAt == null || header == null) {
            return null;
        }
        List<byte[]> signatures = Arrays.stream(header.split(" ")).filter(part -> part.startsWith("v1,"))
                .flatMap(part -> Scheme.base64(part.substring(3)).stream()).toList();
        return signatures.isEmpty() ? null : new Claim(Scheme.joined(id + "." + time + ".", body), signatures, signedAt);
    }

    @Override
    public byte[] key(byte[] secret) {
        String text = new String(secret, StandardCharsets.UTF_8);
        return text.startsWith(PREFIX) ? Scheme.base64(text.substring(PREFIX.length())).stream().findFirst().orElse(new byte[0]) : secret;
    }
}
