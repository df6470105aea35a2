package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house with types of its own: prices, of which the newest counts, and notices, which are facts about an order. Nothing but mounted folders says so. */
class MountedTypeIT {

    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    static Path mounted;
    private static Counter counter;
    private static Shop shop;

    @BeforeAll
    static void open() {
        counter = new Counter(mounted);
        shop = Shop.opens("mounted-type", counter.keys());
        await("the broker").atMost(LONG).ignoreExceptions().until(() -> says("prices", "first", Counter.price("SKU-0", "1.00", "2026-11-27T05:00:00.000Z")) == 202);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void ofARecordTheNewestCountsHoweverItComes() {
        // When a price comes, a newer one, one that is older than both, and the newer one again under another name
        assertEquals(202, says("prices", "p-1", Counter.price("SKU-1", "10.00", "2026-11-27T05:00:01.000Z")));
        assertEquals(202, says("prices", "p-2", Counter.price("SKU-1", "12.00", "2026-11-27T05:00:02.000Z")));
        assertEquals(202, says("prices", "p-3", Counter.price("SKU-1", "9.00", "2026-11-27T05:00:00.000Z")));
        assertEquals(202, says("prices", "p-4", Counter.price("SKU-1", "12.00", "2026-11-27T05:00:02.000Z")));
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
        assertEquals(202, says("prices", "p-5", Counter.price("SKU-2", "cheap", "2026-11-27T05:00:01.000Z")));
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

    private static List<String> rows(String query) {
        return shop.services.sql().rows(query).stream().map(row -> (String) row.values().iterator().next()).toList();
    }

    private static int says(String topic, String id, String body) {
        return counter.says(shop.engine.url(), topic, id, body);
    }
}
