package io.orderweir.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.ledger.Captured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Which product type stands in a line: what it was planned with, what the shop said last, or nothing. */
class ProductTypesTest {

    private final ProductTypes types = new ProductTypes();
    private final List<Map<String, Object>> known = new ArrayList<>();

    @Test
    void whatTheShopSaidLastIsWrittenIntoALineThatIsNew() throws JsonProcessingException {
        // Given
        product("web-us", "77", "Made to order");
        product("web-us", "78", "");
        product("web-eu", "79", "Made to order");
        // When
        JsonNode order = written("{'id':'1','productId':'77'}", "{'id':'2','productId':'78'}", "{'id':'3','productId':'79'}", "{'id':'4'}");
        // Then
        assertEquals("Made to order", type(order, 0));
        assertEquals("", type(order, 1), "none was told, which is not the same as not told");
        assertFalse(order.at("/lineItems/2").has("productType"), "another shop's product of the same id");
        assertFalse(order.at("/lineItems/3").has("productType"), "a custom line");
    }

    @Test
    void aTypeThatChangesLaterLeavesAPlannedLineAsItIs() throws JsonProcessingException {
        // Given
        line("web-us/1", "1", "77", "770", "Made to order");
        line("web-us/2", "2", "77", "770", "Sofa");
        product("web-us", "77", "Standard");
        // When
        JsonNode order = written("{'id':'1','productId':'77','variantId':'770'}", "{'id':'2','productId':'77'}");
        // Then
        assertEquals("Made to order", type(order, 0));
        assertEquals("Standard", type(order, 1), "the line of another order says nothing of this one");
    }

    @Test
    void aLineWhoseProductWasDeletedStaysWhatItWas() throws JsonProcessingException {
        // Given one that was planned, and one that is held because its product is not known
        line("web-us/1", "1", "77", "770", "Made to order");
        line("web-us/1", "2", "78", "780", null);
        // When the shop has taken both products out of the order
        JsonNode order = written("{'id':'1'}", "{'id':'2'}");
        // Then
        assertEquals(json("{'id':'1','productId':'77','variantId':'770','productType':'Made to order'}"), order.at("/lineItems/0"));
        assertEquals(json("{'id':'2','productId':'78','variantId':'780'}"), order.at("/lineItems/1"), "its product is still not known");
    }

    @Test
    void aNewerVersionInTheSameBatchIsReadAsTheOneBefore() throws JsonProcessingException {
        // Given
        product("web-us", "77", "Made to order");
        written("{'id':'1','productId':'77','variantId':'770'}", "{'id':'2','productId':'78'}");
        // When
        JsonNode order = written("{'id':'1'}", "{'id':'2'}");
        // Then
        assertEquals("Made to order", type(order, 0));
        assertEquals(json("{'id':'2','productId':'78'}"), order.at("/lineItems/1"));
    }

    @Test
    void whatAPersonWroteStays() throws JsonProcessingException {
        // Given
        product("web-us", "77", "Made to order");
        // When, Then
        assertEquals("Standard", type(written("{'id':'1','productId':'77','productType':'Standard'}"), 0));
    }

    @Test
    void whereNothingAsksForProductsNothingIsWritten() throws JsonProcessingException {
        // When
        Exchange exchange = exchange("{'id':'1','productId':'77'}");
        exchange.removeVariable("products");
        // Then
        assertEquals(json("{'lineItems':[{'id':'1','productId':'77'}]}"), types.write(exchange));
    }

    @Test
    void onlyWhatMayBeAnIdIsAskedFor() throws JsonProcessingException {
        // Given
        Exchange order = exchange();
        order.getMessage().setBody(json("['77','7\\u0000','gid:8',9,null,'78']"));
        Exchange unreadable = exchange();
        unreadable.getMessage().setBody("none");
        // When
        String named = types.all(List.of(types.named(order), types.named(unreadable)));
        // Then
        assertEquals("[{\"connection\":\"web-us\",\"products\":[\"77\",\"gid:8\",\"78\"]}]", named);
    }

    @Test
    void aReleaseAsksForWhatTheBytesAndThePersonName() throws JsonProcessingException {
        // Given
        Exchange exchange = exchange();
        exchange.getMessage().setBody(json("['77']"));
        exchange.getMessage().setBody(types.named(exchange));
        exchange.setVariable("document", json("{'lineItems':[{'id':'1','productId':'78'}]}"));
        exchange.setVariable("documents", List.of(Map.of("message", 1L, "canonical", json("{'lineItems':[{'id':'1','productId':'79'},{'id':'2'}]}"))));
        // When, Then
        assertEquals("[{\"connection\":\"web-us\",\"products\":[\"77\",\"78\",\"79\"]}]", types.released(exchange));
    }

    private JsonNode written(String... lines) throws JsonProcessingException {
        return types.write(exchange(lines));
    }

    private Exchange exchange(String... lines) throws JsonProcessingException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("orderweir.captured.order", 3, 17, "web-us:orders/create:w-1", "web-us", "order", "web-us/1", "c",
                "2026-11-21T13:00:00Z", new byte[0]));
        exchange.setVariable("products", known);
        exchange.getMessage().setBody(json("{'lineItems':[" + String.join(",", lines) + "]}"));
        return exchange;
    }

    private void product(String connection, String product, String type) {
        row(null, null, connection, product, null, type);
    }

    private void line(String entity, String line, String product, String variant, String type) {
        row(entity, line, "web-us", product, variant, type);
    }

    private void row(String entity, String line, String connection, String product, String variant, String type) {
        Map<String, Object> row = new HashMap<>();
        row.put("entity", entity);
        row.put("line", line);
        row.put("connection", connection);
        row.put("product", product);
        row.put("variant", variant);
        row.put("type", type);
        known.add(row);
    }

    private static String type(JsonNode order, int line) {
        return order.at("/lineItems/" + line + "/productType").textValue();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
