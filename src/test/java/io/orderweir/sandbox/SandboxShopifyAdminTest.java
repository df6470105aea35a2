package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxShopifyAdminTest {
    private static final String PART = """
            id status fulfillmentHolds { id handle reason reasonNotes displayReason heldByRequestingApp }
            lineItems(first: 5) { nodes { id totalQuantity remainingQuantity lineItem { id quantity fulfillableQuantity } } pageInfo { hasNextPage } }""";
    private static final String READ = """
            query Read($id: ID!) { order(id: $id) { id name displayFulfillmentStatus fulfillmentOrders(first: 5) {
              nodes { requestStatus updatedAt supportedActions { action } %s } pageInfo { hasNextPage } } } }""".formatted(PART);
    private static final String HOLD = """
            mutation Hold($id: ID!, $fulfillmentHold: FulfillmentOrderHoldInput!) { fulfillmentOrderHold(id: $id, fulfillmentHold: $fulfillmentHold) {
              fulfillmentHold { id handle } fulfillmentOrder { %1$s supportedActions { action } } remainingFulfillmentOrder { %1$s supportedActions { action } }
              userErrors { field message code } } }""".formatted(PART);
    private static final String RELEASE = """
            mutation Release($id: ID!, $holdIds: [ID!]) { fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) {
              fulfillmentOrder { %s supportedActions { action } } userErrors { field message code } } }""".formatted(PART);
    private static final String SET = """
            mutation Set($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
              metafields { id key namespace value } userErrors { field message code } } }""";
    private static final String DELETE = """
            mutation Delete($metafields: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $metafields) {
              deletedMetafields { ownerId namespace key } userErrors { field message } } }""";
    private static final String ORDER = "gid://shopify/Order/5001";

    private final Settings settings = Settings.shopify();
    private final HandClock clock = new HandClock("2026-11-21T13:00:00Z");
    private final Shop shop = new Shop();
    private final ShopifyStore store = new ShopifyStore(shop, settings, clock);

    @Test
    void anOrderIsThereFromItsFirstSendingAndItsFulfilmentOrderAMomentLater() {
        // Given an order that is planned
        ShopOrder order = planned(5001, line(1, 5), line(2, 3));
        assertTrue(ask(READ, id(ORDER)).path("data").path("order").isNull());

        // When
        order.sent(order.versions().get(0), clock.millis());

        // Then
        JsonNode early = ask(READ, id(ORDER)).path("data").path("order");
        assertEquals("#5001", early.path("name").asText());
        assertEquals(0, early.path("fulfillmentOrders").path("nodes").size());
        clock.turn(Duration.ofMillis(199));
        assertEquals(0, parts(ORDER).size());
        clock.turn(Duration.ofMillis(1));
        JsonNode part = parts(ORDER).get(0);
        assertEquals(1, parts(ORDER).size());
        assertEquals("OPEN", part.path("status").asText());
        assertEquals("CREATE_FULFILLMENT", part.path("supportedActions").path(0).path("action").asText());
        assertEquals(List.of(5, 3), remaining(part));
        assertEquals("gid://shopify/LineItem/1", part.path("lineItems").path("nodes").path(0).path("lineItem").path("id").asText());
        assertEquals(part.path("id"), ask("query($id: ID!) { fulfillmentOrder(id: $id) { id order { id } } }", id(part.path("id").asText()))
                .path("data").path("fulfillmentOrder").path("id"));
        assertTrue(ask("query($id: ID!) { fulfillmentOrder(id: $id) { id } }", id("gid://shopify/FulfillmentOrder/7")).path("data").path("fulfillmentOrder").isNull());
        JsonNode asked = ask("query Test { shop { name } }", Json.object());
        assertEquals("The pretend store 1", asked.path("data").path("shop").path("name").asText() + " " + asked.path("extensions").path("cost").path("requestedQueryCost").asInt());
    }

    @Test
    void aHoldOfEverythingKeepsTheFulfilmentOrderWhole() {
        // Given
        ordered(line(1, 5), line(2, 3));
        JsonNode open = parts(ORDER).get(0);

        // When all that remains is named, line by line
        JsonNode held = hold(open, "gate-1", itemOf(open, 0, 5), itemOf(open, 1, 3)).path("data").path("fulfillmentOrderHold");

        // Then
        assertEquals(open.path("id"), held.path("fulfillmentOrder").path("id"));
        assertEquals("ON_HOLD", held.path("fulfillmentOrder").path("status").asText());
        assertTrue(held.path("remainingFulfillmentOrder").isNull());
        assertEquals("gate-1", held.path("fulfillmentHold").path("handle").asText());
        JsonNode hold = held.path("fulfillmentOrder").path("fulfillmentHolds").path(0);
        assertEquals("Inventory out of stock", hold.path("displayReason").asText());
        assertTrue(hold.path("heldByRequestingApp").asBoolean());
        assertTrue(hold.path("id").asText().startsWith("gid://shopify/FulfillmentHold/"));
        JsonNode now = ask(READ, id(ORDER)).path("data").path("order");
        assertEquals(1, now.path("fulfillmentOrders").path("nodes").size());
        assertEquals("ON_HOLD", now.path("displayFulfillmentStatus").asText());
    }

    @Test
    void aHoldOfSomeSplitsAndTheRestHasItemsOfItsOwn() {
        // Given
        ordered(line(1, 5), line(2, 3));
        JsonNode open = parts(ORDER).get(0);

        // When
        JsonNode answer = hold(open, "gate-1", itemOf(open, 0, 2));
        JsonNode held = answer.path("data").path("fulfillmentOrderHold").path("fulfillmentOrder");
        JsonNode rest = answer.path("data").path("fulfillmentOrderHold").path("remainingFulfillmentOrder");

        // Then
        assertEquals(open.path("id"), held.path("id"));
        assertNotEquals(open.path("id"), rest.path("id"));
        assertEquals(List.of(2), remaining(held));
        assertEquals(List.of(3, 3), remaining(rest));
        assertEquals(item(open, 0).path("id"), item(held, 0).path("id"));
        assertFalse(texts(open.path("lineItems").path("nodes"), "id").contains(item(rest, 0).path("id").asText()));
        assertFalse(texts(open.path("lineItems").path("nodes"), "id").contains(item(rest, 1).path("id").asText()));
        assertEquals(5, item(held, 0).path("lineItem").path("quantity").asInt());
        assertEquals(3, item(held, 0).path("lineItem").path("fulfillableQuantity").asInt());
        assertEquals("OPEN", rest.path("status").asText());
        assertEquals(2, parts(ORDER).size());
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', value = {
        "OPEN   | g-2 | 0:0      | GREATER_THAN_ZERO                       | fulfillmentHold.fulfillmentOrderLineItems.0.quantity",
        "OPEN   | g-2 | 0:-1     | GREATER_THAN_ZERO                       | fulfillmentHold.fulfillmentOrderLineItems.0.quantity",
        "OPEN   | g-2 | 0:1,0:1  | DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS | fulfillmentHold.fulfillmentOrderLineItems",
        "OPEN   | g-2 | 0:6      | INVALID_LINE_ITEM_QUANTITY              | fulfillmentHold.fulfillmentOrderLineItems.0.quantity",
        "OPEN   | g-2 | 1:3,9:1  | INVALID_LINE_ITEM_QUANTITY              | fulfillmentHold.fulfillmentOrderLineItems.1.id",
        "OPEN   | long|          | null                                    | fulfillmentHold.handle",
        "HELD   | g-2 | 0:1      | FULFILLMENT_ORDER_NOT_SPLITTABLE        | fulfillmentHold.fulfillmentOrderLineItems",
        "HELD   | g-2 | 0:0      | GREATER_THAN_ZERO                       | fulfillmentHold.fulfillmentOrderLineItems.0.quantity",
        "HELD   | g-1 |          | DUPLICATE_FULFILLMENT_HOLD_HANDLE       | fulfillmentHold.handle",
        "FULL   | g-99|          | FULFILLMENT_ORDER_HOLD_LIMIT_REACHED    | id",
        "CLOSED | g-2 |          | null                                    | id",
        "NONE   | g-2 |          | FULFILLMENT_ORDER_NOT_FOUND             | id"})
    void refusesAHoldAndChangesNothing(String state, String handle, String lines, String code, String field) {
        // Given
        ShopOrder order = ordered(line(1, 5), line(2, 3));
        JsonNode part = parts(ORDER).get(0);
        if (state.equals("HELD") || state.equals("FULL")) {
            IntStream.rangeClosed(1, state.equals("FULL") ? 10 : 1).forEach(i -> hold(part, "g-" + i));
        }
        if (state.equals("CLOSED")) {
            send(order, "orders/cancelled", order(5001, 1, line(1, 5), line(2, 3)).put("cancelled_at", "2026-11-21T08:00:01-05:00"));
        }
        JsonNode target = state.equals("NONE") ? Json.object().put("id", "gid://shopify/FulfillmentOrder/7") : part;
        List<ObjectNode> items = new ArrayList<>();
        for (String one : lines == null ? new String[0] : lines.split(",")) {
            int index = Integer.parseInt(one.split(":")[0]);
            items.add(index == 9 ? Json.object().put("id", "gid://shopify/FulfillmentOrderLineItem/9").put("quantity", 1)
                    : itemOf(part, index, Integer.parseInt(one.split(":")[1])));
        }
        JsonNode before = parts(ORDER);

        // When
        JsonNode answer = hold(target, handle.equals("long") ? "h".repeat(65) : handle, items.toArray(ObjectNode[]::new));

        // Then
        JsonNode payload = answer.path("data").path("fulfillmentOrderHold");
        JsonNode error = payload.path("userErrors").path(0);
        assertEquals(1, payload.path("userErrors").size(), answer.toString());
        assertEquals(code, error.path("code").asText());
        assertEquals(field, String.join(".", texts(error.path("field"))));
        assertTrue(payload.path("fulfillmentHold").isNull() && payload.path("fulfillmentOrder").isNull() && payload.path("remainingFulfillmentOrder").isNull());
        assertEquals(10, answer.path("extensions").path("cost").path("actualQueryCost").asInt());
        assertEquals(before, parts(ORDER));
    }

    @Test
    void aFulfilmentOrderTakesTenHoldsAndSaysThenThatItTakesNoMore() {
        // Given
        ordered(line(1, 5));
        JsonNode part = parts(ORDER).get(0);

        // When
        IntStream.rangeClosed(1, 9).forEach(i -> hold(part, "g-" + i));

        // Then
        assertEquals(List.of("RELEASE_HOLD", "HOLD", "MOVE"), texts(parts(ORDER).get(0).path("supportedActions"), "action"));
        assertEquals("", code(hold(part, "g-10")));
        assertEquals(List.of("RELEASE_HOLD", "MOVE"), texts(parts(ORDER).get(0).path("supportedActions"), "action"));
    }

    @Test
    void aHandleIsFreeAgainWhenItsHoldIsReleasedAndSoIsTheEmptyOne() {
        // Given
        ordered(line(1, 5));
        JsonNode part = parts(ORDER).get(0);
        hold(part, "");

        // Then
        assertEquals("DUPLICATE_FULFILLMENT_HOLD_HANDLE", code(hold(part, "")));
        assertEquals(64, hold(part, "h".repeat(64)).path("data").path("fulfillmentOrderHold").path("fulfillmentHold").path("handle").asText().length());
        release(part, List.of());
        assertEquals("OPEN", parts(ORDER).path(0).path("status").asText());
        assertEquals("", code(hold(part, "")));
    }

    @Test
    void releasesTheHoldsThatAreNamedAndIsOpenWithTheLast() {
        // Given
        ordered(line(1, 5));
        JsonNode part = parts(ORDER).get(0);
        String first = holdId(hold(part, "g-1"));
        String second = holdId(hold(part, "g-2"));

        // When
        JsonNode left = release(part, List.of(first)).path("data").path("fulfillmentOrderReleaseHold").path("fulfillmentOrder");

        // Then
        assertEquals("ON_HOLD", left.path("status").asText());
        assertEquals(List.of(second), texts(left.path("fulfillmentHolds"), "id"));
        assertEquals("Fulfillment hold does not exist.", message(release(part, List.of(first, second))));
        assertEquals("OPEN", release(part, List.of(second)).path("data").path("fulfillmentOrderReleaseHold").path("fulfillmentOrder").path("status").asText());
        assertEquals("The fulfillment order is not on hold.", message(release(part, List.of(second))));
        assertEquals("FULFILLMENT_ORDER_NOT_FOUND", code(release(Json.object().put("id", "gid://shopify/FulfillmentOrder/7"), List.of())));
    }

    @Test
    void releasedPartsStayApartUnlessTheShopMergesThem() {
        // Given
        ordered(line(1, 5), line(2, 3));
        JsonNode whole = parts(ORDER).get(0);
        hold(whole, "g-1", itemOf(whole, 0, 2));

        // Then
        release(whole, List.of());
        assertEquals(List.of("OPEN", "OPEN"), texts(parts(ORDER), "status"));

        // and merged
        set("{\"mergeReleased\":true}");
        hold(parts(ORDER).get(1), "g-2");
        JsonNode joined = release(parts(ORDER).get(1), List.of()).path("data").path("fulfillmentOrderReleaseHold").path("fulfillmentOrder");
        assertEquals(whole.path("id"), joined.path("id"));
        assertEquals(List.of("OPEN", "CLOSED"), texts(parts(ORDER), "status"));
        assertEquals(List.of(5, 3), remaining(parts(ORDER).get(0)));
        assertEquals(List.of(0, 0), remaining(parts(ORDER).get(1)));
    }

    @Test
    void anEditChangesWhatRemainsOpenPartsFirst() {
        // Given one of two lines on hold, and of the other some
        ShopOrder order = ordered(line(1, 5), line(2, 3));
        JsonNode whole = parts(ORDER).get(0);
        hold(whole, "g-1", itemOf(whole, 0, 2), itemOf(whole, 1, 3));

        // When a line loses two units, the other all, and a third one comes
        send(order, "orders/updated", order(5001, 1, line(1, 3), line(2, 0), line(3, 4), line(4, 1).put("requires_shipping", false)));

        // Then
        assertEquals(List.of(2, 0), remaining(parts(ORDER).get(0)));
        assertEquals(List.of(1, 4), remaining(parts(ORDER).get(1)));

        // and what is left with nothing is closed, its hold gone
        send(order, "orders/updated", order(5001, 2, line(1, 0), line(2, 0), line(3, 4)));
        assertEquals(List.of("CLOSED", "OPEN"), texts(parts(ORDER), "status"));
        assertEquals(0, parts(ORDER).get(0).path("fulfillmentHolds").size());

        // and units that come when all is held make a part of their own
        hold(parts(ORDER).get(1), "g-2");
        send(order, "orders/updated", order(5001, 3, line(3, 6)));
        assertEquals(List.of("CLOSED", "ON_HOLD", "OPEN"), texts(parts(ORDER), "status"));
        assertEquals(List.of(2), remaining(parts(ORDER).get(2)));
    }

    @Test
    void anOlderVersionThatIsSentLaterChangesNothing() {
        // Given the edit was sent before the order
        ShopOrder order = planned(5001, line(1, 5));
        send(order, "orders/updated", order(5001, 60, line(1, 2)));

        // When
        order.sent(order.versions().get(0), clock.millis());

        // Then
        assertEquals(List.of(2), remaining(parts(ORDER).get(0)));
    }

    @Test
    void aCancelledOrderIsClosedAsItIsAndItsHoldsEnd() {
        // Given
        ShopOrder order = ordered(line(1, 5), line(2, 3));
        JsonNode whole = parts(ORDER).get(0);
        hold(whole, "g-1", itemOf(whole, 0, 2));

        // When
        clock.turn(Duration.ofSeconds(9));
        send(order, "orders/cancelled", order(5001, 1, line(1, 0), line(2, 0)).put("cancelled_at", "2026-11-21T08:00:01-05:00"));

        // Then
        assertEquals(List.of("CLOSED", "CLOSED"), texts(parts(ORDER), "status"));
        assertEquals(List.of(2), remaining(parts(ORDER).get(0)));
        assertEquals(0, parts(ORDER).get(0).path("fulfillmentHolds").size());
        JsonNode hold = store.history("5001").get(0);
        assertEquals("cancelled", hold.path("endedBy").asText());
        assertEquals(9_000, hold.path("until").asLong() - hold.path("since").asLong());
        assertEquals("The fulfillment order is not on hold.", message(release(whole, List.of())));
    }

    @Test
    void theHistoryTellsEveryHoldLineByLineAndTheMerchantMayEndOne() {
        // Given
        ordered(line(1, 5), line(2, 3));
        JsonNode whole = parts(ORDER).get(0);
        hold(whole, "g-1", itemOf(whole, 0, 2), itemOf(whole, 1, 3));
        hold(parts(ORDER).get(1), "g-2");

        // When
        clock.turn(Duration.ofSeconds(1));
        int released = store.releaseAsMerchant("5001", "g-1");

        // Then
        ArrayNode history = store.history("5001");
        assertEquals(1, released);
        assertEquals(List.of("1", "2", "1"), texts(history, "line"));
        assertEquals(List.of("g-1", "g-1", "g-2"), texts(history, "handle"));
        assertEquals(List.of("2", "3", "3"), texts(history, "quantity"));
        assertEquals(List.of("false", "false", "true"), texts(history, "active"));
        assertEquals(List.of("merchant", "merchant", "null"), texts(history, "endedBy"));
        assertEquals("5001", history.get(0).path("order").asText());
        assertEquals("INVENTORY_OUT_OF_STOCK", history.get(0).path("reason").asText());
        assertEquals("waits for g-1", history.get(0).path("notes").asText());
        assertEquals(0, store.history("5002").size());
        assertEquals(1, store.releaseAsMerchant("5001", ""));
        assertEquals(0, store.releaseAsMerchant("5009", ""));
        assertEquals(2, store.report().path("holds").asInt());
        assertEquals(0, store.report().path("holdsActive").asInt());
        assertEquals(2, store.record("5001").path("fulfillmentOrders").size());
        assertNull(store.record("5009"));
    }

    @Test
    void metafieldsAreSetReadAndDeleted() {
        // Given
        ordered(line(1, 5));

        // When
        JsonNode set = metafields(SET, field("stage", "single_line_text_field", "To draw"), field("due", "date", "2026-12-01"))
                .path("data").path("metafieldsSet");

        // Then
        assertEquals(List.of("stage", "due"), texts(set.path("metafields"), "key"));
        assertTrue(set.path("metafields").path(0).path("id").asText().startsWith("gid://shopify/Metafield/"));
        assertEquals("2026-12-01", read("build", "due").path("value").asText());
        assertEquals("date", read("build", "due").path("type").asText());

        // and a second value keeps the id
        String id = set.path("metafields").path(0).path("id").asText();
        assertEquals(id, metafields(SET, field("stage", "single_line_text_field", "To build")).path("data").path("metafieldsSet").path("metafields")
                .path(0).path("id").asText());
        assertEquals("To build", read("build", "stage").path("value").asText());

        // and only what is there can be deleted
        JsonNode deleted = metafields(DELETE, name("due"), name("nothing")).path("data").path("metafieldsDelete");
        assertEquals("due", deleted.path("deletedMetafields").path(0).path("key").asText());
        assertTrue(deleted.path("deletedMetafields").path(1).isNull());
        assertTrue(read("build", "due").isNull());
        assertEquals(1, store.report().path("metafields").asInt());
    }

    @Test
    void theAppsOwnNamespaceHasAnotherNameInside() {
        ordered(line(1, 5));
        JsonNode set = metafields(SET, field("stage", "json", "{\"a\":1}").put("namespace", "$app:build")).path("data").path("metafieldsSet").path("metafields");
        assertEquals("app--580111--build", set.path(0).path("namespace").asText());
        assertEquals("{\"a\":1}", read("$app:build", "stage").path("value").asText());
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(delimiter = '|', value = {
        "type      | ''                                       | BLANK         | Type can't be blank",
        "type      | text                                     | INVALID_TYPE  | Type 'text' is not a valid type.",
        "value     | 01.12.2026                               | INVALID_VALUE | Value must be in YYYY-MM-DD format.",
        "value     | 2026-02-30                               | INVALID_VALUE | Value must be in YYYY-MM-DD format.",
        "namespace | ab                                       | TOO_SHORT     | Namespace is too short (minimum is 3 characters)",
        "namespace | protected                                | null          | Namespace protected is a reserved namespace",
        "key       | x                                        | TOO_SHORT     | Key is too short (minimum is 2 characters)",
        "ownerId   | gid://shopify/Order/404                  | INVALID       | Owner does not exist."})
    void oneWrongMetafieldAndNoneIsSet(String name, String value, String code, String message) {
        // Given
        ordered(line(1, 5));

        // When
        JsonNode answer = metafields(SET, field("stage", "boolean", "true"), field("due", "date", "2026-12-01").put(name, value)).path("data").path("metafieldsSet");

        // Then
        assertEquals(0, answer.path("metafields").size());
        assertEquals(List.of("metafields", "1", name), texts(answer.path("userErrors").path(0).path("field")));
        assertEquals(code, answer.path("userErrors").path(0).path("code").asText());
        assertEquals(message, answer.path("userErrors").path(0).path("message").asText());
        assertTrue(read("build", "stage").isNull());
    }

    @Test
    void takesTwentyFiveMetafieldsAtATimeAndNotOneMore() {
        ordered(line(1, 5));
        ObjectNode[] fields = IntStream.rangeClosed(1, 26).mapToObj(i -> field("key-" + i, "number_integer", "" + i)).toArray(ObjectNode[]::new);
        assertEquals("LESS_THAN_OR_EQUAL_TO", metafields(SET, fields).path("data").path("metafieldsSet").path("userErrors").path(0).path("code").asText());
        assertEquals(0, store.report().path("metafields").asInt());
        metafields(SET, List.of(fields).subList(0, 25).toArray(ObjectNode[]::new));
        assertEquals(25, store.report().path("metafields").asInt());
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', value = {
        "{ order(id: \"gid://shopify/Order/1\") { colour } }                                        | undefinedField",
        "{ products(first: 1) { nodes { id } } }                                                      | undefinedField",
        "{ order { id } }                                                                           | missingRequiredArguments",
        "{ order(id: \"gid://shopify/Order/1\", name: \"x\") { id } }                               | argumentNotAccepted",
        "{ order(id: 1) { id } }                                                                    | argumentLiteralsIncompatible",
        "{ order(id: \"5001\") { id } }                                                             | argumentLiteralsIncompatible",
        "{ order(id: null) { id } }                                                                 | argumentLiteralsIncompatible",
        "{ order(id: \"gid://shopify/Order/1\") }                                                   | selectionMismatch",
        "{ order(id: \"gid://shopify/Order/1\") { id { x } } }                                      | selectionMismatch",
        "query($id: ID) { order(id: $id) { id } }                                                   | variableMismatch",
        "query($id: String!) { order(id: $id) { id } }                                              | variableMismatch",
        "{ order(id: $id) { id } }                                                                  | variableNotDefined",
        "query($id: ID!) { order(id: \"gid://shopify/Order/1\") { id } }                            | variableNotUsed",
        "query($id: Order!) { order(id: $id) { id } }                                               | variableRequiresValidType",
        "{ order(id: \"gid://shopify/Order/1\") { ...F } }                                          | useAndDefineFragment",
        "{ order(id: \"gid://shopify/Order/1\") { id } } fragment F on Order { id }                 | useAndDefineFragment",
        "{ order(id: \"gid://shopify/Order/1\") { ...F } } fragment F on Order { ...F }             | infiniteLoop",
        "{ order(id: \"gid://shopify/Order/1\") { ... on LineItem { id } } }                        | cannotSpreadFragment",
        "{ order(id: \"gid://shopify/Order/1\") { id: name id } }                                   | fieldConflict",
        "{ order(id: \"gid://shopify/Order/1\") { id @live } }                                      | undefinedDirective",
        "mutation { fulfillmentOrderHold(id: \"gid://shopify/FulfillmentOrder/1\", fulfillmentHold: {}) { userErrors { field } } } | missingRequiredInputObjectAttribute",
        "mutation { fulfillmentOrderHold(id: \"gid://shopify/FulfillmentOrder/1\", fulfillmentHold: {reason: LAZY}) { userErrors { field } } } | argumentLiteralsIncompatible",
        "mutation { fulfillmentOrderHold(id: \"gid://shopify/FulfillmentOrder/1\", fulfillmentHold: {reason: OTHER, why: 1}) { userErrors { field } } } | argumentNotAccepted",
        "mutation { metafieldsDelete(metafields: []) { userErrors { field code } } }                | undefinedField"})
    void aDocumentThatDoesNotFitTheSchemaIsRefusedBeforeItCosts(String query, String code) {
        ordered(line(1, 5));
        Outcome outcome = store.answer(Json.object().put("query", query));
        JsonNode answer = outcome.record();
        assertEquals("validation", outcome.was());
        assertEquals(code, answer.path("errors").path(0).path("extensions").path("code").asText(), answer.toString());
        assertFalse(answer.toString().matches(".*(Validation error|@field|@in|@argument|@value|[{]\\d[}]).*"), answer.toString());
        assertTrue(answer.path("errors").path(0).path("locations").path(0).path("line").asInt() > 0);
        assertFalse(answer.has("data"));
        assertFalse(answer.has("extensions"));
        assertEquals(2_000, store.report().path("leastPoints").asInt());
    }

    @Test
    void theWrongFieldIsNamedAsTheVendorNamesIt() {
        JsonNode error = ask("query Read($id: ID!) {\n  order(id: $id) {\n    colour\n  }\n}", id(ORDER)).path("errors").path(0);
        assertEquals("""
                {"message":"Field 'colour' doesn't exist on type 'Order'","locations":[{"line":3,"column":5}],"path":["query Read","order","colour"],\
                "extensions":{"code":"undefinedField","typeName":"Order","fieldName":"colour"}}""", error.toString());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "{ order { id } }                                                 | Field 'order' is missing required arguments: id",
        "{ order(id: 1) { id } }                                          | Argument 'id' on Field 'order' has an invalid value (1). Expected type 'ID'.",
        "{ order(id: \"5001\") { id } }                                   | Invalid global id '5001'",
        "{ order(id: null) { id } }                                       | Argument 'id' on Field 'order' has an invalid value (null).",
        "query Two($id: ID) { order(id: $id) { id } }                     | Type mismatch on variable $id and argument id (ID / ID!)",
        "query Two($id: ID!) { order(id: \"gid://shopify/Order/1\") { id } } | Variable $id is declared by Two but not used",
        "query Two { order(id: $id) { id } }                              | Variable $id is used by Two but not declared",
        "query { order(id: $id) { id } }                                  | Variable $id is used by anonymous query but not declared",
        "{ order(id: \"gid://shopify/Order/1\") }                         | Field must have selections (field 'order' returns Order but has no selections. Did you mean 'order { ... }'?)",
        "{ order(id: \"gid://shopify/Order/1\") { ... on LineItem { id } } } | Fragment on LineItem can't be spread inside Order"})
    void theVendorsWordsSayWhatIsWrong(String query, String message) {
        assertEquals(List.of(message), texts(ask(query, Json.object()).path("errors"), "message"));
    }

    /** A library that finds something new would say it in its own words. */
    @Test
    void everythingThatCanBeWrongWithADocumentHasTheVendorsCode() {
        ResourceBundle words = ResourceBundle.getBundle("i18n.Validation", ShopifyErrors.LOCALE);
        assertEquals(List.of(), words.keySet().stream().filter(key -> !words.getString(key).matches("(?s)[A-Za-z]+\n.*\n?\n.+"))
                .sorted().toList());
    }

    @Test
    void noListIsLongerThanTwoHundredAndFifty() {
        ordered(line(1, 5));
        ObjectNode[] fields = IntStream.rangeClosed(1, 251).mapToObj(i -> field("key-" + i, "number_integer", "" + i)).toArray(ObjectNode[]::new);
        String literal = "mutation { fulfillmentOrderReleaseHold(id: \"gid://shopify/FulfillmentOrder/1\", holdIds: [" + "\"gid://shopify/FulfillmentHold/1\",".repeat(251)
                + "]) { userErrors { field } } }";
        for (JsonNode answer : List.of(metafields(SET, fields), ask(literal, Json.object()))) {
            assertEquals("MAX_INPUT_SIZE_EXCEEDED", answer.path("errors").path(0).path("extensions").path("code").asText(), answer.toString());
            assertEquals("The input array size of 251 is greater than the maximum allowed of 250.", answer.path("errors").path(0).path("message").asText());
            assertFalse(answer.has("data"));
        }
    }

    @Test
    void theInterfaceCanBeAskedAboutItself() {
        JsonNode type = ask("{ __type(name: \"Order\") { name fields { name } } }", Json.object()).path("data").path("__type");
        assertEquals(List.of("id", "name", "displayFulfillmentStatus", "fulfillmentOrders", "metafield"), texts(type.path("fields"), "name"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "{ order(id: \"gid://shopify/Order/1\") { id }   | syntax error, unexpected end of file at [1, 44]",
        "{ order(id: ) { id } }                          | syntax error, unexpected \")\" at [1, 13]",
        "{ order(id: %) { id } }                         | syntax error, unexpected invalid token (\"%\") at [1, 13]",
        "subscription { order { id } }                   | Schema is not configured for subscriptions",
        "subscription { a { id } __typename }            | Schema is not configured for subscriptions",
        "query A { __typename } query B { __typename }   | An operation name is required"})
    void whatIsNoDocumentIsRefused(String query, String message) {
        assertEquals(message, ask(query.strip(), Json.object()).path("errors").path(0).path("message").asText());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "/id                                                    | null       | Variable $id of type ID! was provided invalid value",
        "/id                                                    | \"5001\"   | Variable $id of type ID! was provided invalid value",
        "/fulfillmentHold/reason                                | \"LAZY\"   | reason (Expected \"LAZY\" to be one of",
        "/fulfillmentHold/reason                                | null       | reason (Expected value to not be null)",
        "/fulfillmentHold/handle                                | 7          | handle (Could not coerce value 7 to String)",
        "/fulfillmentHold/why                                   | 7          | why (Field is not defined on FulfillmentOrderHoldInput)",
        "/fulfillmentHold/fulfillmentOrderLineItems/0/quantity  | \"2\"      | fulfillmentOrderLineItems.0.quantity (Could not coerce value \"2\" to Int)"})
    void aVariableOfAWrongTypeIsRefusedBeforeItCosts(String pointer, String value, String message) {
        // Given
        ObjectNode variables = Json.readObject("""
                {"id":"gid://shopify/FulfillmentOrder/1","fulfillmentHold":{"reason":"OTHER","handle":"g-1",
                 "fulfillmentOrderLineItems":[{"id":"gid://shopify/FulfillmentOrderLineItem/1","quantity":1}]}}""");
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) variables.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), Json.readObject("{\"v\":" + value + "}").get("v"));

        // When
        JsonNode answer = ask(HOLD, variables);

        // Then
        assertEquals("INVALID_VARIABLE", answer.path("errors").path(0).path("extensions").path("code").asText(), answer.toString());
        assertTrue(answer.path("errors").path(0).path("message").asText().contains(message), answer.toString());
        assertFalse(answer.has("extensions"));
    }

    @Test
    void anIdOfAnotherThingIsNoId() {
        // Given
        ordered(line(1, 5));

        // When
        JsonNode answer = ask(HOLD, id("gid://shopify/FulfillmentOrder/0").set("fulfillmentHold", Json.object().put("reason", "OTHER")));

        // Then
        assertEquals("Invalid id: gid://shopify/FulfillmentOrder/0", answer.path("errors").path(0).path("message").asText());
        assertEquals("RESOURCE_NOT_FOUND", answer.path("errors").path(0).path("extensions").path("code").asText());
        assertEquals(List.of("fulfillmentOrderHold"), texts(answer.path("errors").path(0).path("path")));
        assertTrue(answer.path("data").path("fulfillmentOrderHold").isNull());
        assertEquals(10, answer.path("extensions").path("cost").path("actualQueryCost").asInt());
        assertTrue(ask(READ, id("gid://shopify/LineItem/1")).path("data").path("order").isNull());
        assertEquals("RESOURCE_NOT_FOUND", ask(READ, id("gid://shopify/LineItem/1")).path("errors").path(0).path("extensions").path("code").asText());
    }

    @Test
    void onlyWhatIsAskedForIsAnsweredUnderTheKeyItIsAskedBy() {
        // Given
        ordered(line(1, 5));

        // When
        JsonNode answer = store.answer(Json.readObject("""
                {"operationName":"Two","variables":{"id":"%s","more":false},"query":"query One { __typename } query Two($id: ID!, $more: Boolean = true) {
                  first: order(id: $id) { ...N name @include(if: $more) } second: order(id: \\"gid://shopify/Order/7\\") { id }
                  third: order(id: $id) { number: name ... @skip(if: $more) { __typename } } } fragment N on Order { id }"}""".replace("\n", " ").formatted(ORDER))).record();

        // Then
        assertEquals("""
                {"first":{"id":"gid://shopify/Order/5001"},"second":null,"third":{"number":"#5001","__typename":"Order"}}""", answer.path("data").toString());
    }

    @Test
    void aListComesInPages() {
        // Given
        ordered(IntStream.rangeClosed(1, 5).mapToObj(i -> line(i, i)).toArray(ObjectNode[]::new));
        String pages = """
                query($id: ID!, $after: String) { order(id: $id) { fulfillmentOrders(first: 1) { nodes { lineItems(first: 2, after: $after) {
                  nodes { remainingQuantity } pageInfo { hasNextPage endCursor } } } } } }""";
        List<String> seen = new ArrayList<>();
        ObjectNode variables = id(ORDER);

        // When
        JsonNode page;
        do {
            page = ask(pages, variables).path("data").path("order").path("fulfillmentOrders").path("nodes").path(0).path("lineItems");
            seen.addAll(texts(page.path("nodes"), "remainingQuantity"));
            variables.set("after", page.path("pageInfo").path("endCursor"));
        } while (page.path("pageInfo").path("hasNextPage").asBoolean());

        // Then
        assertEquals(List.of("1", "2", "3", "4", "5"), seen);
        assertEquals("you must provide one of first or last", ask("query($id: ID!) { order(id: $id) { fulfillmentOrders { nodes { id } } } }", id(ORDER))
                .path("errors").path(0).path("message").asText());
    }

    /** The recorded calls asked for more than the shop here has; what they asked besides is left out of their sums. */
    @Test
    void aCallCostsWhatTheVendorsRecordedCallsCost() {
        ordered(line(1, 5));
        JsonNode part = parts(ORDER).get(0);
        assertEquals("36", cost(ask(READ, id(ORDER)), "requestedQueryCost"));
        JsonNode split = hold(part, "g-1", itemOf(part, 0, 2));
        assertEquals("30 22", cost(split, "requestedQueryCost") + " " + cost(split, "actualQueryCost"));
        JsonNode second = hold(part, "g-2");
        assertEquals("30 16", cost(second, "requestedQueryCost") + " " + cost(second, "actualQueryCost"));
        JsonNode released = release(part, List.of());
        assertEquals("20 16", cost(released, "requestedQueryCost") + " " + cost(released, "actualQueryCost"));
        assertEquals("10", cost(metafields(SET, field("due", "date", "2026-12-01")), "requestedQueryCost"));
        assertEquals("16", cost(ask("""
                query($id: ID!) { fulfillmentOrder(id: $id) { supportedActions { action } fulfillmentHolds { id } order { id }
                  lineItems(first: 20) { nodes { id lineItem { id } } } } }""", id(part.path("id").asText())), "requestedQueryCost"));
        assertEquals("1", cost(ask("query($id: ID!) { order(id: $id) { __typename } }", id("gid://shopify/Order/7")), "actualQueryCost"));
    }

    @Test
    void aCallThatDoesNotFitIsThrottledAndDoesNothing() {
        // Given points for one hold, of which most come back
        set("{\"maximumAvailable\":40,\"restoreRate\":10}");
        ordered(line(1, 5));
        JsonNode part = parts(ORDER).get(0);
        clock.turn(Duration.ofSeconds(10));
        hold(part, "g-1");

        // When
        Outcome second = store.answer(body(HOLD, holdVariables(part, "g-2")));

        // Then
        assertEquals("throttled", second.was());
        assertEquals("""
                {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED","documentation":"https://shopify.dev/api/usage/rate-limits"}}],\
                "extensions":{"cost":{"requestedQueryCost":30,"actualQueryCost":null,"throttleStatus":{"maximumAvailable":40,"currentlyAvailable":24,"restoreRate":10}}}}""",
                second.record().toString());
        assertEquals(1, store.history("").size());
        assertEquals(40 - 36, store.report().path("leastPoints").asInt());

        // and with time they are back
        clock.turn(Duration.ofMillis(590));
        assertEquals("throttled", store.answer(body(HOLD, holdVariables(part, "g-2"))).was());
        clock.turn(Duration.ofMillis(20));
        assertEquals("accepted", store.answer(body(HOLD, holdVariables(part, "g-2"))).was());
        clock.turn(Duration.ofHours(1));
        assertEquals(40 - 16, ask(RELEASE, id(part.path("id").asText())).path("extensions").path("cost").path("throttleStatus").path("currentlyAvailable").asInt());
        store.reset();
        assertEquals(40, store.report().path("leastPoints").asInt());
    }

    @Test
    void noSingleCallMayCostMoreThanAThousand() {
        ordered(line(1, 5));
        String query = "query($id: ID!) { " + IntStream.range(0, 29).mapToObj(i -> "o" + i + ": order(id: $id) { fulfillmentOrders(first: 5) { nodes { "
                + "supportedActions { action } fulfillmentHolds { id } lineItems(first: 5) { nodes { lineItem { id } } } } } }").reduce("", String::concat) + " }";
        assertEquals("MAX_COST_EXCEEDED", ask(query, id(ORDER)).path("errors").path(0).path("extensions").path("code").asText());
    }

    @Test
    void whatAnotherAppHoldsOrSchedulesIsSaidOfManyOrdersInOneQuestion() {
        // Given an order that is held, one that is scheduled, and one that nobody knows
        ordered(line(1, 5));
        ShopOrder second = planned(5002, line(2, 1));
        second.sent(second.versions().get(0), clock.millis());
        clock.turn(Duration.ofMillis(200));
        assertEquals(1, store.holdAs("Fraud Filter", "5001", "HIGH_RISK_OF_FRAUD"));
        assertEquals(1, store.schedule("5002", clock.instant().plusSeconds(3_600)));

        // When
        String query = "query($orders: String!) { orders(first: 31, query: $orders) { nodes { id displayFulfillmentStatus fulfillmentOrders(first: 7) { pageInfo { hasNextPage } nodes {"
                + " status fulfillAt fulfillmentHolds { displayReason reasonNotes heldByRequestingApp heldByApp { title } } } } } } }";
        JsonNode answer = ask(query, Json.object().put("orders", "id:5001 OR id:5002 OR id:5009"));

        // Then
        JsonNode found = answer.at("/data/orders/nodes");
        assertEquals(2, found.size());
        JsonNode held = found.at("/0/fulfillmentOrders/nodes/0");
        assertEquals("ON_HOLD Fraud Filter High risk of fraud false", held.path("status").asText() + " " + held.at("/fulfillmentHolds/0/heldByApp/title").asText() + " "
                + held.at("/fulfillmentHolds/0/displayReason").asText() + " " + held.at("/fulfillmentHolds/0/heldByRequestingApp").asText());
        JsonNode scheduled = found.at("/1/fulfillmentOrders/nodes/0");
        assertEquals("SCHEDULED 2026-11-21T14:00:00.400Z SCHEDULED", scheduled.path("status").asText() + " " + scheduled.path("fulfillAt").asText() + " "
                + found.at("/1/displayFulfillmentStatus").asText());
        assertTrue(answer.at("/extensions/cost/requestedQueryCost").asInt() <= 70, answer.path("extensions").toString());
        // what is left of an app's hold is ours alone, and what was scheduled is open on its day
        JsonNode ours = hold(parts(ORDER).get(0), "g-1");
        assertEquals(0, ours.at("/data/fulfillmentOrderHold/userErrors").size());
        clock.turn(Duration.ofHours(1));
        assertEquals("OPEN", parts("gid://shopify/Order/5002").get(0).path("status").asText());
        assertEquals("BAD_REQUEST", ask(query, Json.object().put("orders", "name:#5001")).at("/errors/0/extensions/code").asText());
    }

    private ShopOrder planned(long id, ObjectNode... lines) {
        ObjectNode json = order(id, 0, lines);
        ShopOrder order = new ShopOrder("shopify-us", json);
        shop.add(order);
        order.add("orders/create", json);
        return order;
    }

    private ShopOrder ordered(ObjectNode... lines) {
        ShopOrder order = planned(5001, lines);
        order.sent(order.versions().get(0), clock.millis());
        clock.turn(Duration.ofMillis(200));
        return order;
    }

    private void send(ShopOrder order, String topic, ObjectNode json) {
        order.sent(order.add(topic, json), clock.millis());
        clock.turn(Duration.ofMillis(200));
    }

    private static ObjectNode order(long id, int second, ObjectNode... lines) {
        ObjectNode order = Json.object().put("id", id).put("name", "#" + id).put("updated_at", "2026-11-21T08:00:%02d-05:00".formatted(second % 60));
        if (second >= 60) {
            order.put("updated_at", "2026-11-21T08:01:00-05:00");
        }
        order.putArray("line_items").addAll(List.of(lines));
        return order;
    }

    private static ObjectNode line(long id, int quantity) {
        return Json.object().put("id", id).put("title", "Line " + id).put("sku", "SKU-1").put("quantity", Math.max(quantity, 1)).put("current_quantity", quantity)
                .put("requires_shipping", true);
    }

    private JsonNode ask(String query, JsonNode variables) {
        return store.answer(body(query, variables)).record();
    }

    private static ObjectNode body(String query, JsonNode variables) {
        return Json.object().put("query", query).set("variables", variables);
    }

    private JsonNode parts(String order) {
        return ask(READ, id(order)).path("data").path("order").path("fulfillmentOrders").path("nodes");
    }

    private JsonNode hold(JsonNode part, String handle, ObjectNode... items) {
        return ask(HOLD, holdVariables(part, handle, items));
    }

    private static ObjectNode holdVariables(JsonNode part, String handle, ObjectNode... items) {
        ObjectNode variables = id(part.path("id").asText());
        ObjectNode hold = variables.putObject("fulfillmentHold").put("reason", "INVENTORY_OUT_OF_STOCK").put("reasonNotes", "waits for " + handle).put("handle", handle);
        if (items.length > 0) {
            hold.putArray("fulfillmentOrderLineItems").addAll(List.of(items));
        }
        return variables;
    }

    private JsonNode release(JsonNode part, List<String> holds) {
        ObjectNode variables = id(part.path("id").asText());
        if (!holds.isEmpty()) {
            variables.set("holdIds", Json.value(holds));
        }
        return ask(RELEASE, variables);
    }

    private JsonNode metafields(String mutation, ObjectNode... fields) {
        return ask(mutation, Json.object().set("metafields", Json.array().addAll(List.of(fields))));
    }

    private JsonNode read(String namespace, String key) {
        return ask("query($id: ID!, $namespace: String, $key: String!) { order(id: $id) { metafield(namespace: $namespace, key: $key) { value type } } }",
                id(ORDER).put("namespace", namespace).put("key", key)).path("data").path("order").path("metafield");
    }

    private static ObjectNode field(String key, String type, String value) {
        return name(key).put("type", type).put("value", value);
    }

    private static ObjectNode name(String key) {
        return Json.object().put("ownerId", ORDER).put("namespace", "build").put("key", key);
    }

    private static ObjectNode id(String id) {
        return Json.object().put("id", id);
    }

    private static JsonNode item(JsonNode part, int index) {
        return part.path("lineItems").path("nodes").path(index);
    }

    private static ObjectNode itemOf(JsonNode part, int index, int quantity) {
        return Json.object().put("id", item(part, index).path("id").asText()).put("quantity", quantity);
    }

    private static List<Integer> remaining(JsonNode part) {
        return StreamSupport.stream(part.path("lineItems").path("nodes").spliterator(), false).map(item -> item.path("remainingQuantity").asInt()).toList();
    }

    private static String holdId(JsonNode answer) {
        return answer.path("data").path("fulfillmentOrderHold").path("fulfillmentHold").path("id").asText();
    }

    private static String code(JsonNode answer) {
        return answer.path("data").elements().next().path("userErrors").path(0).path("code").asText();
    }

    private static String message(JsonNode answer) {
        return answer.path("data").elements().next().path("userErrors").path(0).path("message").asText();
    }

    private static String cost(JsonNode answer, String which) {
        return answer.path("extensions").path("cost").path(which).asText();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false).map(one -> one.path(field).asText()).toList();
    }

    private void set(String changes) {
        settings.use(settings.checked(Json.readObject(changes)));
    }
}
