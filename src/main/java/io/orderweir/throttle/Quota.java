package io.orderweir.throttle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.connector.QuotaTerms;
import io.orderweir.connector.Reference;
import io.orderweir.wire.ReceivedHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * Reads from an answer how long its target wants no more calls: what it says when it refuses one, and, as the descriptor of its connector says, what it
 * tells before it has to, when the last call of its window has just been used up.
 */
@RegisterForReflection
@ApplicationScoped
@Named("quota")
public class Quota {

    /** A target that asks for more is asked again the next day. */
    private static final double LONGEST = Duration.ofDays(1).toSeconds();

    private final ObjectMapper json;
    private final Connectors connectors;
    private final Clock clock;

    @Inject
    public Quota(ObjectMapper json, Connectors connectors) {
        this(json, connectors, Clock.systemUTC());
    }

    public Quota(ObjectMapper json, Connectors connectors, Clock clock) {
        this.json = json;
        this.connectors = connectors;
        this.clock = clock;
    }

    /** For the client proxy only. */
    protected Quota() {
        this(null, null, null);
    }

    /** Seconds until the next call is welcome, at most a day; null when the answer does not say so. */
    public Double closedFor(Exchange exchange) {
        boolean refused = exchange.getVariable("status", 0, Integer.class) >= 400;
        OptionalDouble longest = Stream.of(
                        refused ? retryAfter(exchange, "Retry-After") : OptionalDouble.empty(),
                        refused ? retryAfter(exchange, "X-Retry-After") : OptionalDouble.empty(),
                        usedUp(exchange))
                .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).filter(seconds -> seconds >= 0).max();
        return longest.isPresent() ? (Double) Math.min(longest.getAsDouble(), LONGEST) : null;
    }

    /** Points, or calls, that the target's bucket still has; null when the answer does not say so. */
    public Double available(Exchange exchange) {
        OptionalDouble left = terms(exchange).map(terms -> left(exchange, body(exchange, terms), terms)).orElse(OptionalDouble.empty());
        return left.isPresent() ? (Double) Math.max(0, left.getAsDouble()) : null;
    }

    /** Seconds, decimal or not, or an HTTP date (RFC 9110, 10.2.3), which is read by the target's own clock if it sent one. */
    private OptionalDouble retryAfter(Exchange answer, String header) {
        String value = text(answer, header);
        OptionalDouble seconds = number(value);
        if (seconds.isPresent()) {
            return seconds;
        }
        Instant from = date(text(answer, "Date")).orElseGet(clock::instant);
        return date(value).stream().mapToDouble(at -> Duration.between(from, at).toMillis() / 1000.0).findFirst();
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** Until what the call asked for is there again: when the limit begins anew, or as many seconds as what is missing takes to come back. */
    private OptionalDouble usedUp(Exchange answer) {
        QuotaTerms terms = terms(answer).orElse(null);
        JsonNode body = terms == null ? null : body(answer, terms);
        OptionalDouble left = terms == null ? OptionalDouble.empty() : left(answer, body, terms);
        if (left.isEmpty()) {
            return left;
        }
        double missing = read(answer, body, terms.asked()).orElse(1) - left.getAsDouble();
        OptionalDouble resets = read(answer, body, terms.resetsIn());
        if (missing <= 0 || resets.isPresent()) {
            return missing <= 0 ? OptionalDouble.empty() : OptionalDouble.of(terms.unit().seconds(resets.getAsDouble()));
        }
        double restores = terms.restores() == null ? read(answer, body, terms.restored()).orElse(0) : terms.restores();
        return restores > 0 ? OptionalDouble.of(missing / restores) : OptionalDouble.empty();
    }

    private Optional<QuotaTerms> terms(Exchange answer) {
        return Optional.ofNullable(answer.getVariable("system", String.class)).flatMap(connectors::find).map(Connector::quota);
    }

    /** How much is left, or {@code used/size} of a bucket. */
    private static OptionalDouble left(Exchange answer, JsonNode body, QuotaTerms terms) {
        String[] bucket = terms.left().header() ? text(answer, terms.left().name()).split("/", 2) : new String[0];
        if (bucket.length != 2) {
            return read(answer, body, terms.left());
        }
        OptionalDouble used = number(bucket[0]);
        OptionalDouble size = number(bucket[1]);
        return used.isPresent() && size.isPresent() ? OptionalDouble.of(size.getAsDouble() - used.getAsDouble()) : OptionalDouble.empty();
    }

    private static OptionalDouble read(Exchange answer, JsonNode body, Reference where) {
        if (where == null) {
            return OptionalDouble.empty();
        }
        JsonNode value = where.header() ? null : body.at(where.name());
        return where.header() ? number(text(answer, where.name())) : value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    /** Read only where the last word of what is asked for stands in it: most answers have no such thing. */
    private JsonNode body(Exchange answer, QuotaTerms terms) {
        String body = answer.getVariable("answer", "", String.class);
        String name = terms.left().name();
        if (terms.left().header() || !body.contains(name.substring(name.lastIndexOf('/') + 1))) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body);
        } catch (JsonProcessingException unreadable) {
            return MissingNode.getInstance();
        }
    }

    private static String text(Exchange answer, String header) {
        String value = ReceivedHeaders.text(answer, header);
        return value == null ? "" : value.strip();
    }

    private static OptionalDouble number(String value) {
        return value.matches("\\d{1,9}(\\.\\d{1,9})?") ? OptionalDouble.of(Double.parseDouble(value)) : OptionalDouble.empty();
    }
}
