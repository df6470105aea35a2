package io.orderweir.throttle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
 * Reads from an answer how long its target wants no more calls: what it says when it refuses one, and what it says
 * before it has to, when the last call of its window has just been used up.
 */
@RegisterForReflection
@ApplicationScoped
@Named("quota")
public class Quota {

    /** A target that asks for more is asked again the next day. */
    private static final double LONGEST = Duration.ofDays(1).toSeconds();
    /** The leak of Shopify's REST bucket, calls per second (shopify.dev, api/admin-rest/usage/rate-limits). */
    private static final double SHOPIFY_LEAK = 2;

    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    public Quota(ObjectMapper json) {
        this(json, Clock.systemUTC());
    }

    public Quota(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** For the client proxy only. */
    protected Quota() {
        this(null, null);
    }

    /** Seconds until the next call is welcome, at most a day; null when the answer does not say so. */
    public Double closedFor(Exchange exchange) {
        boolean refused = exchange.getVariable("status", 0, Integer.class) >= 400;
        OptionalDouble longest = Stream.of(
                        refused ? retryAfter(exchange, "Retry-After") : OptionalDouble.empty(),
                        refused ? retryAfter(exchange, "X-Retry-After") : OptionalDouble.empty(),
                        windowUsedUp(exchange), bucketFull(exchange), pointsUsedUp(exchange))
                .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).filter(seconds -> seconds >= 0).max();
        return longest.isPresent() ? (Double) Math.min(longest.getAsDouble(), LONGEST) : null;
    }

    /** Points, or calls, that the target's bucket still has; null when the answer does not say so. */
    public Double available(Exchange exchange) {
        OptionalDouble calls = callsLeft(exchange);
        if (calls.isPresent()) {
            return calls.getAsDouble();
        }
        JsonNode left = cost(exchange).path("throttleStatus").path("currentlyAvailable");
        return left.isNumber() ? (Double) Math.max(0, left.asDouble()) : null;
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

    /** BigCommerce: calls left in the window, and when it ends (docs.bigcommerce.com, api-fundamentals/rate-limits). */
    private static OptionalDouble windowUsedUp(Exchange answer) {
        OptionalDouble left = number(text(answer, "X-Rate-Limit-Requests-Left"));
        OptionalDouble resetMs = number(text(answer, "X-Rate-Limit-Time-Reset-Ms"));
        return left.isPresent() && left.getAsDouble() <= 0 && resetMs.isPresent() ? OptionalDouble.of(resetMs.getAsDouble() / 1000) : OptionalDouble.empty();
    }

    private static OptionalDouble bucketFull(Exchange answer) {
        return callsLeft(answer).stream().filter(left -> left <= 0).map(left -> 1 / SHOPIFY_LEAK).findFirst();
    }

    /** Shopify REST: {@code used/size} of a leaking bucket. */
    private static OptionalDouble callsLeft(Exchange answer) {
        String[] bucket = text(answer, "X-Shopify-Shop-Api-Call-Limit").split("/", 2);
        OptionalDouble used = number(bucket[0]);
        OptionalDouble size = number(bucket.length == 2 ? bucket[1] : "");
        return used.isPresent() && size.isPresent() ? OptionalDouble.of(Math.max(0, size.getAsDouble() - used.getAsDouble())) : OptionalDouble.empty();
    }

    /** Shopify GraphQL: until the points that the query asked for are back (shopify.dev, api/usage/limits). */
    private OptionalDouble pointsUsedUp(Exchange exchange) {
        JsonNode cost = cost(exchange);
        JsonNode status = cost.path("throttleStatus");
        double missing = cost.path("requestedQueryCost").asDouble() - status.path("currentlyAvailable").asDouble();
        double restoreRate = status.path("restoreRate").asDouble();
        return missing > 0 && restoreRate > 0 ? OptionalDouble.of(missing / restoreRate) : OptionalDouble.empty();
    }

    private JsonNode cost(Exchange exchange) {
        String body = exchange.getVariable("answer", "", String.class);
        if (!body.contains("throttleStatus")) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body).path("extensions").path("cost");
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
