package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Causes;
import io.orderweir.writing.Direction;
import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Times and numbers as people read them. */
@TemplateExtension(namespace = "shown")
public class Shown {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Causes CAUSES = new Causes();
    private static final Map<String, String> NOT_SHIPPED = Map.of("gift-card", "a gift card", "digital", "nothing to ship", "handed-over", "handed over at the till", "pick-up", "picked up in the shop",
            "other-service", "another fulfilment service ships it", "unconfirmed", "the shop has not confirmed the order", "shipped", "shipped already, or on its way by somebody else");
    private static final Map<String, String> OUTCOMES = Map.ofEntries(Map.entry("done", "taken"), Map.entry("found", "it is there"), Map.entry("absent", "it is not there"),
            Map.entry("onward", "answered, one more call follows"), Map.entry("not-now", "not now, tried again"), Map.entry("away", "nobody there, tried again"),
            Map.entry("too-fast", "too many calls, tried again"), Map.entry("busy", "somebody else was writing it, tried again"), Map.entry("unsure", "no answer, to be looked up"),
            Map.entry("pause", "our account is refused"), Map.entry("hold", "held"));

    private Shown() {
    }

    /** How long ago an instant was, in its largest unit. */
    public static String ago(Object instant) {
        return instant == null ? "" : lasting(Duration.between(instant(instant), Instant.now()).toMillis());
    }

    /** From one instant to another. */
    public static String between(Object from, Object to) {
        return from == null || to == null ? "" : lasting(Duration.between(instant(from), instant(to)).toMillis());
    }

    /** An instant, or its text. */
    private static Instant instant(Object instant) {
        return instant instanceof Instant known ? known : Instant.parse((String) instant);
    }

    public static String lasting(Object millis) {
        if (millis == null) {
            return "";
        }
        long ms = Math.max(0, ((Number) millis).longValue());
        if (ms < 1_000) {
            return ms + " ms";
        }
        long seconds = ms / 1_000;
        return seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min" : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }

    /** The day, in UTC. */
    public static String day(String instant) {
        return instant == null ? "" : instant.substring(0, 10);
    }

    /** The time of day, to the millisecond, in UTC. */
    public static String clock(String instant) {
        return instant == null ? "" : instant.substring(11, 23);
    }

    /** JSON in lines. */
    public static String readable(Object text) {
        return text == null ? "" : Readable.text(text.toString());
    }

    /** A request: its first line, then its body in lines. */
    public static String request(String request) {
        return request == null ? "" : Readable.request(request);
    }

    public static String number(Object number) {
        return number == null ? "0" : String.format(Locale.ROOT, "%,d", ((Number) number).longValue());
    }

    /** As part of an address. */
    public static String encoded(Object text) {
        return text == null ? "" : URLEncoder.encode(text.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A document as lines of JSON. */
    public static String json(Object document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the ledger answered is not JSON", e);
        }
    }

    /** A flat document in one line: {@code amount: 120.00, currency: USD}; a note is its text alone. */
    public static String facts(Object document) {
        if (!(document instanceof Map<?, ?> facts)) {
            return value(document);
        }
        return value(facts.entrySet().stream().map(fact -> (fact.getKey().equals("note") ? "" : fact.getKey() + ": ") + fact.getValue()).collect(Collectors.joining(", ")));
    }

    /** What somebody else wrote, which turns nothing round that stands beside it. */
    public static String value(Object text) {
        return text == null ? "" : Direction.value(text.toString());
    }

    /** The same, or where there is none, {@code otherwise}. */
    public static String value(Object text, Object otherwise) {
        return value(text == null ? otherwise : text);
    }

    /** A sentence of ours that quotes others. */
    public static String sentence(Object text) {
        return text == null ? "" : Direction.sentence(text.toString());
    }

    /** What became of a call, in words; {@code outcome} as the call has it, or why it is made later. */
    public static String outcome(String outcome) {
        return OUTCOMES.getOrDefault(outcome, outcome);
    }

    /** Why something is held, in the words of its group; a sentence stays as it is. */
    public static String cause(Object reason) {
        return reason == null ? "" : CAUSES.knows(reason.toString()) ? CAUSES.of(reason.toString(), null).word() : sentence(reason);
    }

    /** Why nobody is asked to ship a line. */
    public static String notShipped(String why) {
        return NOT_SHIPPED.getOrDefault(why, why);
    }

    static String counted(Number number, String one, String many) {
        return number(number) + " " + (number.longValue() == 1 ? one : many);
    }
}
