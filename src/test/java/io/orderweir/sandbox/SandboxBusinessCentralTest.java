package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxBusinessCentralTest {
    private static final String COMPANY = "/companies(5f8e0a6c-0000-4000-8000-00000000c001)";
    private static final String GOOD = """
            {"externalDocumentNumber":"shopify-eu-1","orderDate":"2026-11-27","customerNumber":"10000","currencyCode":"EUR","pricesIncludeTax":true,"shipToName":"A B","shipToCity":"Berlin","shipToCountry":"DE",
             "salesOrderLines":[{"sequence":10000,"lineType":"Item","lineObjectNumber":"SKU-1","description":"Mug","quantity":3,"unitPrice":19.99,"discountAmount":6.00,"taxCode":"VAT19"},
             {"sequence":20000,"lineType":"Account","lineObjectNumber":"8400","description":"Shipping","quantity":1,"unitPrice":4.90,"taxCode":"VAT19"}]}""";

    private static final String PAID = "{\"customerNumber\":\"10000\",\"postingDate\":\"2026-11-27\",\"documentNumber\":\"OW0123456789ABCDEF\",\"externalDocumentNumber\":\"shopify-eu-1-ch_1\",\"amount\":-30.5,\"description\":\"#1 stripe ch_1\"}";

    private final Vendors vendors = new Vendors();
    private final BusinessCentralCompany company = new BusinessCentralCompany(vendors);

    private record Answer(int status, JsonNode body) {
    }

    @Test
    void itReckonsItsOwnTotalAndKeepsCodesInCapitals() {
        Answer made = call("POST", "/salesOrders", "", GOOD, null);
        assertEquals(201, made.status(), made.toString());
        assertEquals("SHOPIFY-EU-1", made.body().path("externalDocumentNumber").asText());
        assertEquals("58.87 9.40", made.body().path("totalAmountIncludingTax").asText() + " " + made.body().path("totalTaxAmount").asText());
        // of prices without tax it adds the tax of the whole, rounded once, and of lines that say no code its own
        ObjectNode net = Json.readObject(GOOD).put("pricesIncludeTax", false);
        net.withArray("salesOrderLines").forEach(line -> ((ObjectNode) line).remove("taxCode"));
        assertEquals("70.06", call("POST", "/salesOrders", "", Json.write(net), null).body().path("totalAmountIncludingTax").asText());
        // and a second create of one number is a second order
        assertEquals(2, call("GET", "/salesOrders", "$filter=externalDocumentNumber%20eq%20'SHOPIFY-EU-1'", "", null).body().path("value").size());
        assertEquals(0, call("GET", "/salesOrders", "$filter=externalDocumentNumber%20eq%20'shopify-eu-1'", "", null).body().path("value").size());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', value = {
        "/colour                            | \"red\"        | BadRequest",
        "/totalAmountIncludingTax           | 58.87          | Application_DialogException",
        "/pricesIncludeTax                  | \"yes\"        | BadRequest",
        "/orderDate                         | \"27.11.2026\" | BadRequest",
        "/customerNumber                    | \"9\"          | Application_DialogException",
        "/currencyCode                      | \"DOLLAR\"     | Application_DialogException",
        "/shipToCountry                     | \"ZZ\"         | Internal_InvalidTableRelation",
        "/shipToCity                        | \"Llanfairpwllgwyngyllgogerychwyrn\" | Application_StringExceededLength",
        "/salesOrderLines/0/lineObjectNumber | \"SKU-999\"   | Internal_InvalidTableRelation",
        "/salesOrderLines/1/lineObjectNumber | \"9999\"      | Internal_InvalidTableRelation",
        "/salesOrderLines/0/unitPrice       | \"19.99\"      | BadRequest",
        "/salesOrderLines/0/quantity        | 0              | Application_FieldValidationException",
        "/salesOrderLines/0/taxCode         | \"VAT99\"      | Internal_InvalidTableRelation",
        "/salesOrderLines/1/sequence        | 10000          | Application_DialogException"})
    void itRefusesAndMakesNothing(String pointer, String value, String code) {
        ObjectNode order = Json.readObject(GOOD);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) order.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), Json.readObject("{\"v\":" + value + "}").get("v"));

        Answer refused = call("POST", "/salesOrders", "", Json.write(order), null);

        assertEquals("400 " + code, refused.status() + " " + refused.body().at("/error/code").asText(), refused.toString());
        assertEquals(0, company.store().all().size());
    }

    @Test
    void aChangeNeedsTheEtagThatWasReadAndALineItsOwn() {
        JsonNode made = call("POST", "/salesOrders", "", GOOD, null).body();
        String order = "/salesOrders(" + made.path("id").asText() + ")";
        assertEquals(400, call("PATCH", order, "", "{\"shipToCity\":\"Bonn\"}", null).status());
        assertEquals(200, call("PATCH", order, "", "{\"shipToCity\":\"Bonn\"}", made.path("@odata.etag").asText()).status());
        Answer stale = call("PATCH", order, "", "{\"shipToCity\":\"Kiel\"}", made.path("@odata.etag").asText());
        assertEquals("412 Request_EntityChanged", stale.status() + " " + stale.body().at("/error/code").asText());
        assertEquals(400, call("PATCH", order, "", "{\"salesOrderLines\":[]}", etag(order)).status(), "no deep patching");
        // a line has an etag of its own, and changing it changes that of the order
        JsonNode line = call("GET", order, "$expand=salesOrderLines", "", null).body().at("/salesOrderLines/0");
        String before = etag(order);
        assertEquals(200, call("PATCH", order + "/salesOrderLines(" + line.path("id").asText() + ")", "", "{\"quantity\":1,\"unitPrice\":19.99,\"discountAmount\":2.00}", line.path("@odata.etag").asText()).status());
        assertNotEquals(before, etag(order));
        assertEquals("22.89", call("GET", order, "", "", null).body().path("totalAmountIncludingTax").asText());
        // a sequence is one line's
        Answer twice = call("POST", order + "/salesOrderLines", "", "{\"sequence\":20000,\"lineType\":\"Account\",\"lineObjectNumber\":\"8400\",\"quantity\":1,\"unitPrice\":1}", null);
        assertTrue(twice.status() == 400 && twice.body().at("/error/message").asText().contains("already exists"), twice.toString());
        assertEquals(204, call("DELETE", order, "", "", etag(order)).status());
        assertEquals(404, call("GET", order, "", "", null).status());
    }

    @Test
    void whatIsShippedIsNeitherChangedNorDeleted() {
        JsonNode made = call("POST", "/salesOrders", "", GOOD, null).body();
        Settings settings = vendors.get("business-central").settings;
        settings.use(settings.checked(Json.readObject("{\"shipped\":[\"shopify-eu-1\"]}")));
        assertEquals(400, call("DELETE", "/salesOrders(" + made.path("id").asText() + ")", "", "", made.path("@odata.etag").asText()).status());
    }

    @Test
    void aFilterAsksOfOneFieldAndACreateMayBeCut() {
        String first = call("POST", "/salesOrders", "", GOOD, null).body().path("id").asText();
        Settings settings = vendors.get("business-central").settings;
        settings.use(settings.checked(Json.readObject("{\"cutCreate\":1}")));
        assertEquals(504, call("POST", "/salesOrders", "", GOOD.replace("eu-1", "eu-2"), null).status());
        assertEquals(1, company.store().find("shopify-eu-2").path("salesOrderLines").size());
        String second = company.store().find("shopify-eu-2").path("id").asText();
        JsonNode found = call("GET", "/salesOrders", "$select=id,totalAmountIncludingTax&$filter=id%20eq%20" + first + "%20or%20id%20eq%20" + second, "", null).body();
        assertEquals("[58.87, 53.97]", found.findValuesAsText("totalAmountIncludingTax").toString());
        assertEquals(400, call("GET", "/salesOrders", "$filter=id%20eq%20" + first + "%20or%20email%20eq%20'a'", "", null).status());
        assertEquals(400, call("GET", "/salesOrders", "$filter=startswith(email,'a')", "", null).status());
        assertEquals(400, call("GET", "/salesOrders", "$search=a", "", null).status());
    }

    @Test
    void aCustomerIsOneUnderItsNumber() {
        String ada = "{\"number\":\"OW0123456789ABCDEF\",\"displayName\":\"Ada Quist\",\"type\":\"Person\",\"email\":\"ada@example.org\"}";
        assertEquals(201, call("POST", "/customers", "", ada, null).status());
        assertEquals("Internal_EntityWithSameKeyExists", call("POST", "/customers", "", ada, null).body().at("/error/code").asText());
        assertEquals("OW0123456789ABCDEF", call("GET", "/customers", "$filter=email%20eq%20'ada@example.org'&$top=1&$orderby=number&$select=number", "", null).body().at("/value/0/number").asText());
        assertEquals(201, call("POST", "/salesOrders", "", GOOD.replace("10000\",\"currency", "OW0123456789ABCDEF\",\"currency"), null).status());
    }

    @Test
    void aPaymentIsALineOfItsJournalUntilItIsPosted() {
        String journal = "/customerPaymentJournals(5f8e0a6c-0000-4000-8000-00000000f001)/customerPayments";
        Answer made = call("POST", journal, "", PAID, null);
        assertEquals(201, made.status(), made.toString());
        assertEquals("SHOPIFY-EU-1-CH_1", made.body().path("externalDocumentNumber").asText());
        assertEquals(404, call("POST", journal.replace("f001", "f009"), "", PAID, null).status());
        // it is changed as it was read, and a second one of its number is a second payment
        String line = "/customerPayments(" + made.body().path("id").asText() + ")";
        assertEquals(412, call("PATCH", line, "", "{\"amount\":-40}", "W/\"0\"").status());
        assertEquals(200, call("PATCH", line, "", "{\"amount\":-40}", made.body().path("@odata.etag").asText()).status());
        assertEquals(201, call("POST", journal, "", PAID, null).status());
        assertEquals(2, call("GET", journal, "$filter=externalDocumentNumber%20eq%20'SHOPIFY-EU-1-CH_1'", "", null).body().path("value").size());
        assertEquals(0, call("GET", journal.replace("f001", "f002"), "", "", null).body().path("value").size());
        assertEquals("70.5", company.record("shopify-eu-1-ch_1").path("paid").asText());
        assertEquals(0, call("GET", "/generalLedgerEntries", "$filter=documentNumber%20eq%20'OW0123456789ABCDEF'", "", null).body().path("value").size());
        // what is posted is in the ledger, and in its journal no more
        Settings settings = vendors.get("business-central").settings;
        settings.use(settings.checked(Json.readObject("{\"posted\":[\"shopify-eu-1-ch_1\"]}")));
        assertEquals("[40, 30.5]", call("GET", "/generalLedgerEntries", "$filter=documentNumber%20eq%20'OW0123456789ABCDEF'", "", null).body().path("value").findValuesAsText("creditAmount").toString());
        assertEquals(0, call("GET", journal, "", "", null).body().path("value").size());
        assertEquals(404, call("GET", line, "", "", null).status());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', value = {
        "currencyCode   | \"EUR\"  | BadRequest",
        "journalDisplayName | \"A\" | BadRequest",
        "customerNumber | \"9\"    | Application_DialogException",
        "amount         | 30.5     | Application_FieldValidationException",
        "amount         | \"-30.5\" | BadRequest",
        "postingDate    | \"27.11.\" | BadRequest",
        "documentNumber | \"OW0123456789ABCDEF0123\" | Application_StringExceededLength"})
    void itRefusesAPaymentAndMakesNothing(String field, String value, String code) {
        ObjectNode payment = Json.readObject(PAID);
        payment.set(field, Json.readObject("{\"v\":" + value + "}").get("v"));
        Answer refused = call("POST", "/customerPaymentJournals(5f8e0a6c-0000-4000-8000-00000000f001)/customerPayments", "", Json.write(payment), null);
        assertEquals("400 " + code, refused.status() + " " + refused.body().at("/error/code").asText(), refused.toString());
        assertNull(company.record("shopify-eu-1-ch_1"));
    }

    private String etag(String order) {
        return call("GET", order, "", "", null).body().path("@odata.etag").asText();
    }

    private Answer call(String method, String path, String query, String body, String etag) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty("call", new Call(vendors.get("business-central"), null, 0, "granted", "none", 0));
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, COMPANY + path);
        exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query);
        exchange.getMessage().setHeader("If-Match", etag);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        exchange.getMessage().setBody(body);
        company.answer(exchange);
        String answer = exchange.getMessage().getBody(String.class);
        return new Answer(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), answer == null || answer.isEmpty() ? Json.object() : Json.readObject(answer));
    }
}
