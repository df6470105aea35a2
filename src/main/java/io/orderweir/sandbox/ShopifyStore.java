package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What the pretend Shopify has for those who call it, behind its GraphQL interface. One lock: a call is answered at one instant. */
final class ShopifyStore {
    private final Settings settings;
    private final InstantSource clock;
    private final FulfilmentOrders orders;
    private final FulfilmentHolds holds;
    private final Metafields metafields = new Metafields();
    private final ShopifyPoints points;
    private final ShopifyGraphql graphql;
    private String outcome = "";

    ShopifyStore(Shop shop, Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.orders = new FulfilmentOrders(shop, settings);
        this.holds = new FulfilmentHolds(orders);
        this.points = new ShopifyPoints(settings, clock);
        this.graphql = new ShopifyGraphql(this::wire, points);
    }

    /** Answers a body {@code {"query","variables","operationName"}} whose query is a text, as {@link ShopifyGraphql#answer} says. */
    synchronized Outcome answer(JsonNode body) {
        outcome = "";
        Outcome answered = graphql.answer(body);
        return answered.was().equals("accepted") && !outcome.isEmpty() ? new Outcome(outcome, answered.record()) : answered;
    }

    private void wire(ShopifyGraphql.Wiring fields) {
        fields.add("QueryRoot", "order", (asked, parent) -> order(number(asked.path("id").asText(), "Order"), clock.millis()));
        fields.add("QueryRoot", "orders", (asked, parent) -> connection(asked, searched(asked.path("query").asText(""), clock.millis())));
        fields.add("QueryRoot", "shop", (asked, parent) -> Json.object().put("id", "gid://shopify/Shop/1").put("name", "The pretend store")
                .put("myshopifyDomain", "sandbox.myshopify.com"));
        fields.add("QueryRoot", "fulfillmentOrder", (asked, parent) -> {
            number(asked.path("id").asText(), "FulfillmentOrder");
            FulfilmentOrder part = orders.find(asked.path("id").asText(), clock.millis());
            return part == null ? null : part.shown();
        });
        fields.add("Mutation", "fulfillmentOrderHold", (asked, parent) -> {
            known(asked.path("id").asText(), "FulfillmentOrder");
            return done(holds.hold(asked, clock.millis()));
        });
        fields.add("Mutation", "fulfillmentOrderReleaseHold", (asked, parent) -> {
            known(asked.path("id").asText(), "FulfillmentOrder");
            asked.path("holdIds").forEach(id -> known(id.asText(), "FulfillmentHold"));
            return done(holds.release(asked, clock.millis()));
        });
        fields.add("Mutation", "metafieldsSet", (asked, parent) -> done(metafields.set(asked.path("metafields"), this::isOrder)));
        fields.add("Mutation", "metafieldsDelete", (asked, parent) -> done(metafields.delete(asked.path("metafields"), this::isOrder)));
        fields.add("Order", "fulfillmentOrders", (asked, parent) -> connection(asked, shown(parent.path("orderId").asText(), clock.millis())));
        fields.add("Order", "metafield", (asked, parent) -> metafields.find(parent.path("id").asText(), asked.path("namespace").asText("$app"), asked.path("key").asText()));
        fields.add("FulfillmentOrder", "lineItems", (asked, parent) -> connection(asked, parent.path("lineItems")));
        fields.add("FulfillmentOrder", "order", (asked, parent) -> order(parent.path("orderId").asText(), clock.millis()));
        fields.add("FulfillmentOrderLineItem", "lineItem", (asked, parent) -> line(parent.path("orderId").asText(), parent.path("line").asText(), clock.millis()));
    }

    private ObjectNode done(ObjectNode payload) {
        for (JsonNode error : payload.path("userErrors")) {
            outcome = error.path("code").asText("userError");
        }
        return payload;
    }

    private boolean isOrder(String owner) {
        return owner.matches("gid://shopify/Order/\\d+") && orders.order(number(owner, "Order"), clock.millis()) != null;
    }

    /** Recorded for a fulfilment order that has no number; an id of another thing is answered alike. */
    private static String known(String id, String type) {
        String number = number(id, type);
        if (number.matches("0+")) {
            throw new ShopifyGraphql.Failure("RESOURCE_NOT_FOUND", "Invalid id: " + id);
        }
        return number;
    }

