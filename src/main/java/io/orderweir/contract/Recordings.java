package io.orderweir.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a vendor is asked at one port and what it answers, as {@code fixtures/<port>.yaml} of its connector says it.
 *
 * @param order   the file beside it with the canonical order that is sent; null for the suite's own
 * @param part    of the order, as lanes call it; {@code order} where it is left out
 * @param lines   the ids of the lines that are sent; null for all
 * @param gates   the evidence of open gates, for what is asked for behind them; or null
 * @param waitsAt the names of closed gates, for what is told of them; or null
 * @param payment what is booked of a payment, as the envelope has it; or null
 * @param calls   by a name of the vendor's
 * @param answers what it says to any call when it does not do it; what a call has under the same name counts before
 */
@RegisterForReflection
record Recordings(String order, String part, List<String> lines, JsonNode gates, List<String> waitsAt, JsonNode payment, Map<String, Call> calls, Map<String, Said> answers) {

    /** What it says when it does not do a call, whichever it is. */
    private static final Set<String> OF_ANY = Set.of("refusal", "limit", "limit-with-time", "lost", "unauthorized", "fails-in-200");
    private static final Set<String> OF_A_CALL = Stream.concat(OF_ANY.stream(), Stream.of("success", "there", "absent", "ended", "others", "more")).collect(Collectors.toUnmodifiableSet());

    Recordings {
        part = part == null ? "order" : part;
        calls = calls == null ? Map.of() : calls;
        answers = answers == null ? Map.of() : answers;
        known(answers, OF_ANY);
    }

    private static void known(Map<String, Said> answers, Set<String> names) {
        answers.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("'" + name + "' is no answer that is asked for here; there are " + new TreeSet<>(names));
        });
    }

    /** The first call that does something to records. */
    Optional<Map.Entry<String, Call>> first(Does... some) {
        return calls.entrySet().stream().filter(call -> List.of(some).contains(call.getValue().does())).findFirst();
    }

    /** A call's own answer of this name, or that of all calls. */
    Optional<Said> answer(Call call, String name) {
        return Optional.ofNullable(call != null && call.answers().containsKey(name) ? call.answers().get(name) : answers.get(name));
    }

    /** An answer of this name, wherever one is. */
    Optional<Said> answer(String name) {
        return calls.values().stream().flatMap(call -> Optional.ofNullable(call.answers().get(name)).stream()).findFirst().or(() -> Optional.ofNullable(answers.get(name)));
    }

    /** What a call does to the vendor's records. */
    enum Does {
        /** a new one; what is said of a second one of the same reference is {@code there} */
        @JsonProperty("makes") MAKES,
        /** makes it, or changes it where it is there */
        @JsonProperty("puts") PUTS,
        @JsonProperty("changes") CHANGES,
        @JsonProperty("ends") ENDS,
        @JsonProperty("reads") READS,
        /** nothing to any record: a login, reference data */
        @JsonProperty("tells") TELLS;

        boolean changesSomething() {
            return this != READS && this != TELLS;
        }
    }

    /**
     * One call that the vendor knows.
     *
     * @param of           the kind of record; of each kind there is one under a reference
     * @param makesAnother whether a second {@code makes} of the same reference makes a second record
     * @param asksForMore  how a page is asked for that is not the first of a list, with {@code {page}} for what the vendor called it; or null
     * @param knownBy      the header by which a request is known again, such as Idempotency-Key: the second of one value is answered like the first, and nothing is done; or null
     */
    record Call(Does does, String of, boolean makesAnother, String knownBy, Asks asks, Asks asksForMore, Map<String, Said> answers) {

        Call {
            if (does == null || asks == null) {
                throw new IllegalArgumentException("a call needs 'does' and 'asks'");
            }
            of = of == null ? "record" : of;
            answers = answers == null ? Map.of() : answers;
            known(answers, OF_A_CALL);
        }
    }

    /** By what a request is known: texts with {@code {externalId}}, {@code {orderId}}, {@code {id}}, {@code {page}}, {@code {secret}} and {@code {any}} in them; json by pointer, text anywhere in the body. */
    record Asks(String method, String path, String query, Map<String, String> headers, Map<String, String> json, String text) {

        Asks {
            if (method == null || path == null) {
                throw new IllegalArgumentException("'asks' needs 'method' and 'path'");
            }
            headers = headers == null ? Map.of() : headers;
            json = json == null ? Map.of() : json;
        }
    }

    /**
     * One answer.
     *
     * @param status  200 where it is left out
     * @param body    JSON, or a text that is sent as it stands; null for none
     * @param field   of a refusal: the field of the canonical order it is about, or {@code none}
     * @param seconds of a limit: how long it wants no more calls
     * @param outcome of a failure: what the connector is to make of it
     */
    record Said(Integer status, Map<String, String> headers, JsonNode body, String field, Double seconds, String outcome) {

        Said {
            headers = headers == null ? Map.of() : headers;
        }

        /** Whether anything is sent at all; of a lost reply nothing need be. */
        boolean isSent() {
            return status != null || body != null || !headers.isEmpty();
        }
    }

    /** What stands in {@code fixtures/account.yaml}: how the account is configured, and what every request has. {@code {secret}} in a credential is exchanged for one that nobody knows. */
    record Account(Map<String, String> settings, Map<String, String> credentials, Map<String, String> headers, List<String> maySay) {

        Account {
            settings = settings == null ? Map.of() : settings;
            credentials = credentials == null ? Map.of() : credentials;
            headers = headers == null ? Map.of() : headers;
            maySay = maySay == null ? List.of() : maySay;
        }
    }

    /** What stands in {@code fixtures/door.yaml}: webhooks as they come, without their signatures. */
    record Door(Map<String, Webhook> webhooks) {

        Door {
            webhooks = webhooks == null ? Map.of() : webhooks;
        }
    }

    /**
     * One webhook.
     *
     * @param body  JSON, or a text that is sent as it stands
     * @param type  what the connector is to make of it: order, product, signal or unknown
     * @param refusesMore whether a field that nobody knows is the sender's mistake, because the words are ours
     * @param about what it is about: the id behind the connection's name; null where that is not asked
     */
    record Webhook(Map<String, String> headers, JsonNode body, String type, String about, boolean refusesMore) {

        Webhook {
            if (body == null || type == null) {
                throw new IllegalArgumentException("a webhook needs 'body' and 'type'");
            }
            headers = headers == null ? Map.of() : headers;
        }
    }
}
