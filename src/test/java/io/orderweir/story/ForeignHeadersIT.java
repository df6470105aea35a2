package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.house.ForeignNames;
import io.orderweir.process.Api;
import io.orderweir.process.LoudTarget;
import io.orderweir.process.LoudTarget.Answer;
import io.orderweir.process.Sql;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever targets, webhooks, programs and people call their headers: none is an input. Every name that means something inside is said at every door, in odd capitals and twice,
 * with the value {@code stolen}; what happens is what happens without.
 *
 * <p>A target behind a common server answered {@code Connection: keep-alive}, and the permits of a connection of that name were given back: those of the target stayed taken.
 */
class ForeignHeadersIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String STOLEN = "stolen";
    private static final String KEY = "b3VyIGZpbmFuY2UncyBzZWNyZXQ=";
    /** As many as a server takes in one request. */
    private static final int AT_ONCE = 50;

    private static LoudTarget erp;
    private static LoudTarget warehouse;
    private static Shop shop;

    @BeforeAll
    static void open() {
        List<String> loud = new ArrayList<>();
        for (int twice = 0; twice < 2; twice++) {
            ForeignNames.all().forEach(name -> loud.add(name + ": " + STOLEN));
        }
        erp = LoudTarget.that(request -> new Answer(204, and(loud, "Location: /services/rest/record/v1/salesOrder/4711"), ""));
        warehouse = LoudTarget.that(request -> request.startsWith("GET") ? new Answer(200, loud, "{\"fulfilments\":[]}") : new Answer(201, loud, "{\"id\":\"F-1\"}"));
        shop = Shop.opens("foreign-headers", vendors -> Map.ofEntries(
                entry("netsuite.url", erp.url()), entry("netsuite.settings.totals", "unread"), entry("wms.url", warehouse.url()), entry("stripe.system", "stripe"), entry("stripe.secrets", "whsec_money"),
                entry("factory.system", "factory"), entry("factory.secrets", "whsec_" + KEY), entry("erp-finance.system", "signals"), entry("erp-finance.may-say", "payment"), entry("erp-finance.secrets", "whsec_" + KEY)));
        await("the broker").atMost(LONG).ignoreExceptions().untilAsserted(() -> shop.sends(bytes("{\"id\":0}"), "carts/update"));
    }

    @AfterAll
    static void close() {
        shop.close();
        erp.close();
        warehouse.close();
    }

    @Test
    void whatTargetsAnswerWithSteersNothing() {
        // When more is sent than the targets take at once, so that permits have to come back
        for (int order = 0; order < 12; order++) {
            shop.sells(Map.of(), false);
        }

        // Then
        await().atMost(LONG).untilAsserted(() -> assertEquals(24, number("select count(*) from orderweir.delivery where state = 'delivered'")));
        assertEquals(List.of(), sql().rows("select * from orderweir.hold where delivery_id is not null"));
        assertEquals(2, number("select count(*) from orderweir.connection_state where connection in ('netsuite', 'wms') and succeeded_at > '-infinity'"));
        assertEquals(0, number("select count(*) from orderweir.permit where holder is not null"));
        assertEquals(12, number("select count(*) from orderweir.lane where connection = 'netsuite' and remote_id = '4711'"));
        assertEquals(12, number("select count(*) from orderweir.lane where connection = 'wms' and remote_id = 'F-1'"));
        assertEquals(24, number("select count(*) from orderweir.call_log where purpose = 'deliver' and outcome = 'done' and status in (201, 204)"));
        assertNoneStolen();
        // and a person's test of them is answered as it is
        assertEquals("accepted", shop.tests("wms").extract().path("verdict"));
    }

    @Test
    void whatWebhooksBringSteersNothing() {
        for (List<String> some : chunks(ForeignNames.all())) {
            long now = Instant.now().getEpochSecond();
            String id = UUID.randomUUID().toString();
            byte[] order = bytes("{\"id\":0,\"about\":\"" + id + "\"}");
            byte[] payment = bytes("{\"id\":\"evt_" + id + "\",\"type\":\"payout.paid\"}");
            byte[] message = bytes("{\"type\":\"capacity.changed\"}");
            byte[] signal = bytes("{\"signal\":\"finance-approved\",\"order\":\"#0\",\"at\":\"2026-11-21T12:59:50Z\",\"evidence\":{\"approvedBy\":\"accounts\"}}");

            // When
            List<Answered> answers = List.of(
                    send("shopify/shopify-us", order, some, "X-Shopify-Hmac-Sha256", base64(hmac(bytes("hush"), text(order))), "X-Shopify-Topic", "carts/update", "X-Shopify-Webhook-Id", id),
                    send("stripe/stripe", payment, some, "Stripe-Signature", "t=" + now + ",v1=" + HexFormat.of().formatHex(hmac(bytes("whsec_money"), now + "." + text(payment)))),
                    send("factory/factory", message, some, "webhook-id", id, "webhook-timestamp", "" + now, "webhook-signature", standard(id, now, message)),
                    send("signals/erp-finance", signal, some, "webhook-id", id, "webhook-timestamp", "" + now, "webhook-signature", standard(id, now, signal)));

            // Then
            assertEquals(List.of("{\"id\":\"shopify-us:carts/update:" + id + "\"}", "{\"id\":\"stripe:payout.paid:evt_" + id + "\"}",
                    "{\"id\":\"factory:capacity.changed:" + id + "\"}", "{\"id\":\"erp-finance:finance-approved:" + id + "\"}"),
                    answers.stream().map(answer -> answer.text()).toList(), () -> "with the headers " + some);
            await().atMost(LONG).untilAsserted(() -> assertEquals(4, number("select count(*) from orderweir.message where ce_id like '%' || ? || '%'", id)));
        }
        assertNoneStolen();
    }

    @Test
    void aQueryAtADoorIsNoHeader() {
        byte[] order = bytes("{\"id\":0}");
        String signature = base64(hmac(bytes("hush"), text(order)));
        Answered answer = send("shopify/shopify-us?X-Shopify-Topic=stolen&X-Shopify-Webhook-Id=stolen&connection=stolen", order, List.of(), "X-Shopify-Hmac-Sha256", signature);
        assertTrue(answer.id().matches("shopify-us:unknown:[0-9a-f]{64}"), answer::toString);
        assertEquals(401, send("shopify/shopify-us?X-Shopify-Hmac-Sha256=" + signature.replace("+", "%2B"), order, List.of()).status());
    }

    @Test
    void whatRecordsBringSteersNothing() throws Exception {
        // Given
        String id = UUID.randomUUID().toString();
        String topic = shop.services.prefix() + "orderweir.captured.unknown";
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, "shopify-us/" + id, bytes("{\"id\":0}"));
        Map.of("ce_id", id, "ce_source", "shopify-us", "ce_type", "unknown", "ce_subject", "shopify-us/" + id, "correlationid", id).forEach((name, value) -> record.headers().add(name, bytes(value)));
        ForeignNames.all().forEach(name -> record.headers().add(name, bytes(STOLEN)).add(name, bytes(STOLEN)));

        // When
        try (KafkaProducer<String, byte[]> somebody = new KafkaProducer<>(shop.services.kafka(), new StringSerializer(), new ByteArraySerializer())) {
            somebody.send(record).get();
        }

        // Then
        await().atMost(LONG).untilAsserted(() -> assertEquals(1, number("select count(*) from orderweir.message where ce_id = ? and topic = ?", id, topic)));
        assertNoneStolen();
    }

    @Test
    void whatProgramsAndPeopleSendSteersNothing() {
        for (List<String> some : chunks(ForeignNames.all())) {
            // When
            Answered paused = api("/api/connections/wms/pause", some, "{\"reason\":\"stock count\"}");
            Answered resumed = api("/api/connections/wms/resume", some, "{}");
            Answered none = api("/api/holds/999999/discard", some, "{\"reason\":\"a test\"}");
            Answered page = Answered.of(with(some, Api.at(shop.engine.url(), shop.token)).get("/connections"));

            // Then
            assertEquals(List.of(200, 200, 404, 200), List.of(paused.status(), resumed.status(), none.status(), page.status()), () -> "with the headers " + some);
        }
        // and with the same names as parameters
        String query = String.join("&", ForeignNames.all().stream().filter(name -> name.matches("\\w+")).limit(AT_ONCE).map(name -> name + "=" + STOLEN).toList());
        assertEquals(200, api("/api/connections/wms/pause?" + query, List.of(), "{\"reason\":\"stock count\"}").status());
        assertEquals(200, api("/api/connections/wms/resume?" + query, List.of(), "{}").status());
        assertEquals(0, number("select count(*) from orderweir.connection_state where paused_at is not null"));
        assertNoneStolen();
    }

    private static Map.Entry<String, String> entry(String key, String value) {
        return Map.entry("orderweir.connections." + key, value);
    }

    /** In no column of no table: what anybody said is nowhere taken for anything. */
    private static void assertNoneStolen() {
        List<String> found = new ArrayList<>();
        for (Map<String, Object> table : sql().rows("select tablename from pg_tables where schemaname = 'orderweir'")) {
            if (number("select count(*) from orderweir." + table.get("tablename") + " t where t::text ilike ?", "%" + STOLEN + "%") > 0) {
                found.add(table.get("tablename").toString());
            }
        }
        assertEquals(List.of(), found);
    }

    private static Answered send(String door, byte[] body, List<String> foreign, String... own) {
        RequestSpecification request = with(foreign, Api.at(shop.engine.url()).urlEncodingEnabled(false));
        for (int i = 0; i < own.length; i += 2) {
            request.header(own[i], own[i + 1]);
        }
        return Answered.of(request.body(body).post("/capture/" + door));
    }

    private static Answered api(String path, List<String> foreign, String body) {
        return Answered.of(with(foreign, Api.at(shop.engine.url(), shop.token).urlEncodingEnabled(false)).body(body).post(path));
    }

    private record Answered(int status, String text) {
        static Answered of(Response response) {
            return new Answered(response.statusCode(), response.asString());
        }

        String id() {
            return JsonPath.from(text).getString("id");
        }
    }

    /** Each twice. */
    private static RequestSpecification with(List<String> foreign, RequestSpecification request) {
        foreign.forEach(name -> request.header(name, STOLEN).header(name, STOLEN));
        return request;
    }

    private static List<List<String>> chunks(List<String> names) {
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            chunks.add(names.subList(from, Math.min(names.size(), from + AT_ONCE)));
        }
        return chunks;
    }

    private static List<String> and(List<String> lines, String more) {
        List<String> all = new ArrayList<>(lines);
        all.add(more);
        return all;
    }

    private static Sql sql() {
        return shop.services.sql();
    }

    private static long number(String query, Object... values) {
        return sql().number(query, values);
    }

    private static String standard(String id, long seconds, byte[] body) {
        return "v1," + base64(hmac(Base64.getDecoder().decode(KEY), id + "." + seconds + "." + text(body)));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
