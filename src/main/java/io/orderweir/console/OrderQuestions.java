package io.orderweir.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.connection.Connections;
import io.orderweir.explain.Explanation;
import io.orderweir.explain.TypedOrder;
import io.orderweir.hold.Refused;
import io.orderweir.privacy.Masking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where is order #1201, and what happened to it? What tells who bought is masked for those who only look. */
@ApplicationScoped
public class OrderQuestions {

    private static final String DISCARDED = "discarded";
    private static final int PAGE = 50;
    private static final int LONGEST = 200;

    @Inject
    Ask ask;

    @Inject
    Connections connections;

    @Inject
    ObjectMapper json;

    /** All orders a person may mean by what she typed: a name, with or without its sign, a key, the shop's id, or an id of ours for a part of it. */
    public List<Map<String, Object>> orders(String typed) {
        return ask.rows("orders", typed, typed, typed, TypedOrder.keys(typed, connections.names()));
    }

    /**
     * What a person may mean by anything she types, the surest first: a number or key; else a target's record or a correlation id; else an
     * e-mail address or a SKU; else the beginning of a number.
     *
     * @param before an order's id: the page of older ones, of an e-mail address or a SKU
     * @return orders, whether there are more, and whether the first is the only one
     */
    public Map<String, Object> find(String typed, Long before) {
        String text = typed.replaceAll("[\\x00\\p{Cs}]", "").strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            return Map.of("orders", List.of(), "more", false);
        }
        List<Map<String, Object>> found = before == null ? orders(text) : List.of();
        if (found.isEmpty() && before == null) {
            found = ask.rows("find-record", text, text);
        }
        if (found.isEmpty()) {
            found = ask.rows("find-term", text, before, PAGE + 1);
        }
        if (found.isEmpty() && before == null && text.matches("#?\\p{Alnum}[\\p{Alnum}-]*")) {
            found = ask.rows("find-start", text, PAGE + 1);
            return Map.of("orders", found.stream().limit(PAGE).toList(), "more", false);
        }
        return Map.of("orders", found.stream().limit(PAGE).toList(), "more", found.size() > PAGE);
    }

    /**
     * One order, where it is now, and everything that happened to it.
     *
     * @param masked without what tells who bought it
     */
    public Map<String, Object> timeline(String typed, boolean masked) {
        List<Map<String, Object>> found = orders(typed);
        if (found.isEmpty()) {
            throw new Refused(404, "There is no order " + typed + ". Look for its number, the shop's id, or <connection>/<id>.");
        }
        if (found.size() > 1) {
            throw new Refused(409, "Several orders are called " + typed + ". Use one of their keys: "
                    + found.stream().map(order -> order.get("key").toString()).collect(Collectors.joining(", ")) + ".");
        }
        Map<String, Object> order = found.get(0);
        Object id = order.remove("id");
        List<Map<String, Object>> happened = ask.rows("timeline", id, id, id, id, id, id, id);
        happened.forEach(one -> dress(one, masked));
        List<Map<String, Object>> deliveries = ask.rows("order-deliveries", id);
        if (masked) {
            deliveries.forEach(delivery -> withoutWhy(delivery, "state", "reason"));
        }
        order.put("deliveries", deliveries);
        order.put("lanes", ask.rows("explain/lanes", id).stream().map(OrderQuestions::why).toList());
        order.put("notShipped", ask.rows("order-not-shipped", id));
        order.put("returned", ask.rows("order-returned", id));
        order.put("timeline", happened);
        return order;
    }

    private static Map<String, Object> why(Map<String, Object> lane) {
        Explanation why = Explanation.of(lane);
        return Map.of("connection", lane.get("connection"), "port", lane.get("port"), "part", lane.get("part"), "wanted", why.wanted(), "there", why.there(), "next", why.next());
    }

    /** What one captured event brought: its bytes as text, and the canonical document. */
    public Map<String, Object> message(long id, boolean masked) {
        Map<String, Object> message = ask.one("message", id).orElseThrow(() -> new Refused(404, "There is no message " + id + "."));
        Object raw = message.remove("raw");
        String text = raw == null ? null : new String(Base64.getDecoder().decode((String) raw), StandardCharsets.UTF_8);
        String canonical = message.get("canonical") == null ? null : Readable.document(json.valueToTree(message.get("canonical")));
        message.put("rawText", masked ? Masking.text(text) : text);
        message.put("canonical", masked ? Masking.text(canonical) : canonical);
        return message;
    }

    private void dress(Map<String, Object> one, boolean masked) {
        one.put("tookMs", one.get("endedAt") == null ? null
                : Duration.between(Instant.parse((String) one.get("at")), Instant.parse((String) one.get("endedAt"))).toMillis());
        Map<?, ?> detail = (Map<?, ?>) one.get("detail");
        String request = (String) one.get("request");
        String answer = (String) one.get("answer");
        if (request != null && !masked) {
            String connection = (String) one.get("connection");
            one.put("curl", Curl.of(connection, connections.names().contains(connection) ? connections.connection(connection).url().orElse(null) : null, request,
                    (String) detail.get("correlationId")));
        }
        one.put("request", masked ? Masking.request(request) : request);
        one.put("answer", masked ? Masking.text(answer) : answer);
        if (masked) {
            mask(one, detail);
        }
    }

    /** Whoever discards may write of the buyer. */
    private static void withoutWhy(Map<String, Object> one, String state, String reason) {
        if (DISCARDED.equals(one.get(state))) {
            one.put(reason, DISCARDED);
        }
    }

    @SuppressWarnings("unchecked")
    private void mask(Map<String, Object> one, Map<?, ?> detail) {
        withoutWhy(one, "outcome", "sentence");
        String path = (String) (one.get("kind").equals("corrected") ? one.get("sentence") : detail.get("path"));
        if (one.get("kind").equals("corrected")) {
            if (Masking.personal(path)) {
                ((Map<String, Object>) detail).put("replaced", Masking.MASK);
                ((Map<String, Object>) detail).put("value", Masking.MASK);
            }
        } else if (one.get("kind").equals("held")) {
            one.computeIfPresent("outcome", (name, value) -> ((String) value).replaceFirst("(?s)^(discarded|accepted): .*", "$1"));
            one.put("sentence", Masking.sentence((String) one.get("sentence"), path));
        } else if (one.get("kind").equals("gate") && detail.get("evidence") != null) {
            ((Map<String, Object>) detail).put("evidence", json.convertValue(Masking.document(json.valueToTree(detail.get("evidence"))), Object.class));
        }
    }
}
