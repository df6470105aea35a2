package io.orderweir.story;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import io.orderweir.process.Api;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays every row of docs/reference/bad-input.md: what the page says is what happens, and good orders around it are not held up. */
class BadInputIT {
    private static final Path PAGE = Path.of("docs/reference/bad-input.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([\\w-]+)` \\|.*\\| `([^`]+)` \\|$");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOOR = "/capture/shopify/{connection}";
    private static final String SIGNATURE = "X-Shopify-Hmac-Sha256";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String KEY = "b3VyIGZhY3RvcnkncyBzZWNyZXQ=";
    /** 100 KB that a regular expression such as \s+$ reads for minutes. */
    private static final String BLANKS = "a" + " ".repeat(100_000) + "b";
    private static Shop shop;
    private static final List<JsonNode> GOOD = new ArrayList<>();
    private static long next = 8_800_000_000_001L;

    @BeforeAll
    static void open() {
        // what may still be at work after an error is looked for after 3 s, not after half a minute
        shop = Shop.opens("bad-input", Map.of("orderweir.connections.netsuite.settles-within", "3s", "orderweir.capture.seals", "the-key-that-seals-what-is-written-now,the-key-that-sealed-until-yesterday",
                "orderweir.connections.factory.system", "factory", "orderweir.connections.factory.secrets", "whsec_" + KEY));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfThePageIsTrue() throws IOException {
        Map<String, String> page = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                page.put(row.group(1), row.group(2));
            }
        }
        Map<String, Callable<String>> cases = cases();
        assertEquals(cases.keySet(), page.keySet(), "the page and the cases of this test name the same");
        return Stream.concat(
                page.entrySet().stream().map(row -> DynamicTest.dynamicTest(row.getKey(), () -> assertEquals(row.getValue(), cases.get(row.getKey()).call()))),
                Stream.of(DynamicTest.dynamicTest("every good order between them was planned", BadInputIT::goodOnesWent)));
    }

    private static Map<String, Callable<String>> cases() {
        Map<String, Callable<String>> cases = new LinkedHashMap<>();
        cases.put("no-signature", () -> "" + door().body("{}").when().post(DOOR, "shopify-us").statusCode());
        cases.put("wrong-signature", () -> "" + door().header(SIGNATURE, "bm90IHRoZSBzaWduYXR1cmUgb2YgdGhlc2UgYnl0ZXM=").body("{}").when().post(DOOR, "shopify-us").statusCode());
        cases.put("unknown-connection", () -> "" + door().header(SIGNATURE, "eA==").body("{}").when().post(DOOR, "shopify-nowhere").statusCode());
        cases.put("wrong-method", () -> "" + door().when().get(DOOR, "shopify-us").statusCode());
        cases.put("too-large", BadInputIT::announcesTooMuch);

        cases.put("not-json", () -> becomes("<order/>".getBytes(UTF_8)));
        cases.put("empty", () -> becomes(new byte[0]));
        cases.put("invalid-utf8", () -> becomes(order().put("note", "M\u00fcller").toString().getBytes(ISO_8859_1)));
        cases.put("deep-nesting", () -> becomes(("{\"id\":" + next++ + ",\"deep\":" + "[".repeat(1_100) + "]".repeat(1_100) + "}").getBytes(UTF_8)));
        cases.put("nul-escape", () -> becomes(order().put("note", "a\0b").toString().getBytes(UTF_8)));
        cases.put("lone-surrogate", () -> becomes(order().put("note", "HALF").toString().replace("HALF", "\\ud83d").getBytes(UTF_8)));
        cases.put("two-ids", () -> becomes(order().toString().replaceFirst("\\{", "{\"id\":" + next++ + ",").getBytes(UTF_8)));
        cases.put("no-lines", () -> becomes(((ObjectNode) order().without("line_items")).toString().getBytes(UTF_8)));
        cases.put("empty-list-of-lines", () -> becomes(((ObjectNode) order().set("line_items", new ObjectMapper().createArrayNode())).toString().getBytes(UTF_8)));
        cases.put("does-not-add-up", () -> becomes(order().put("current_total_price", "0.01").toString().getBytes(UTF_8)));
        cases.put("every-line-taken-out", () -> becomes(everyLineTakenOut().toString().getBytes(UTF_8)));
        cases.put("unknown-topic", () -> becomes(order().toString().getBytes(UTF_8), "carts/update"));
        cases.put("bom", () -> becomes(("\ufeff" + order()).getBytes(UTF_8)));
        cases.put("huge-id", () -> becomes(order().put("id", new java.math.BigInteger("9223372036854775808")).toString().getBytes(UTF_8)));
        cases.put("one-id-twice", BadInputIT::oneIdTwice);
        cases.put("of-tomorrow", BadInputIT::ofTomorrow);
        cases.put("forged-record", BadInputIT::forgedRecord);
        cases.put("blanks", () -> becomes(order().put("tags", BLANKS).toString().getBytes(UTF_8)));
        cases.put("blanks-of-a-partner", BadInputIT::factoryMessage);
        cases.put("too-many-lines", () -> becomes(manyLines(1_001).toString().getBytes(UTF_8)));
        cases.put("many-lines", () -> becomes(manyLines(500).toString().getBytes(UTF_8)));

        cases.put("bad-postal-code", () -> delivery(Map.of("shipping_address", Map.of("zip", "\u00c5\u00c5-?", "country", "United States", "country_code", "US"))));
        cases.put("unknown-item", () -> delivery(Map.of("line_items", List.of(Map.of("sku", "NO-SUCH-ITEM")))));
        cases.put("too-long-city", () -> delivery(Map.of("shipping_address", Map.of("city", "Llan".repeat(20)))));
        cases.put("server-error", BadInputIT::serverErrorForAWhile);

        cases.put("misspelt-key", () -> refused(Map.of("limts.minute.calls", "5")));
        cases.put("no-limit", () -> refused(Map.of("url", "http://127.0.0.1:1")));
        cases.put("limit-of-zero", () -> refused(Map.of("url", "http://127.0.0.1:1", "limits.minute.calls", "0", "limits.minute.window", "60s")));
        cases.put("unknown-role", () -> {
            String said = assertThrows(RuntimeException.class, () -> Configured.connections(Map.of("orderweir.roles", "captain"))).getMessage();
            return said.contains("orderweir.roles = captain") ? "orderweir.roles" : said;
        });
        return cases;
    }

    private static RequestSpecification door() {
        return Api.at(shop.engine.url()).contentType(ContentType.JSON);
    }

    private static String announcesTooMuch() throws IOException {
        URI door = URI.create(shop.engine.url());
        try (Socket socket = new Socket(door.getHost(), door.getPort())) {
            socket.getOutputStream().write(("POST /capture/shopify/shopify-us HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 99999999\r\n\r\n").getBytes(ISO_8859_1));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine().split(" ")[1];
        }
    }

    /** An order the shop would send, not sent. */
    private static ObjectNode order() {
        ObjectNode order = (ObjectNode) shop.sandbox.post("/sandbox/shopify/orders", Map.of("target", "http://127.0.0.1:1", "secret", "s", "dryRun", true,
                "order", Map.of())).path("order");
        return order.put("id", next++);
    }

    /** Two orders, both answered 202, under one id: both are there. */
    private static String oneIdTwice() {
        ObjectNode first = order();
        ObjectNode second = order();
        for (ObjectNode each : List.of(first, second, first, second)) {
            shop.sends(each.toString().getBytes(UTF_8), "orders/create", "one-id");
        }
        await().atMost(PATIENCE).until(() -> shop.services.sql().number("select coalesce(sum(repeats), 0) from orderweir.message where ce_id like 'shopify-us:orders/create:one-id%'") == 2);
        for (ObjectNode each : List.of(first, second)) {
            assertEquals("planned", shop.services.sql().text("select m.state from orderweir.message m join orderweir.entity e on e.id = m.entity_id where e.key = ?", "shopify-us/" + each.path("id").asText()));
        }
        return "planned, " + (shop.services.sql().number("select count(*) from orderweir.alert where cause = 'notice|one id|shopify-us'") == 1 ? "somebody is told" : "and nobody is told");
    }

    private static String ofTomorrow() {
        ObjectNode order = order();
        String before = becomes(order.deepCopy().put("updated_at", "9999-01-01T00:00:00Z").toString().getBytes(UTF_8));
        return before + ", then " + becomes(order.put("cancelled_at", order.path("updated_at").asText()).toString().getBytes(UTF_8), "orders/cancelled");
    }

    /** What became of a message of the factory whose work order is 100 KB of blanks, among good orders that are understood within seconds. */
    private static String factoryMessage() {
        String body = JSON.createObjectNode().put("type", "work-order.built").put("timestamp", Instant.now().toString())
                .set("data", JSON.createObjectNode().put("id", BLANKS).put("reference", "shopify-us-1-1")).toString();
        assertEquals(202, shop.says("factory/factory", KEY, "msg_blanks", body));
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            good.add("shopify-us/" + shop.sells(Map.of(), false).path("id").asText());
        }
        await("every good order").atMost(Duration.ofSeconds(20)).until(() -> shop.services.sql().number("select count(*) from orderweir.message m "
                + "join orderweir.entity e on e.id = m.entity_id where e.key = any (?) and m.state = 'planned'", (Object) good.toArray(String[]::new)), planned -> planned == 24);
        return await().atMost(PATIENCE).until(() -> shop.services.sql().text("select string_agg(concat_ws(' ', state, reason), ', ') from orderweir.message where connection = 'factory'"),
                became -> became != null);
    }

    private static ObjectNode everyLineTakenOut() {
        ObjectNode order = order().put("current_total_price", "0.00");
        order.path("line_items").forEach(line -> ((ObjectNode) line).put("current_quantity", 0));
        return order;
    }

    /** Somebody who can write to the topic, and cannot sign, brings an order. */
    private static String forgedRecord() throws Exception {
        ObjectNode order = order();
        String id = order.path("id").asText();
        GOOD.add(shop.sells(Map.of(), false));
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(shop.services.prefix() + "orderweir.captured.order", "shopify-us/" + id, order.toString().getBytes(UTF_8));
        Map.of("ce_id", "shopify-us:order:" + id, "ce_source", "shopify-us", "ce_type", "order", "ce_subject", "shopify-us/" + id, "ce_time", Instant.now().toString(), "correlationid", id, "seal", "f".repeat(64))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        try (KafkaProducer<String, byte[]> somebody = new KafkaProducer<>(shop.services.kafka(), new StringSerializer(), new ByteArraySerializer())) {
            somebody.send(record).get();
        }
        String reason = await().atMost(PATIENCE).until(() -> shop.services.sql().text("select max(h.reason) from orderweir.hold h join orderweir.message m on m.id = h.message_id where m.ce_id = ?", "shopify-us:order:" + id),
                held -> held != null);
        shop.given().body(Map.of()).when().post("/api/holds/{id}/release", shop.services.sql().number("select h.id from orderweir.hold h join orderweir.message m on m.id = h.message_id where m.ce_id = ?", "shopify-us:order:" + id))
                .then().statusCode(200);
        return "held " + reason + ", and " + shop.services.sql().text("select state from orderweir.message where ce_id = ?", "shopify-us:order:" + id) + " when a person vouches for it";
    }

    private static ObjectNode manyLines(int number) {
        ObjectNode order = order();
        ArrayNode lines = (ArrayNode) order.get("line_items");
        JsonNode first = lines.get(0).deepCopy();
        lines.removeAll();
        for (int i = 0; i < number; i++) {
            lines.add(((ObjectNode) first.deepCopy()).put("id", 1_000_000_000_000L + i));
        }
        // their sums are not what this is about
        return order.without(List.of("total_price", "current_total_price", "total_tax", "current_total_tax"));
    }

    private static String becomes(byte[] body) {
        return becomes(body, "orders/create");
    }

    /** What became of a payload that came between two good orders. */
    private static String becomes(byte[] body, String topic) {
        GOOD.add(shop.sells(Map.of(), false));
        shop.sends(body, topic);
        GOOD.add(shop.sells(Map.of(), false));
        Map<String, Object> message = await().atMost(PATIENCE).until(() -> shop.services.sql().rows(
                "select m.state, m.reason from orderweir.message m join orderweir.payload p on p.message_id = m.id where p.raw = ? order by m.id desc limit 1", body),
                rows -> !rows.isEmpty()).get(0);
        return message.get("state").equals("held") ? "held " + message.get("reason") : (String) message.get("state");
    }

    private static void goodOnesWent() {
        for (JsonNode order : GOOD) {
            assertEquals(1, shop.services.sql().number("select count(*) from orderweir.message m join orderweir.entity e on e.id = m.entity_id "
                    + "where e.key = ? and m.state = 'planned'", "shopify-us/" + order.path("id").asText()), () -> "order " + order.path("name"));
        }
    }

    /** What became of an order at the ERP. */
    private static String delivery(Map<String, Object> order) {
        JsonNode sent = shop.sells(order, false);
        Map<String, Object> delivery = await().atMost(PATIENCE).until(() -> shop.services.sql().rows(
                "select d.state, d.reason from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id "
                        + "where e.key = ? and d.connection = 'netsuite' and d.state in ('held', 'delivered', 'confirmed')", "shopify-us/" + sent.path("id").asText()),
                rows -> !rows.isEmpty()).get(0);
        return delivery.get("state").equals("held") ? "held " + delivery.get("reason") : (String) delivery.get("state");
    }

    private static String serverErrorForAWhile() {
        shop.sandbox.post("/sandbox/settings", Map.of("netsuite", Map.of("error500", 1.0)));
        JsonNode sent = shop.sells(Map.of(), false);
        await().atMost(PATIENCE).until(() -> shop.services.sql().number("select count(*) from orderweir.call_item i join orderweir.delivery d on d.id = i.delivery_id "
                + "join orderweir.entity e on e.id = d.entity_id where e.key = ? and i.outcome = 'unsure'", "shopify-us/" + sent.path("id").asText()) > 0
                || shop.services.sql().number("select count(*) from orderweir.delivery where unsure_since is not null") > 0);
        shop.sandbox.post("/sandbox/settings", Map.of("netsuite", Map.of("error500", 0.0)));
        return await().atMost(PATIENCE).until(() -> shop.services.sql().text("select d.state from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id "
                + "where e.key = ? and d.connection = 'netsuite'", "shopify-us/" + sent.path("id").asText()), "delivered"::equals);
    }

    private static String refused(Map<String, String> keys) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("orderweir.connections.erp.system", "netsuite"));
        keys.forEach((key, value) -> all.put("orderweir.connections.erp." + key, value));
        String said = assertThrows(RuntimeException.class, () -> Configured.connections(all)).getMessage();
        Matcher key = Pattern.compile("orderweir\\.connections\\.erp\\.[\\w.-]+\\w").matcher(said.replace(".limits.at-once", ".limits"));
        return key.find() ? key.group().replaceFirst("\\.limits\\.calls$", ".limits") : said;
    }
}
