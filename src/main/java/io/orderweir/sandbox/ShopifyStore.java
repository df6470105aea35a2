package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.sandbox.GraphqlDocument.Operation;
import io.orderweir.sandbox.GraphqlPlan.Asked;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/** What the pretend Shopify has for those who call it, behind its GraphQL interface. One lock: a call is answered at one instant. */
final class ShopifyStore {
    private final Settings settings;
    private final InstantSource clock;
    private final FulfilmentOrders orders;
    private final FulfilmentHolds holds;
    private final Metafields metafields = new Metafields();
    private final ShopifyPoints points;
    private String outcome = "";

    ShopifyStore(Shop shop, Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.orders = new FulfilmentOrders(shop, settings);
        this.holds = new FulfilmentHolds(orders);
        this.points = new ShopifyPoints(settings, clock);
    }

    /**
     * Answers a body {@code {"query","variables","operationName"}} whose query is a text. The outcome is {@code accepted} for a mutation without
     * user errors, {@code found} for a query, {@code validation}, {@code throttled}, or the code of what was refused ({@code userError} without one).
     */
    synchronized Outcome answer(JsonNode body) {
        try {
            GraphqlDocument document = GraphqlReader.read(body.path("query").textValue());
            GraphqlCheck.check(ShopifySchema.ADMIN, document);
            Operation operation = operation(document, body.path("operationName").asText(""));
            ObjectNode variables = new GraphqlInput(ShopifySchema.ADMIN).variables(operation, body.path("variables"));
            return run(operation.kind(), GraphqlPlan.plan(ShopifySchema.ADMIN, document, operation, variables));
        } catch (GraphqlRefusal refusal) {
            return new Outcome("validation", Json.object().set("errors", refusal.errors()));
        }
    }

    private static Operation operation(GraphqlDocument document, String name) {
        List<Operation> named = document.operations().stream().filter(one -> name.isEmpty() || one.name().equals(name)).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new GraphqlRefusal(Json.object().put("message", name.isEmpty() ? "An operation name is required" : "No operation named \"" + name + "\""));
    }

    private Outcome run(String kind, List<Asked> asked) {
        int requested = ShopifyCost.requested(kind, asked);
        if (requested > ShopifyCost.MOST) {
            ObjectNode error = Json.object().put("message", "Query cost is " + requested + ", which exceeds the single query max cost limit (" + ShopifyCost.MOST + ").");
            error.putObject("extensions").put("code", "MAX_COST_EXCEEDED").put("cost", requested).put("maxCost", ShopifyCost.MOST);
            throw new GraphqlRefusal(error);
        }
        ObjectNode answer = Json.object();
        if (!points.take(requested)) {
            ObjectNode error = answer.putArray("errors").addObject().put("message", "Throttled");
            error.putObject("extensions").put("code", "THROTTLED").put("documentation", "https://shopify.dev/api/usage/rate-limits");
            return cost(new Outcome("throttled", answer), requested, null);
        }
        outcome = kind.equals("mutation") ? "accepted" : "found";
        GraphqlRun run = new GraphqlRun(this::value);
        ObjectNode data = run.data(asked);
        int actual = ShopifyCost.actual(kind, asked, data);
        points.giveBack(Math.max(0, requested - actual));
        if (!run.errors().isEmpty()) {
            answer.set("errors", run.errors());
            outcome = run.errors().path(0).path("extensions").path("code").asText();
        }
        answer.set("data", data);
        return cost(new Outcome(outcome, answer), requested, actual);
    }

    private Outcome cost(Outcome answered, int requested, Integer actual) {
        answered.record().putObject("extensions").putObject("cost").put("requestedQueryCost", requested).put("actualQueryCost", actual)
                .set("throttleStatus", points.status());
        return answered;
    }

    private JsonNode value(Asked asked, JsonNode parent) {
        ObjectNode arguments = asked.arguments();
        long now = clock.millis();
        return switch (asked.parent().name() + "." + asked.name()) {
            case "QueryRoot.order" -> order(number(arguments.path("id").asText(), "Order"), now);
            case "QueryRoot.shop" -> Json.object().put("id", "gid://shopify/Shop/1").put("name", "The pretend store").put("myshopifyDomain", "sandbox.myshopify.com");
            case "QueryRoot.fulfillmentOrder" -> {
                number(arguments.path("id").asText(), "FulfillmentOrder");
                FulfilmentOrder part = orders.find(arguments.path("id").asText(), now);
                yield part == null ? null : part.shown();
            }
            case "Mutation.fulfillmentOrderHold" -> {
                known(arguments.path("id").asText(), "FulfillmentOrder");
                yield done(holds.hold(arguments, now));
            }
            case "Mutation.fulfillmentOrderReleaseHold" -> {
                known(arguments.path("id").asText(), "FulfillmentOrder");
                arguments.path("holdIds").forEach(id -> known(id.asText(), "FulfillmentHold"));
                yield done(holds.release(arguments, now));
            }
            case "Mutation.metafieldsSet" -> done(metafields.set(arguments.path("metafields"), this::isOrder));
            case "Mutation.metafieldsDelete" -> done(metafields.delete(arguments.path("metafields"), this::isOrder));
            case "Order.fulfillmentOrders" -> connection(arguments, shown(parent.path("orderId").asText(), now));
            case "Order.metafield" -> metafields.find(parent.path("id").asText(), arguments.path("namespace").asText("$app"), arguments.path("key").asText());
            case "FulfillmentOrder.lineItems" -> connection(arguments, parent.path("lineItems"));
            case "FulfillmentOrder.order" -> order(parent.path("orderId").asText(), now);
            case "FulfillmentOrderLineItem.lineItem" -> line(parent.path("orderId").asText(), parent.path("line").asText(), now);
            default -> parent.path(asked.name());
        };
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
            throw new GraphqlRun.Failure("RESOURCE_NOT_FOUND", "Invalid id: " + id);
        }
        return number;
    }

    private static String number(String id, String type) {
        if (!id.matches("gid://shopify/" + type + "/\\d+")) {
            throw new GraphqlRun.Failure("RESOURCE_NOT_FOUND", "Invalid id: " + id);
        }
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** A part of a list: {@code first} of it, behind the cursor {@code after}. */
    private static ObjectNode connection(ObjectNode arguments, JsonNode all) {
        if (!arguments.path("first").isInt()) {
            throw new GraphqlRun.Failure("BAD_REQUEST", "you must provide one of first or last");
        }
        int first = arguments.path("first").intValue();
        if (first < 1 || first > GraphqlInput.LONGEST_LIST) {
            throw new GraphqlRun.Failure("BAD_REQUEST", "first must be between 1 and " + GraphqlInput.LONGEST_LIST);
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
            throw new GraphqlRun.Failure("BAD_REQUEST", "Invalid cursor for current pagination sort.");
        }
    }

    /** Null when the shop has sent nothing of it. */
    private ObjectNode order(String number, long now) {
        ShopOrder order = orders.order(number, now);
        if (order == null) {
            return null;
        }
        List<FulfilmentOrder> open = orders.of(number, now).stream().filter(part -> !part.status().equals("CLOSED")).toList();
        boolean held = !open.isEmpty() && open.stream().allMatch(part -> part.status().equals("ON_HOLD"));
        return Json.object().put("id", "gid://shopify/Order/" + number).put("orderId", number).put("name", order.name)
                .put("displayFulfillmentStatus", held ? "ON_HOLD" : "UNFULFILLED");
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
