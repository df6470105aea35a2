package io.orderweir.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.orderweir.connection.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Gives a captured delivery its names: what it is to us (delivery) and what it is about (entity).
 * In: variables source, topic, webhookId, triggeredAt and the raw body. Out: variables topic, delivery, entity, time, old, correlation.
 */
@ApplicationScoped
@Named("naming")
@RegisterForReflection
public class Naming {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 128;

    private final Duration oldAfter;
    private final Clock clock;

    /** For the client proxy only. */
    protected Naming() {
        this(null, null);
    }

    @Inject
    public Naming(Settings settings) {
        this(settings.capture().oldAfter(), Clock.systemUTC());
    }

    Naming(Duration oldAfter, Clock clock) {
        this.oldAfter = oldAfter;
        this.clock = clock;
    }

    public void name(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        String source = exchange.getVariable("source", String.class);
        String topic = plainOr("unknown", exchange.getVariable("topic", String.class));
        String webhook = plainOr(null, exchange.getVariable("webhookId", String.class));
        String delivery = source + ":" + topic + ":" + (webhook == null ? digest(body) : webhook);
        String id = topLevelId(body);
        Instant now = clock.instant();
        exchange.setVariable("topic", topic);
        exchange.setVariable("delivery", delivery);
        exchange.setVariable("entity", id == null ? delivery : source + "/" + id);
        exchange.setVariable("time", now.toString());
        exchange.setVariable("old", isOld(exchange.getVariable("triggeredAt", String.class), now) ? "true" : null);
        exchange.setVariable("correlation", UUID.randomUUID().toString());
    }

    /** Nothing signs the headers: what is not a plain word is treated as if it had not been sent. */
    static String plainOr(String otherwise, String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            return otherwise;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_./".indexOf(c) >= 0;
            if (!plain) {
                return otherwise;
            }
        }
        return text;
    }

    /** Reads only as far as the first top-level id and keeps its digits as text; null when there is none to read. */
    static String topLevelId(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean id = "id".equals(json.currentName());
                JsonToken value = json.nextToken();
                if (id) {
                    return value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING ? plainOr(null, json.getText()) : null;
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException notReadable) {
            // captured all the same; process holds it with its bytes
            return null;
        }
    }

    private boolean isOld(String triggeredAt, Instant now) {
        if (triggeredAt == null) {
            return false;
        }
        try {
            return Instant.parse(triggeredAt).isBefore(now.minus(oldAfter));
        } catch (DateTimeException notATime) {
            // an unsigned hint; without it the delivery is as good as any other
            return false;
        }
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
