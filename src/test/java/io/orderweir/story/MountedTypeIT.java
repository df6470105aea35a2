package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house with types of its own: prices, of which the newest counts, and notices, which are facts about an order. Nothing but mounted folders says so. */
class MountedTypeIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String SECRET = "hush-at-the-counter";
    private static final Path TYPE = Path.of("src/test/resources/types");

    @TempDir
    static Path mounted;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        copy("price");
        copy("notice");
        write("connectors/counter/connector.yaml", """
                system: counter
                label: the counter
                says: [built]
                signature: { headers: [X-Signature], encoding: hex }
                # end
                """);
        write("connectors/counter/door.camel.yaml", """
                - route:
                    id: counter.capture
                    group: counter
                    description: Takes what the counter says.
                    autoStartup: "{{startsIn:capture}}"
                    errorHandler: { noErrorHandler: {} }
                    from:
                      uri: platform-http:/capture/counter/{connection}
                      parameters: { httpMethodRestrict: POST }
                      steps:
                        - setVariables:
                            variables:
                              - { name: system, constant: counter }
                              - { name: source, header: connection }
                              - { name: topic, simple: '${variable.receivedHeaders[X-Topic]}' }
                              - { name: webhookId, simple: '${variable.receivedHeaders[X-Id]}' }
                        - to: direct:capture.door
                - route:
                    id: counter.name
                    group: counter
                    description: Says what it is about.
                    errorHandler: { noErrorHandler: {} }
                    from:
                      uri: direct:counter.name
                      steps:
                        - choice:
                            when:
                              - simple: ${variable.topic} == 'prices'
                                steps:
                                  - setVariable: { name: type, constant: price }
                            otherwise:
                              steps:
                                - setVariable: { name: type, constant: notice }
                                - setVariable: { name: about, variable: webhookId }
                        - bean: { ref: naming, method: name }
                        - to: direct:capture
                - route:
                    id: counter.price.map
                    group: counter
                    description: Turns a price of the counter into the canonical price.
                    from:
                      uri: direct:counter.price.map
                      steps:
                        - transform: { jq: { expression: 'resource:connector:counter/price.in.jq' } }
                - route:
                    id: counter.notice.map
                    group: counter
                    description: A notice comes as it is.
                    from:
                      uri: direct:counter.notice.map
                      steps:
                        - transform: { jq: { expression: '.' } }
                # end
                """);
        write("connectors/counter/price.in.jq", """
                { schemaVersion: 1, externalId: .id, amount: .amount, currency: "EUR", updatedAt: .at }
                # end
                """);
        shop = Shop.opens("mounted-type", Map.of("orderweir.connectors.dir", mounted.resolve("connectors").toString(), "orderweir.types.dir", mounted.resolve("types").toString(),
                "orderweir.connections.till.system", "counter", "orderweir.connections.till.secrets", SECRET));
        await("the broker").atMost(LONG).ignoreExceptions().until(() -> says("prices", "first", price("SKU-0", "1.00", "2026-11-27T05:00:00.000Z")) == 202);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void ofARecordTheNewestCountsHoweverItComes() {
        // When a price comes, a newer one, one that is older than both, and the newer one again under another name
        assertEquals(202, says("prices", "p-1", price("SKU-1", "10.00", "2026-11-27T05:00:01.000Z")));
        assertEquals(202, says("prices", "p-2", price("SKU-1", "12.00", "2026-11-27T05:00:02.000Z")));
        assertEquals(202, says("prices", "p-3", price("SKU-1", "9.00", "2026-11-27T05:00:00.000Z")));
        assertEquals(202, says("prices", "p-4", price("SKU-1", "12.00", "2026-11-27T05:00:02.000Z")));
        // Then it has a topic of its own, each is kept, the newest is what counts, and nothing is sent anywhere
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("10.00 noted news of a price 0", "12.00 noted news of a price 1", "9.00 superseded a newer version is known 0"), rows("""
                select concat_ws(' ', p.canonical ->> 'amount', m.state, m.reason, m.repeats)
                from orderweir.message m join orderweir.payload p on p.message_id = m.id
                where m.type = 'price' and m.topic like '%orderweir.captured.price' and p.canonical ->> 'externalId' = 'SKU-1'
                order by m.id""")));
        assertEquals(List.of("till/SKU-1 12.00"), rows("""
                select e.key || ' ' || (p.canonical ->> 'amount') from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id
                where e.type = 'price' and e.key = 'till/SKU-1'"""));
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id where e.type = 'price'"));
        // and a person finds it, and the books balance
        shop.given().when().get("/api/orders/till/SKU-1/timeline").then().statusCode(200).body("key", equalTo("till/SKU-1"));
        await().atMost(LONG).untilAsserted(() -> shop.given().when().get("/api/counts").then().body("l1.balanced", equalTo(true)));
    }

    @Test
    void whatIsNoSuchDocumentIsHeldInItsOwnWordsAndReleasedWithACorrection() {
        // Given
        assertEquals(202, says("prices", "p-5", price("SKU-2", "cheap", "2026-11-27T05:00:01.000Z")));
        await().atMost(LONG).until(() -> !rows(hold("SKU-2")).isEmpty());
        String hold = rows(hold("SKU-2")).get(0);
        shop.given().when().get("/api/holds/" + hold).then().body("reason", equalTo("invalid-document"))
                .body("sentence", equalTo("Price SKU-2: the price 'cheap' is not an amount such as 10.00. Correct it and release."));
        shop.given().accept("text/html").when().get("/holds/" + hold).then().body(containsString("<h1>Price <a")).body(containsString("<label for=\"amount\">price"));
        // When
        shop.given().body(Map.of("changes", List.of(Map.of("path", "amount", "value", "5.00")))).when().post("/api/holds/" + hold + "/release").then().statusCode(200)
                .body("answer", equalTo("Price till/SKU-2: released, nothing changed for any target."));
        // Then
        assertEquals(List.of("5.00 noted"), rows("""
                select (p.canonical ->> 'amount') || ' ' || m.state from orderweir.entity e
                join orderweir.message m on m.id = e.message_id join orderweir.payload p on p.message_id = m.id where e.key = 'till/SKU-2'"""));
    }

    @Test
    void aFactAboutAnOrderWaitsForItWhateverItsTypeIsCalled() {
        // When
        assertEquals(202, says("notices", "n-1", "{\"schemaVersion\":1,\"signal\":\"built\",\"order\":\"#77001\",\"at\":\"2026-11-27T05:00:01.000Z\",\"evidence\":{}}"));
        // Then
        await().atMost(LONG).untilAsserted(() -> assertEquals(1, shop.services.sql().number(
                "select count(*) from orderweir.message m join orderweir.signal s on s.message_id = m.id where m.type = 'notice' and m.state = 'noted' and m.reason like 'waits for #77001%'")));
    }

    private static String hold(String sku) {
        return "select h.id::text from orderweir.hold h join orderweir.message m on m.id = h.message_id join orderweir.entity e on e.id = m.entity_id where e.key = 'till/" + sku + "' and h.closed_at is null";
    }

    private static String price(String sku, String amount, String at) {
        return "{\"id\":\"%s\",\"amount\":\"%s\",\"at\":\"%s\"}".formatted(sku, amount, at);
    }

    private static List<String> rows(String query) {
        return shop.services.sql().rows(query).stream().map(row -> (String) row.values().iterator().next()).toList();
    }

    private static int says(String topic, String id, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(shop.engine.url() + "/capture/counter/till")).header("X-Topic", topic).header("X-Id", id)
                    .header("X-Signature", HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)))).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(String type) throws IOException {
        for (String file : List.of("type.yaml", "schema.json", "words.yaml")) {
            write("types/" + type + "/" + file, Files.readString(TYPE.resolve(type).resolve(file)));
        }
    }

    private static void write(String file, String text) throws IOException {
        Path path = mounted.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
