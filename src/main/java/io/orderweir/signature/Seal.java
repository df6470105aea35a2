package io.orderweir.signature;

import io.orderweir.connection.Settings;
import io.orderweir.wire.ReceivedHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;

/**
 * Proves that a record was written by capture: HMAC-SHA256 over the names it was given, each behind its length (4 bytes, -1 = none), and its bytes; in hexadecimal.
 * Without a key nothing is sealed and nothing is asked for. The first key seals, all are accepted, so that a key can be changed while records of the old one wait.
 */
@ApplicationScoped
@Named("seal")
@RegisterForReflection
public class Seal {

    /** The header of the record. */
    private static final String HEADER = "seal";
    private static final String ALGORITHM = "HmacSHA256";

    @Inject
    Settings settings;

    /** The seal of what is being captured, or null without a key. In: variables delivery, source, type, entity, time, correlation, and the raw body. */
    public String of(Exchange exchange) {
        List<String> keys = keys();
        return keys.isEmpty() ? null : seal(keys.get(0), exchange.getMessage().getBody(byte[].class), text(exchange, "delivery"), text(exchange, "source"), text(exchange, "type"),
                text(exchange, "entity"), text(exchange, "time"), text(exchange, "correlation"));
    }

    /** Whether one of the keys made the seal of this record, or none is asked for. In: the record's headers and its bytes. */
    public boolean holds(Exchange record) {
        List<String> keys = keys();
        if (keys.isEmpty()) {
            return true;
        }
        String seal = ReceivedHeaders.text(record, HEADER);
        byte[] body = record.getMessage().getBody() == null ? new byte[0] : record.getMessage().getBody(byte[].class);
        String[] names = Stream.of("ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "correlationid").map(name -> ReceivedHeaders.text(record, name)).toArray(String[]::new);
        return seal != null && keys.stream().anyMatch(key -> MessageDigest.isEqual(seal(key, body, names).getBytes(StandardCharsets.UTF_8), seal.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> keys() {
        return settings.capture().seals().orElse(List.of());
    }

    private static String seal(String key, byte[] body, String... names) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            for (String name : names) {
                byte[] bytes = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name == null ? -1 : bytes.length).array());
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks " + ALGORITHM, e);
        }
    }

    private static String text(Exchange exchange, String variable) {
        return exchange.getVariable(variable, String.class);
    }
}
