package io.orderweir.capture;

import io.orderweir.connection.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Gives a captured delivery its names: what it is to us (delivery) and what it is about (entity).
 * In: variables source, topic, webhookId, triggeredAt, about and the raw body. Out: variables topic, delivery, entity, time, old, correlation.
 * Without about it is about the thing whose id the body has.
 */
@ApplicationScoped
@Named("naming")
@RegisterForReflection
public class Naming {

    /** Room for a checksum and the name of a file. */
    private static final int LONGEST = 256;
    private static final Pattern ID = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");

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

    public Naming(Duration oldAfter, Clock clock) {
        this.oldAfter = oldAfter;
        this.clock = clock;
    }

    public void name(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        String source = exchange.getVariable("source", String.class);
        String topic = plainOr("unknown", exchange.getVariable("topic", String.class));
        String webhook = plainOr(null, exchange.getVariable("webhookId", String.class));
        String delivery = source + ":" + topic + ":" + (webhook == null ? digest(body) : webhook);
        String about = idOrNull(exchange.getVariable("about", String.class));
        String id = about == null ? idOrNull(Letterhead.members(body, "id").get("id")) : about;
        Instant now = clock.instant();
        exchange.setVariable("topic", topic);
        exchange.setVariable("delivery", delivery);
        exchange.setVariable("entity", id == null ? delivery : source + "/" + id);
        exchange.setVariable("time", now.toString());
        exchange.setVariable("old", isOld(exchange.getVariable("triggeredAt", String.class), now) ? "true" : null);
        exchange.setVariable("correlation", UUID.randomUUID().toString());
    }

    /** Nothing signs a storefront's headers: what is not a plain word is treated as if it had not been sent. */
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

    /** An id is a text of 1 to 200 printable characters, as the schemas say; nothing else names an entity. */
    private static String idOrNull(String text) {
        return text != null && ID.matcher(text).matches() ? text : null;
    }

    private boolean isOld(String triggeredAt, Instant now) {
        if (triggeredAt == null) {
            return false;
        }
        try {
            // some senders write the seconds since 1970
            Instant at = triggeredAt.indexOf('T') > 0 ? Instant.parse(triggeredAt) : Instant.ofEpochSecond(Long.parseLong(triggeredAt));
            return at.isBefore(now.minus(oldAfter));
        } catch (DateTimeException | NumberFormatException notATime) {
            // a hint; without it the delivery is as good as any other
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
