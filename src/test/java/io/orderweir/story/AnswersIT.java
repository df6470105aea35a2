package io.orderweir.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Api;
import io.orderweir.process.LoudTarget;
import io.orderweir.process.LoudTarget.Answer;
import io.orderweir.process.LoudTarget.Request;
import io.orderweir.process.LoudTarget.Speech;
import io.orderweir.process.Sql;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a target answers is read so far and so long as was agreed, and what is kept of it holds no secret, whatever the target does.
 *
 * <p>A warehouse answered 200 and never stopped: one String took all memory, and nothing was delivered there any more until somebody restarted. One that sent a
 * byte a second was called ten times at once where five were agreed, because its leases ended before its calls. One that repeats our headers put its token
 * into the hold, into the log of calls, into the log, and on every viewer's page.
 */
class AnswersIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int AT_ONCE = 5;
    private static final int MB = 1 << 20;
    private static final String TOKEN = "CANARY-wms/tok+en=\"q\"&<7>-secret";
    private static final String KEY = "CANARY-consumer-key";
    /** What a secret begins with, in each way of writing it that somebody may find it by; base64 of three bytes has three beginnings. */
    private static final List<String> FOUND = List.of("canary", HexFormat.of().formatHex("CANARY".getBytes(UTF_8)), "q0fOQVJZ", "NBTkFSW", "DQU5BUl");

    private static volatile Function<Request, Speech> warehouseDoes;
    private static volatile Function<Request, Speech> erpDoes;
    private static LoudTarget erp;
    private static LoudTarget warehouse;
    private static Shop shop;

    @BeforeAll
    static void open() {
        erp = LoudTarget.speaking(request -> erpDoes.apply(request));
        warehouse = LoudTarget.speaking(request -> warehouseDoes.apply(request));
        asAgreed();
        shop = Shop.opens("answers", vendors -> Map.ofEntries(
                entry("netsuite.url", erp.url()), entry("netsuite.settings.totals", "unread"), entry("netsuite.credentials.consumer-key", KEY),
                entry("wms.url", warehouse.url()), entry("wms.credentials.token", TOKEN), entry("wms.timeout", "2S"), entry("wms.settles-within", "3S")));
        await("the broker").atMost(LONG).ignoreExceptions().untilAsserted(() -> shop.sends("{\"id\":0}".getBytes(UTF_8), "carts/update"));
    }

    @AfterAll
    static void close() {
        shop.close();
        erp.close();
        warehouse.close();
    }

    @BeforeEach
    void bothDoAsAgreed() {
        asAgreed();
    }

    @Test
    void anAnswerWithoutAnEndIsCutAndStopsNobody() {
        // Given a warehouse that says yes and never stops
        warehouseDoes = request -> request.asked().startsWith("GET") ? none() : out -> {
            byte[] more = "x".repeat(1 << 16).getBytes(UTF_8);
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"id\":\"F-9\",\"pad\":\"".getBytes(UTF_8));
            while (true) {
                out.write(more);
            }
        };
        // When
        long before = delivered();
        sells(6);
        await().atMost(LONG).untilAsserted(() -> assertTrue(number("select count(*) from orderweir.call_log where connection = 'wms' and status = 200 and outcome = 'unsure'"
                + " and reason like '%cut%'") >= 6));
        // Then it was no success, little of it is kept, and the others went on
        assertEquals(0, number("select count(*) from orderweir.lane where remote_id = 'F-9'"));
        assertKeptShort();
        assertAlive();
        // and when it answers as agreed again, everything is delivered
        asAgreed();
        await().atMost(LONG).untilAsserted(() -> assertEquals(before + 12, delivered()));
    }

    @Test
    void anAnswerThatIsTooLargeIsNoYesAndNoNo() {
        // Given one that answers with 20 MB, whatever it is asked
        String pad = "a".repeat(20 * MB);
        warehouseDoes = request -> request.asked().startsWith("GET") ? new Answer(200, List.of(), "{\"fulfilments\":[],\"pad\":\"" + pad + "\"}")
                : new Answer(201, List.of(), "{\"id\":\"F-20\",\"pad\":\"" + pad + "\"}");
        // When
        long before = delivered();
        long since = number("select coalesce(max(id), 0) from orderweir.call_log");
        sells(1);
        await().atMost(LONG).untilAsserted(() -> assertTrue(number("select count(*) from orderweir.call_log where connection = 'wms' and verb = 'find' and id > ?", since) >= 1));
        // Then
        assertEquals(0, number("select count(*) from orderweir.call_log where connection = 'wms' and outcome <> 'unsure' and id > ?", since));
        assertEquals(0, number("select count(*) from orderweir.lane where remote_id = 'F-20'"));
        assertKeptShort();
        asAgreed();
        await().atMost(LONG).untilAsserted(() -> assertEquals(before + 2, delivered()));
    }

    @Test
    void anAnswerThatDripsEndsWithTheTimeOfTheCallAndTheLimitHolds() {
        // Given one that sends a byte now and then, for ever
        warehouseDoes = request -> request.asked().startsWith("GET") ? none() : out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            while (true) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        };
        // When more is sent than it may have at once
        long before = delivered();
        int asked = warehouse.requests.size();
        sells(12);
        await().atMost(LONG).untilAsserted(() -> assertTrue(creates(asked) >= 3 * AT_ONCE, () -> creates(asked) + " creates"));
        // Then
        assertTrue(warehouse.mostAtOnce() <= AT_ONCE, () -> "it was called " + warehouse.mostAtOnce() + " times at once");
        assertEquals(0, number("select count(*) from orderweir.call_log where connection = 'wms' and (expired or ended_at > called_at + interval '4 s')"));
        asAgreed();
        await().atMost(LONG).untilAsserted(() -> assertEquals(before + 24, delivered()));
        assertTrue(warehouse.mostAtOnce() <= AT_ONCE, () -> "it was called " + warehouse.mostAtOnce() + " times at once");
    }

    @Test
    void aTargetThatRepeatsOurSecretsPutsThemNowhere() throws IOException {
        // Given a warehouse, and an ERP, that answer with what they were sent, in every way of writing it
        warehouseDoes = request -> new Answer(400, List.of("Content-Type: application/json", "X-You-Sent: " + TOKEN), written(TOKEN, header(request, "Authorization")));
        long before = number("select count(*) from orderweir.hold where closed_at is null");
        JsonNode first = shop.sells(Map.of(), false);
        await().atMost(LONG).untilAsserted(() -> assertEquals(before + 1, number("select count(*) from orderweir.hold where closed_at is null")));
        erpDoes = request -> new Answer(400, List.of("Content-Type: text/plain"), String.join("\n", request.headers()) + "\n" + written(KEY, KEY));
        JsonNode second = shop.sells(Map.of(), false);
        await().atMost(LONG).untilAsserted(() -> assertEquals(before + 2, number("select count(*) from orderweir.hold where closed_at is null")));
        // and they were really sent, or nothing would be hidden here
        assertTrue(number("select count(*) from orderweir.call_log where status = 400 and answer like '%•••%'") >= 2);

        // Then a viewer reads them on no page and in no answer, nor does who sees everything
        shop.given().body(Map.of("name", "Vera", "role", "viewer")).when().post("/api/people").then().statusCode(200);
        String viewer = shop.given().body(Map.of("label", "tests", "days", 1)).when().post("/api/people/Vera/tokens").then().statusCode(200).extract().path("token");
        Map<String, String> found = new TreeMap<>();
        int read = 0;
        for (String path : readable(first, second)) {
            for (String token : List.of(viewer, shop.token)) {
                String said = Api.at(shop.engine.url(), token).urlEncodingEnabled(false).accept(ContentType.ANY).when().get(path).asString();
                read += said.contains("•••") ? 1 : 0;
                look(path, said, found);
            }
        }
        assertTrue(read >= 4, "the pages show nothing of these answers");
        // and neither the log nor a table has them
        look("the log", Files.readString(shop.engine.log()), found);
        for (Map<String, Object> table : sql().rows("select tablename from pg_tables where schemaname = 'orderweir'")) {
            sql().rows("select t::text as row from orderweir." + table.get("tablename") + " t").forEach(row -> look("table " + table.get("tablename"), (String) row.get("row"), found));
        }
        assertEquals(Map.of(), found);
    }

    /** One secret in each of its encodings, the first of them where a sentence would quote it. */
    private static String written(String secret, String header) {
        Map<String, String> ways = new LinkedHashMap<>();
        String url = URLEncoder.encode(secret, UTF_8);
        ways.put("youSent", header);
        ways.put("url", url);
        ways.put("urlInSmall", url.replace("%2B", "%2b").replace("%2F", "%2f").replace("%3D", "%3d"));
        ways.put("base64", Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
        ways.put("basic", "Basic " + Base64.getEncoder().encodeToString(("us:" + secret).getBytes(UTF_8)));
        ways.put("basicToo", "Basic " + Base64.getUrlEncoder().withoutPadding().encodeToString(("u:" + secret).getBytes(UTF_8)));
        ways.put("hex", HexFormat.of().formatHex(secret.getBytes(UTF_8)));
        ways.put("hexInCapitals", HexFormat.of().withUpperCase().formatHex(secret.getBytes(UTF_8)));
        ways.put("jsonInJson", "{\"token\":\"" + escaped(secret).replace("/", "\\/") + "\"}");
        ways.put("unicode", "'" + secret.replace("C", "\\u0043") + "'");
        List<String> members = new ArrayList<>();
        ways.forEach((name, value) -> members.add("\"" + name + "\":\"" + escaped(value) + "\""));
        return "{" + String.join(",", members) + "}";
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String header(Request request, String name) {
        return request.headers().stream().filter(line -> line.startsWith(name + ": ")).findFirst().orElse("no " + name);
    }

    private static void look(String where, String said, Map<String, String> found) {
        String text = said.toLowerCase();
        FOUND.stream().filter(secret -> text.contains(secret.toLowerCase())).forEach(secret -> {
            int at = text.indexOf(secret.toLowerCase());
            found.put(where + " has " + secret, said.substring(Math.max(0, at - 60), Math.min(said.length(), at + 80)));
        });
    }

    /** Everything that a viewer may read, about these orders where it is about one. */
    private static List<String> readable(JsonNode... orders) {
        List<String> paths = new ArrayList<>();
        for (String endpoint : Endpoints.ROLES.keySet()) {
            if (endpoint.startsWith("GET /") && Endpoints.ROLES.get(endpoint).equals("viewer") && !endpoint.equals("GET /live/flow")) {
                paths.add(endpoint.substring(4));
            }
        }
        List<String> all = new ArrayList<>();
        for (String path : paths) {
            if (path.contains("{order:.+}")) {
                for (JsonNode order : orders) {
                    all.add(path.replace("{order:.+}", "shopify-us/" + order.path("id").asText()));
                }
            } else if (path.contains("{id}")) {
                String table = path.contains("messages") ? "message" : path.contains("work") ? "hold_job" : "hold";
                sql().rows("select id from orderweir." + table).forEach(row -> all.add(path.replace("{id}", row.get("id").toString())));
            } else {
                all.add(path.replace("{build}", "1").replace("{gate}", "payment"));
            }
        }
        return all;
    }

    private static void asAgreed() {
        erpDoes = request -> new Answer(204, List.of("Location: /services/rest/record/v1/salesOrder/4711"), "");
        warehouseDoes = request -> request.asked().startsWith("GET") ? none() : new Answer(201, List.of(), "{\"id\":\"F-1\"}");
    }

    private static Answer none() {
        return new Answer(200, List.of(), "{\"fulfilments\":[]}");
    }

    private static void sells(int orders) {
        for (int order = 0; order < orders; order++) {
            shop.sells(Map.of(), false);
        }
    }

    private static long creates(int since) {
        return warehouse.requests.stream().skip(since).filter(request -> request.startsWith("POST")).count();
    }

    private static void assertKeptShort() {
        assertEquals(0, number("select count(*) from orderweir.call_log where octet_length(answer) > 65536 + 200"));
    }

    private static void assertAlive() {
        Api.at(shop.engine.url()).when().get("/q/health/live").then().statusCode(200);
    }

    private static long delivered() {
        return number("select count(*) from orderweir.delivery where state in ('delivered', 'confirmed')");
    }

    private static Map.Entry<String, String> entry(String key, String value) {
        return Map.entry("orderweir.connections." + key, value);
    }

    private static Sql sql() {
        return shop.services.sql();
    }

    private static long number(String query, Object... values) {
        return sql().number(query, values);
    }
}
