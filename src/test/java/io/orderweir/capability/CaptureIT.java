package io.orderweir.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Services;
import io.orderweir.process.Tenant;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store or partner signed is kept byte for byte before it is answered; what nobody signed is turned away. */
@Timeout(90)
class CaptureIT {

    private static final String DOOR = "/capture/shopify/shopify-us";
    private static final String ORDERS = "order";
    private static final String OTHERS = "unknown";
    private static final String SIGNALS = "signal";
    /** What k8s/base/capture.yaml loads: none of it needs a database. */
    private static final String FACTORY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int LIMIT = 2 * 1024 * 1024;
    private static final byte[] ORDER = bytes("{\"id\":5324830114101,\"name\":\"#1201\"}");
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    static Path drop;
    private static Tenant tenant;
    private static Engine engine;

    @BeforeAll
    static void start() {
        tenant = Tenant.named("capture");
        engine = capture("capture").start();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> send(signed(ORDER, "hush")).statusCode(202));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void theTopicsAreMadeOnce() throws IOException {
        try (Stream<String> log = Files.lines(engine.log())) {
            assertEquals(1, log.filter(line -> line.contains("captured topics are there")).count());
        }
    }

    static Stream<Arguments> bodies() {
        byte[] large = new byte[1_000_000];
        java.util.Arrays.fill(large, (byte) 'x');
        return Stream.of(Arguments.of("JSON", ORDER, "application/json"),
                Arguments.of("no content type", ORDER, null),
                Arguments.of("a form by name", bytes("{\"id\":1,\"a\":\"b=c&d=%41+e\"}"), "application/x-www-form-urlencoded"),
                Arguments.of("a form by name with a charset", ORDER, "Application/X-WWW-Form-Urlencoded; charset=iso-8859-1"),
                Arguments.of("a multipart by name", bytes("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"), "multipart/form-data; boundary=x"),
                Arguments.of("text in another charset", bytes("{\"name\":\"Łódź – 東京\"}"), "text/plain; charset=utf-16"),
                Arguments.of("a content type that is none", ORDER, "garbage"),
                Arguments.of("invalid UTF-8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xc3, '"', '}'}, "application/json"),
                Arguments.of("a byte order mark", bytes("\uFEFF{\"id\":1}"), "application/json"),
                Arguments.of("nothing", new byte[0], "application/json"),
                Arguments.of("a NUL", new byte[] {'{', 0, '}', 0}, "application/json"),
                Arguments.of("1 MB", large, "application/json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void whatWasSignedIsKeptByteForByte(String name, byte[] body, String contentType) throws Exception {
        // Given
        Map<String, String> headers = signed(body, "hush");
        RequestSpecification store = contentType == null ? given(headers).noContentType() : Api.bytes(engine.url(), contentType).headers(headers);
        // When, as a store does, it is sent again where the broker was too slow
        ValidatableResponse answer = await().atMost(Duration.ofSeconds(20)).until(() -> store.body(body).when().post(DOOR).then(), said -> said.extract().statusCode() != 503);
        // Then
        String id = "shopify-us:orders/create:" + headers.get("X-Shopify-Webhook-Id");
        answer.statusCode(202).body("id", equalTo(id));
        assertArrayEquals(body, kept(ORDERS).get(id).value());
    }

    @Test
    void theRecordCarriesOurHeadersAndNoneFromOutside() throws Exception {
        // Given
        Map<String, String> headers = signed(ORDER, "hush");
        headers.putAll(Map.of("ce_id", "evil", "kafka.KEY", "evil", "kafka.OVERRIDE_TOPIC", "evil", "CamelHttpPath", "evil", "X-Extra", "evil",
                "X-Shopify-Triggered-At", "2026-01-01T00:00:00.000000Z", "topic", "evil"));
        // When
        send(headers);
        // Then
        ConsumerRecord<String, byte[]> record = kept(ORDERS).get("shopify-us:orders/create:" + headers.get("X-Shopify-Webhook-Id"));
        Map<String, String> found = new HashMap<>();
        for (Header header : record.headers()) {
            found.put(header.key(), new String(header.value(), UTF_8));
        }
        assertTrue(Duration.between(Instant.parse(found.remove("ce_time")), Instant.now()).toMinutes() < 5);
        assertEquals(36, UUID.fromString(found.remove("correlationid")).toString().length());
        assertEquals("shopify-us/5324830114101", record.key());
        assertEquals(Map.of("ce_specversion", "1.0", "ce_id", "shopify-us:orders/create:" + headers.get("X-Shopify-Webhook-Id"),
                "ce_source", "shopify-us", "ce_type", "order", "ce_subject", "shopify-us/5324830114101", "topic", "orders/create",
                "triggeredat", "2026-01-01T00:00:00.000000Z", "old", "true"), found);
    }

    @Test
    void bothHeaderFamiliesAreReadWithoutCase() {
        send(family("x-shopify-", "hush")).statusCode(202);
        send(family("shopify-", "hush")).statusCode(202);
        send(family("SHOPIFY-", "hush")).statusCode(202);
        send(family("shopify-", "wrong")).statusCode(401);
    }

    @Test
    void anythingThatIsNoOrderIsKeptForPeopleToSee() throws Exception {
        Map<String, String> headers = signed(ORDER, "hush");
        headers.put("X-Shopify-Topic", "carts/update");
        send(headers).statusCode(202);
        Map<String, String> without = signed(ORDER, "hush");
        without.remove("X-Shopify-Topic");
        send(without).body("id", equalTo("shopify-us:unknown:" + without.get("X-Shopify-Webhook-Id")));
        assertTrue(kept(OTHERS).keySet().containsAll(Set.of("shopify-us:carts/update:" + headers.get("X-Shopify-Webhook-Id"),
                "shopify-us:unknown:" + without.get("X-Shopify-Webhook-Id"))));
    }

    @Test
    void oldAndNewSecretAreAcceptedAndNothingElse() {
        send(signed(ORDER, "hush")).statusCode(202);
        send(signed(ORDER, "before")).statusCode(202);
        byte[] changed = ORDER.clone();
        changed[9] ^= 1;
        Map<String, String> none = signed(ORDER, "hush");
        none.remove("X-Shopify-Hmac-Sha256");
        for (ValidatableResponse refused : List.of(send(signed(ORDER, "wrong")), given(signed(ORDER, "hush")).body(changed).when().post(DOOR).then(), send(none))) {
            refused.statusCode(401).body("error", equalTo("no secret of a connection of this name made the signature"));
        }
    }

    @Test
    void partnersThatSignTheTimeAreKeptAsSignalsUnlessItIsTooLongAgo() throws Exception {
        // Given
        String id = UUID.randomUUID().toString();
        byte[] payment = bytes("{\"id\":\"evt_" + id + "\",\"created\":1,\"type\":\"payment_intent.succeeded\"}");
        byte[] built = bytes("{\"type\":\"work-order.built\",\"timestamp\":\"2026-11-21T13:00:00Z\",\"data\":{}}");
        long now = Instant.now().getEpochSecond();
        // When
        for (String secret : List.of("whsec_now", "whsec_before")) {
            partner("stripe/stripe-us", payment, stripe(payment, secret, now)).statusCode(202);
        }
        ValidatableResponse old = partner("stripe/stripe-us", payment, stripe(payment, "whsec_now", now - 400));
        ValidatableResponse unsigned = partner("stripe/stripe-us", payment, Map.of());
        ValidatableResponse message = partner("factory/factory-leeds", built, factory(built, now, "msg_" + id));
        // Then
        old.statusCode(401).body("error", containsString("more than 5 minutes ago"));
        unsigned.statusCode(401).body("error", equalTo("no secret of a connection of this name made the signature"));
        message.statusCode(202).body("id", equalTo("factory-leeds:work-order.built:msg_" + id));
        List<ConsumerRecord<String, byte[]>> signals = all(SIGNALS).stream().filter(record -> record.key().contains(id)).toList();
        assertEquals(List.of("factory-leeds/msg_" + id, "stripe-us/evt_" + id, "stripe-us/evt_" + id), signals.stream().map(ConsumerRecord::key).sorted().toList());
        assertEquals(2, signals.stream().filter(record -> java.util.Arrays.equals(payment, record.value())).count());
    }

    @Test
    void aDroppedFileIsKeptAndPutAway() throws Exception {
        // Given
        Path approved = Files.createDirectories(drop.resolve("approved"));
        Files.writeString(approved.resolve("web-1-2_A.step.sha256"), "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  web-1-2_A.step\n");
        // When
        Files.writeString(approved.resolve("web-1-2_A.step.part"), "test");
        Files.move(approved.resolve("web-1-2_A.step.part"), approved.resolve("web-1-2_A.step"));
        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(drop.resolve("done/approved/web-1-2_A.step.sha256")));
        assertTrue(all(SIGNALS).stream().anyMatch(record -> new String(record.value(), UTF_8).contains("\"reference\":\"web-1-2\"")));
    }

    @Test
    void anUnknownDoorOrMethodIsNamedAndAConnectionIsNot() throws Exception {
        for (String path : List.of("/capture/unknown/shopify-us", "/capture")) {
            given(signed(ORDER, "hush")).body(ORDER).when().post(path).then().statusCode(404).body("error", startsWith("there is no "));
        }
        // which names there are is told to nobody
        for (String path : List.of("/capture/shopify/nobody", "/capture/shopify/wms")) {
            given(signed(ORDER, "hush")).body(ORDER).when().post(path).then().statusCode(401).body("error", startsWith("no secret of a connection of this name "));
        }
        given(Map.of()).when().get(DOOR).then().statusCode(405).header("Allow", "POST");
    }

    @Test
    void aBodyAnnouncedAsLargerThanTheLimitIsRefusedBeforeItIsSent() throws Exception {
        assertTooLarge(raw("Content-Length: " + (LIMIT + 1), new byte[0]));
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedAtTheLimit() throws Exception {
        // the end is never sent: the answer must not wait for it
        byte[] chunk = bytes(Integer.toHexString(LIMIT + 1) + "\r\n" + "x".repeat(LIMIT + 1));
        assertTooLarge(raw("Transfer-Encoding: chunked", chunk));
    }

    @Test
    void aStoppedBrokerMeans503WithinThreeSecondsAndNever2xx() {
        // Given more senders than the engine has threads, their connections open
        together(300, new ArrayList<>());
        tenant.services().pauseBroker();
        List<HttpResponse<String>> answers;
        long slowest;
        try {
            // When
            List<Long> millis = new ArrayList<>();
            answers = together(300, millis);
            slowest = millis.stream().mapToLong(Long::longValue).max().orElseThrow();
        } finally {
            tenant.services().resumeBroker();
        }
        // Then
        for (HttpResponse<String> answer : answers) {
            assertEquals(503, answer.statusCode());
            assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
        }
        assertTrue(slowest < 3000, "slowest answer after " + slowest + " ms");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> send(signed(ORDER, "hush")).statusCode(202));
    }

    @Test
    void everyAcceptedOrderOfManySendersIsThereOnce() throws Exception {
        // When
        List<HttpResponse<String>> answers = together(500, new ArrayList<>());
        // Then
        Set<String> accepted = new TreeSet<>();
        answers.stream().filter(answer -> answer.statusCode() == 202).forEach(answer -> accepted.add(answer.body().split("\"")[3]));
        assertTrue(accepted.size() > 400, accepted.size() + " of 500 accepted");
        assertTrue(kept(ORDERS).keySet().containsAll(accepted));
    }

    @Test
    void aStartBeforeTheBrokerAnswers503UntilItIsThere() {
        // Given
        Services late = Services.later("capture-late");
        try (Engine early = configured(Engine.named("capture-late").broker(late.kafka())).start()) {
            Api.at(early.url()).headers(signed(ORDER, "hush")).body(ORDER).when().post(DOOR).then().statusCode(503);
            // When
            late.start();
            // Then
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                    Api.at(early.url()).headers(signed(ORDER, "hush")).body(ORDER).when().post(DOOR).then().statusCode(202));
        } finally {
            late.close();
        }
    }

