package io.orderweir.connector;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.List;

/**
 * How the webhooks of a system are signed, with a secret of the connection.
 *
 * @param headers   where the signature stands; the first of them that a webhook has
 * @param algorithm what is computed
 * @param encoding  how the signature is written
 * @param separator what stands between several signatures in the header, which a sender writes while a secret is changed; null where there is one
 * @param prefix    what stands before each signature, such as {@code sha256=}; what has another one is no signature
 * @param signed    what is signed, joined by dots
 * @param id        the header of the webhook's id, where that is signed
 * @param time      the header of the time (seconds since 1970), where that is signed and stands in a header of its own
 * @param timePart  what stands before the time, where it is one part of the signature's header
 * @param tolerance how far the signed time may be from our clock, either way
 * @param secret    how a secret is written that is no text; it may stand as it is, too
 */
@RegisterForReflection
public record Signature(List<String> headers, Algorithm algorithm, Encoding encoding, String separator, String prefix, List<Part> signed, String id, String time, String timePart,
        Duration tolerance, Secret secret) {

    /** What Stripe and Standard Webhooks recommend. */
    private static final Duration USUAL = Duration.ofMinutes(5);

    public Signature {
        Connector.needs("headers", headers == null || headers.isEmpty() ? null : headers);
        algorithm = algorithm == null ? Algorithm.HMAC_SHA256 : algorithm;
        Connector.needs("encoding", encoding);
        prefix = prefix == null ? "" : prefix;
        signed = signed == null ? List.of(Part.BODY) : List.copyOf(signed);
        if (!signed.contains(Part.BODY)) {
            throw new IllegalArgumentException("signed has no body: anything could be sent under one signature");
        }
        if (signed.contains(Part.ID) != (id != null)) {
            throw new IllegalArgumentException("where the id is signed, and only there, 'id' names its header");
        }
        if (signed.contains(Part.TIME) != (time != null ^ timePart != null)) {
            throw new IllegalArgumentException("where the time is signed, and only there, either 'time' names its header or 'time-part' what stands before it");
        }
        if (timePart != null && separator == null) {
            throw new IllegalArgumentException("a time-part is one of several parts of the header: 'separator' says what stands between them");
        }
        tolerance = tolerance == null ? USUAL : tolerance;
    }

    /** One part of what is signed. */
    public enum Part {
        @JsonProperty("id") ID,
        @JsonProperty("time") TIME,
        @JsonProperty("body") BODY
    }

    /** What is computed; {@code java} is its name there. */
    public enum Algorithm {
        @JsonProperty("hmac-sha256") HMAC_SHA256("HmacSHA256"),
        @JsonProperty("hmac-sha512") HMAC_SHA512("HmacSHA512"),
        @JsonProperty("hmac-sha1") HMAC_SHA1("HmacSHA1");

        private final String java;

        Algorithm(String java) {
            this.java = java;
        }

        public String java() {
            return java;
        }
    }

    /** How bytes are written. */
    public enum Encoding {
        @JsonProperty("base64") BASE64,
        @JsonProperty("hex") HEX
    }

    /** A secret of this beginning stands for the bytes that the rest of it says; any other is the key as it stands. */
    @RegisterForReflection
    public record Secret(String prefix, Encoding encoding) {

        public Secret {
            Connector.needs("prefix", prefix);
            Connector.needs("encoding", encoding);
        }
    }
}