    private static String number(String id, String type) {
        if (!id.matches("gid://shopify/" + type + "/\\d+")) {
            throw new ShopifyGraphql.Failure("RESOURCE_NOT_FOUND", "Invalid id: " + id);
        }
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** A part of a list: {@code first} of it, behind the cursor {@code after}. */
    private static ObjectNode connection(ObjectNode arguments, JsonNode all) {
        if (!arguments.path("first").isInt()) {
            throw new ShopifyGraphql.Failure("BAD_REQUEST", "you must provide one of first or last");
        }
        int first = arguments.path("first").intValue();
        if (first < 1 || first > ShopifyGraphql.LONGEST_LIST) {
            throw new ShopifyGraphql.Failure("BAD_REQUEST", "first must be between 1 and " + ShopifyGraphql.LONGEST_LIST);
        }
        int from = after(arguments.path("after").asText(""));
        int to = Math.min(all.size(), from + first);
        ObjectNode connection = Json.object();
        ArrayNode nodes = connection.putArray("nodes");
        for (int i = from; i < to; i++) {
            nodes.add(all.get(i));
        }
        connection.putObject("pageInfo").put("hasNextPage", to < all.size()).put("endCursor", nodes.isEmpty() ? null : cursor(to));
        return connection;
    }

    private static String cursor(int to) {
        return Base64.getEncoder().encodeToString(("after " + to).getBytes(StandardCharsets.UTF_8));
    }

    private static int after(String cursor) {
        try {
            return cursor.isEmpty() ? 0 : Integer.parseInt(new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8).substring("after ".length()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            throw new ShopifyGraphql.Failure("BAD_REQUEST", "Invalid cursor for current pagination sort.");
        }
    }

    /** Null when the shop has sent nothing of it. */
    private ObjectNode order(String number, long now) {
        ShopOrder order = orders.order(number, now);
        if (order == null) {
            return null;
        }
        List<FulfilmentOrder> open = orders.of(number, now).stream().filter(part -> !part.status().equals("CLOSED")).toList();
        String all = open.stream().map(FulfilmentOrder::status).distinct().count() == 1 ? open.get(0).status() : "OPEN";
        return Json.object().put("id", "gid://shopify/Order/" + number).put("orderId", number).put("name", order.name)
                .put("displayFulfillmentStatus", all.equals("OPEN") ? "UNFULFILLED" : all);
    }

    /** Those of a search by ids alone: {@code id:5001 OR id:5002}. What else the vendor's search knows is refused. */
    private ArrayNode searched(String query, long now) {
        if (!query.matches("id:\\d+( OR id:\\d+)*")) {
            throw new ShopifyGraphql.Failure("BAD_REQUEST", "The pretend shop searches orders by ids alone, such as id:5001 OR id:5002.");
        }
        ArrayNode found = Json.array();
        Stream.of(query.split(" OR ")).map(id -> order(id.substring("id:".length()), now)).filter(Objects::nonNull).forEach(found::add);
        return found;
    }

    private ArrayNode shown(String order, long now) {
        ArrayNode shown = Json.array();
        orders.of(order, now).forEach(part -> shown.add(part.shown()));
        return shown;
    }

    /** What is on hold cannot be fulfilled (recorded); what was left of a cancelled order could (recorded, too). */
    private ObjectNode line(String order, String id, long now) {
        FulfilmentOrders.Line line = orders.line(order, id);
        int fulfillable = orders.of(order, now).stream().filter(part -> !part.status().equals("ON_HOLD") && part.itemOf(id) != null)
                .mapToInt(part -> part.itemOf(id).remaining).sum();
        return Json.object().put("id", "gid://shopify/LineItem/" + id).put("title", line.title()).put("quantity", line.quantity())
                .put("currentQuantity", line.current()).put("fulfillableQuantity", fulfillable);
    }

    /** Every hold ever made, oldest first, one entry per line; of one order by its number, or of all when it is empty. */
    synchronized ArrayNode history(String order) {
        return orders.history(order, clock.millis());
    }

    /** As the merchant does in the admin: the active holds of an order, or those of a handle, end. How many they were. */
    synchronized int releaseAsMerchant(String order, String handle) {
        long now = clock.millis();
        int released = 0;
        for (FulfilmentOrder part : orders.of(order, now)) {
            List<FulfilmentHold> ended = part.holds().stream().filter(hold -> handle.isEmpty() || hold.handle.equals(handle)).toList();
            if (!ended.isEmpty()) {
                orders.release(part, ended, "merchant", now);
            }
            released += ended.size();
        }
        return released;
    }

    /** As another app does, of that title: it holds all that is open of an order, for that reason. How many fulfilment orders that are. */
    synchronized int holdAs(String app, String order, String reason) {
        long now = clock.millis();
        List<FulfilmentOrder> open = orders.of(order, now).stream().filter(part -> part.status().equals("OPEN")).toList();
        open.forEach(part -> orders.hold(part, Map.of(), Json.object().put("reason", reason), app, now));
        return open.size();
    }

    /** As an app for pre-orders does: what is open of an order, or scheduled, is shipped from then on. How many fulfilment orders that are. */
    synchronized int schedule(String order, Instant at) {
        long now = clock.millis();
        List<FulfilmentOrder> open = orders.of(order, now).stream().filter(part -> Set.of("OPEN", "SCHEDULED").contains(part.status())).toList();
        open.forEach(part -> part.schedule(at, now));
        return open.size();
    }

    /** Null when there is none of that number. */
    synchronized ObjectNode record(String number) {
        ObjectNode order = order(number, clock.millis());
        if (order == null) {
            return null;
        }
        order.set("fulfillmentOrders", shown(number, clock.millis()));
        order.set("metafields", metafields.of(order.path("id").asText()));
        return order;
    }

    synchronized ObjectNode report() {
        ObjectNode report = orders.report(clock.millis());
        return report.put("metafields", metafields.size()).put("maximumAvailable", settings.number("maximumAvailable")).put("leastPoints", points.least());
    }

    synchronized void reset() {
        orders.reset();
        metafields.reset();
        points.reset();
    }
}