    private static Engine capture(String name) {
        return configured(Engine.named(name).broker(tenant.kafka()).with("orderweir.topics.prefix", tenant.prefix()));
    }

    private static Engine configured(Engine engine) {
        return engine.roles("capture").with("quarkus.datasource.active", false).with("quarkus.hibernate-orm.active", false)
                .with("quarkus.flyway.active", false).with("orderweir.connections.wms.system", "wms")
                .with("orderweir.connections.drawings.system", "drawings")
                .with("orderweir.connections.drawings.settings.directory", drop.toString())
                .with("orderweir.connections.stripe-us.system", "stripe").env("ORDERWEIR_CONNECTIONS_STRIPE_US_SECRETS", "whsec_now,whsec_before")
                .with("orderweir.connections.factory-leeds.system", "factory").env("ORDERWEIR_CONNECTIONS_FACTORY_LEEDS_SECRETS", FACTORY)
                .with("orderweir.connections.shopify-us.system", "shopify").env("ORDERWEIR_CONNECTIONS_SHOPIFY_US_SECRETS", "hush,before");
    }

    private static void assertTooLarge(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.endsWith("{\"error\":\"the body is larger than orderweir.capture.max-body\"}"), answer);
    }

    /** A socket instead of the JDK's client, which waits for ever when it is answered before it has sent everything. */
    private static String raw(String length, byte[] body) throws Exception {
        URI uri = URI.create(engine.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes("POST " + DOOR + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + length + "\r\n\r\n"));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** Many at the same moment, each with a connection that stays: what a client for one request after the other cannot do. */
    private static List<HttpResponse<String>> together(int senders, List<Long> millis) {
        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, senders).mapToObj(i -> {
            long start = System.nanoTime();
            Map<String, String> headers = signed(ORDER, "hush");
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engine.url() + DOOR)).timeout(Duration.ofSeconds(20)).POST(HttpRequest.BodyPublishers.ofByteArray(ORDER));
            headers.forEach(request::header);
            return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                synchronized (millis) {
                    millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                }
            });
        }).toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static RequestSpecification given(Map<String, String> headers) {
        return Api.at(engine.url()).headers(headers);
    }

    private static ValidatableResponse send(Map<String, String> headers) {
        return given(headers).body(ORDER).when().post(DOOR).then();
    }

    private static Map<String, String> signed(byte[] body, String secret) {
        return signed(body, secret, "X-Shopify-");
    }

    private static Map<String, String> family(String prefix, String secret) {
        return signed(ORDER, secret, prefix);
    }

    private static Map<String, String> signed(byte[] body, String secret, String prefix) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            return new HashMap<>(Map.of(prefix + "Hmac-Sha256", Base64.getEncoder().encodeToString(mac.doFinal(body)),
                    prefix + "Topic", "orders/create", prefix + "Webhook-Id", UUID.randomUUID().toString()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ValidatableResponse partner(String door, byte[] body, Map<String, String> headers) {
        return given(headers).body(body).when().post("/capture/" + door).then();
    }

    private static Map<String, String> stripe(byte[] body, String secret, long at) throws Exception {
        return Map.of("Stripe-Signature", "t=" + at + ",v1=" + HexFormat.of().formatHex(hmac(bytes(secret), at + ".", body)));
    }

    private static Map<String, String> factory(byte[] body, long at, String id) throws Exception {
        byte[] key = Base64.getDecoder().decode(FACTORY.substring("whsec_".length()));
        return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(at), "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(hmac(key, id + "." + at + ".", body)));
    }

    private static byte[] hmac(byte[] key, String before, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(bytes(before));
        return mac.doFinal(body);
    }

    /** Everything on the topic of that type now, by ce_id; a name that is there twice fails. */
    private static Map<String, ConsumerRecord<String, byte[]>> kept(String type) {
        Map<String, ConsumerRecord<String, byte[]>> found = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : all(type)) {
            String id = new String(record.headers().lastHeader("ce_id").value(), UTF_8);
            assertNull(found.put(id, record), id + " is there twice");
        }
        assertFalse(found.isEmpty());
        return found;
    }

    private static List<ConsumerRecord<String, byte[]>> all(String type) {
        String topic = tenant.topic(type);
        // the end of a topic is not waited at
        Map<String, Object> settings = new HashMap<>(tenant.kafka());
        settings.putAll(Map.of("isolation.level", "read_committed", "fetch.max.wait.ms", 20));
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(p -> new TopicPartition(topic, p.partition())).toList();
            assertEquals(12, partitions.size());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
