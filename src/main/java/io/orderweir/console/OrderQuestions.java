package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where an order is, and what happened to it; the same for API and pages. */
@ApplicationScoped
public class OrderQuestions {

    @Inject
    Ask ask;

    @Inject
    Connections connections;

    /** All orders a person may mean by what she typed: a name, with or without its sign, a key, or the shop's id. */
    public List<Map<String, Object>> orders(String typed) {
        String[] keys = connections.names().stream().map(name -> name + "/" + typed).toArray(String[]::new);
        return ask.rows("orders", typed, typed, typed, keys);
    }

    public Map<String, Object> timeline(String typed) {
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
        happened.forEach(one -> one.put("tookMs", one.get("endedAt") == null ? null
                : Duration.between(Instant.parse((String) one.get("at")), Instant.parse((String) one.get("endedAt"))).toMillis()));
        order.put("deliveries", ask.rows("order-deliveries", id));
        order.put("timeline", happened);
        return order;
    }
}
