package io.orderweir.contract;

import io.orderweir.connector.Connector;
import io.orderweir.connector.Signature;
import io.orderweir.privacy.Scrubber;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Secrets that nobody knows but this run: one for each credential, one for the webhooks, and one that the vendor gives. Where one of them is found again, it was let out. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SECRET = "{secret}";

    private final Map<String, String> credentials = new TreeMap<>();
    private final List<String> all = new ArrayList<>();
    private final String ofWebhooks;
    private final String given = fresh();

    /** {@code written}: how a credential is written that is more than its secret, such as {@code /services/{secret}}. */
    Secrets(Connector connector, Map<String, String> written) {
        connector.credentials().forEach(key -> credentials.put(key, written.getOrDefault(key, SECRET).replace(SECRET, fresh())));
        Signature.Secret how = connector.signature() == null ? null : connector.signature().secret();
        String key = fresh();
        ofWebhooks = how == null ? key : how.prefix() + (how.encoding() == Signature.Encoding.HEX ? HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8))
                : Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }

    Map<String, String> credentials() {
        return credentials;
    }

    String ofWebhooks() {
        return ofWebhooks;
    }

    /** A text of a recording with the secrets in the places that name them: {@code {credentials.<key>}}, and {@code {secret}} for what the vendor gives. */
    String in(String text) {
        String filled = text.replace(SECRET, given);
        for (Map.Entry<String, String> credential : credentials.entrySet()) {
            filled = filled.replace("{credentials." + credential.getKey() + "}", credential.getValue());
        }
        return filled;
    }

    /** Whether one of them stands in a text, in whatever way it is written. */
    boolean isIn(String text) {
        return text != null && !new Scrubber(all).scrub(text).equals(text);
    }

    private String fresh() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        String secret = "canary" + HexFormat.of().formatHex(bytes);
        all.add(secret);
        return secret;
    }
}
