package io.orderweir.connector;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a system is and can, as {@code connector.yaml} in its folder says it: facts, and no expressions.
 *
 * @param system      its name, which is that of the folder
 * @param label       what a sentence calls it
 * @param credentials the names of what an account is called with, those of {@code auth} among them
 * @param auth        the ways in which calls are signed, the first of whose credentials an account has all; none where its routes do it
 * @param settings    the names of what an account may or must be configured with
 * @param ports       what can be asked of it: port to verb
 * @param knows       what it is asked for once and many calls read, such as its countries
 * @param says        the kinds of signals its accounts may say of orders, unless a connection lists its own
 * @param plans       the limits its vendor publishes, by plan
 * @param quota       how an answer tells what is left of a limit, or null
 * @param fieldLimits what it is known to refuse in an order
 * @param signature   how its webhooks are signed, or null
 * @param ends        what its vendor ends of it, and when
 */
@RegisterForReflection
public record Connector(String system, String label, List<String> credentials, @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Auth> auth, Map<String, Setting> settings, Map<String, Map<String, Verb>> ports, Map<String, Known> knows, List<String> says, List<Limit> plans,
        QuotaTerms quota, List<FieldLimit> fieldLimits, Signature signature, List<End> ends) {

    public Connector {
        needs("system", system);
        needs("label", label);
        auth = auth == null ? List.of() : List.copyOf(auth);
        credentials = Stream.concat(credentials == null ? Stream.of() : credentials.stream(), auth.stream().flatMap(way -> way.credentials().stream())).distinct().toList();
        settings = settings == null ? Map.of() : settings;
        if (auth.stream().anyMatch(Auth::fetches)) {
            settings = new TreeMap<>(settings);
            settings.putIfAbsent(Auth.TOKEN_URL, new Setting(false, null));
        }
        for (Auth way : auth) {
            for (String name : way.named()) {
                if (!settings.containsKey(name)) {
                    throw new IllegalArgumentException("token-url or login names {" + name + "}, which is none of its settings " + new TreeSet<>(settings.keySet()));
                }
            }
        }
        ports = ports == null ? Map.of() : ports;
        knows = knows == null ? Map.of() : knows;
        says = says == null ? List.of() : List.copyOf(says);
        plans = plans == null ? List.of() : List.copyOf(plans);
        fieldLimits = fieldLimits == null ? List.of() : List.copyOf(fieldLimits);
        for (FieldLimit limit : fieldLimits) {
            if (limit.unless() != null && !settings.containsKey(limit.unless())) {
                throw new IllegalArgumentException("field-limits says unless: " + limit.unless() + ", which is none of its settings " + new TreeSet<>(settings.keySet()));
            }
        }
        ends = ends == null ? List.of() : List.copyOf(ends);
        for (End end : ends) {
            if (end.when() != null && end.when().setting() != null && !settings.containsKey(end.when().setting())) {
                throw new IllegalArgumentException("ends names the setting " + end.when().setting() + ", which is none of its settings " + new TreeSet<>(settings.keySet()));
            }
            if (end.when() != null && end.when().auth() != null && auth.stream().noneMatch(way -> way.kind() == end.when().auth())) {
                throw new IllegalArgumentException("ends names a way of signing in that is none of its auth");
            }
        }
    }

    /** The port of a system that tells people something. */
    public static final String MESSAGE = "message";

    /** Are orders, or what becomes of them, sent to it? */
    public boolean delivers() {
        return ports.keySet().stream().anyMatch(port -> !port.equals(MESSAGE));
    }

    /** Does it tell people something? */
    public boolean tells() {
        return ports.containsKey(MESSAGE);
    }

    /** How an account with these credentials is signed in: the first way for which it has all of them; else the first one, of which something is missing. */
    public Optional<Auth> way(Set<String> given) {
        return auth.stream().filter(way -> given.containsAll(way.credentials())).findFirst().or(() -> auth.stream().findFirst());
    }

    /** What its vendor ends of what an account with these credentials and settings uses, the earliest first, and what has ended with it. */
    public List<End> ends(Set<String> given, Map<String, String> configured) {
        return ends.stream().filter(end -> end.concerns(way(given), configured)).sorted(Comparator.comparing(End::on)).toList();
    }

    /** The verbs of a port of which a second one changes nothing, with blanks between. */
    public String repeatable(String port) {
        return ports.getOrDefault(port, Map.of()).entrySet().stream().filter(verb -> verb.getValue() != null && verb.getValue().repeatable()).map(Map.Entry::getKey).sorted().collect(Collectors.joining(" "));
    }

    static void needs(String key, Object value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            throw new IllegalArgumentException("it needs '" + key + "'");
        }
    }

    /** Something an account is configured with; {@code oneOf} are the values there are, or none where any is good. */
    @RegisterForReflection
    public record Setting(boolean required, List<String> oneOf) {

        public Setting {
            oneOf = oneOf == null ? List.of() : List.copyOf(oneOf);
        }
    }

    /** {@code repeatable}: a second one of the same changes nothing there, so an unanswered one is sent again without a look. {@code most}: so many records are asked of in one call; or null. */
    @RegisterForReflection
    public record Verb(boolean repeatable, Integer most) {
    }

    /** Reference data, asked for again before the first delivery after this time. */
    @RegisterForReflection
    public record Known(Duration keptFor) {

        public Known {
            needs("kept-for", keptFor);
            if (keptFor.toSeconds() < 60) {
                throw new IllegalArgumentException("kept-for is a time of a minute or more, such as 24h: it costs a call each time");
            }
        }
    }

    /** One limit of one plan: so many calls in every window, or at once where the window is {@code 0s}; a bucket holds so many, and a call takes {@code cost} of its points. */
    @RegisterForReflection
    public record Limit(String plan, String limit, Integer calls, Duration window, Boolean bucket, Integer cost) {

        public Limit {
            needs("plan", plan);
            needs("limit", limit);
            needs("calls", calls);
            needs("window", window);
        }
    }

    /**
     * What is known to be refused of the canonical order; of any port where none is named, and by no account that has the setting {@code unless}. {@code joinedTo} is a field that is sent before it, with a
     * blank between, as one text; or null.
     */
    @RegisterForReflection
    public record FieldLimit(String port, String path, Says says, int max, Lines lines, String unless, String joinedTo) {

        public FieldLimit {
            needs("path", path);
            needs("says", says);
            if (joinedTo != null && says != Says.TOO_LONG) {
                throw new IllegalArgumentException("joined-to is for what is too-long together with another field");
            }
            if ((says == Says.TOO_LONG) != (max > 0)) {
                throw new IllegalArgumentException("what says too-long, and nothing else, has a max of 1 or more characters");
            }
        }
    }

    /** What a target says of a field. */
    public enum Says {
        @JsonProperty("required") REQUIRED,
        @JsonProperty("too-long") TOO_LONG
    }

    /** Which lines of an order a row is about, where it is not all of them. */
    public enum Lines {
        @JsonProperty("shipping") SHIPPING
    }
}
