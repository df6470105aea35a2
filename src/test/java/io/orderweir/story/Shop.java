package io.orderweir.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.process.Account;
import io.orderweir.process.Engine;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Tenant;
import io.orderweir.process.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A store, an ERP and a warehouse with Orderweir between them, each a process of its own; a person talks to it with her token. */
final class Shop implements AutoCloseable {
    static final String PERSON = "Ann";
    private static final String SECRET = "hush";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Status and body of an answer. */
    record Answer(int status, JsonNode body) {
    }

    final Tenant services;
    final Sandbox sandbox;
    final Engine engine;
    final String token;
    private final Described described;

    private Shop(String name, Path drawings, Function<Sandbox, Map<String, String>> more) {
        services = Tenant.named(name);
        sandbox = Sandbox.shared();
        engine = Engine.named(name).on(services).with("orderweir.console.admin", PERSON).with("orderweir.console.admin-password", Token.PASSWORD)
                .with(atOnce(Account.netsuite(sandbox.url()))).with(atOnce(Account.wms(sandbox.url())));
        Account store = Account.shop("shopify-us", SECRET);
        if (drawings != null) {
            engine.with(atOnce(Account.design(sandbox.url())));
            engine.with(atOnce(Account.factory(sandbox.url())).with("settings.no-capacity-wait", "1").with("settings.drawings-url", engine.url() + "/drawings"));
            store.with("url", sandbox.url() + "/shopify").with("label", "the store").with("credentials.token", "sandbox-shopify-token").with("settings.none-yet-wait", "1")
                    .with("plan", "standard");
            engine.with(Account.payments(sandbox.url(), "whsec_sandbox")).with(Account.drawings(drawings));
        }
        engine.with(store);
        more.apply(sandbox).forEach(engine::with);
        engine.start();
        token = Token.of(engine.url(), PERSON);
        described = new Described(engine.url());
        if (drawings != null) {
            sandbox.post("/sandbox/settings", Map.of("stripe", Map.of("target", engine.url() + "/capture/stripe/stripe"),
                    "factory", Map.of("target", engine.url() + "/capture/factory/factory"),
                    "design", Map.of("directory", drawings.toString(), "drawMs", 200)));
        }
    }

    static Shop opens(String name) {
        return new Shop(name, null, vendors -> Map.of());
    }

    /** With more keys of the configuration. */
    static Shop opens(String name, Map<String, String> more) {
        return new Shop(name, null, vendors -> more);
    }

    /** With more keys, which may name the vendors' addresses. */
    static Shop opens(String name, Function<Sandbox, Map<String, String>> more) {
        return new Shop(name, null, more);
    }

    /** With a payment provider, a design desk that leaves its drawings in a folder, and a factory. */
    static Shop opensWithAFactory(String name) {
        try {
            Path drawings = Files.createTempDirectory("drawings-");
            for (String folder : List.of("proposed", "approved")) {
                Files.createDirectories(drawings.resolve(folder));
            }
            return new Shop(name, drawings, vendors -> Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Account atOnce(Account vendor) {
        return vendor.limit("at-once", 5, "0s");
    }

    /** A webhook of this order; one whose id the shop knows is its next version. */
    JsonNode sells(Map<String, Object> order, boolean builtToOrder) {
        JsonNode sent = sandbox.post("/sandbox/shopify/orders",
                Map.of("target", engine.url() + "/capture/shopify/shopify-us", "secret", SECRET, "order", order, "bto", builtToOrder));
        if (sent.path("status").asInt() != 202) {
            throw new IllegalStateException("captured with " + sent);
        }
        return sent.path("order");
    }

    /** A signed webhook with any bytes. */
    void sends(byte[] body) {
        sends(body, "orders/create");
    }

    void sends(byte[] body, String topic) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(engine.url() + "/capture/shopify/shopify-us"))
                    .header("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(mac.doFinal(body))).header("X-Shopify-Topic", topic)
                    .header("X-Shopify-Webhook-Id", UUID.randomUUID().toString()).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 202) {
                throw new IllegalStateException("captured with " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException | java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return asDescribed("GET", path, request(path).GET());
    }

    Answer post(String path, Object body) {
        try {
            return asDescribed("POST", path, request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer asDescribed(String method, String path, HttpRequest.Builder request) {
        Answer answer = ask(request);
        described.holds(method, path, answer.status(), answer.body().toString());
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(engine.url() + path)).header("Authorization", "Bearer " + token);
    }

    static Answer ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body().startsWith("{") ? JSON.readTree(answer.body()) : JSON.getNodeFactory().textNode(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a person reads who tests a connection. */
    JsonNode tests(String connection) {
        return post("/api/connections/" + connection + "/test", Map.of()).body();
    }

    /** The ERP's record, as it is now. */
    JsonNode atErp(JsonNode order) {
        return sandbox.get("/sandbox/netsuite/records/shopify-us-" + order.path("id").asText());
    }

    JsonNode atWarehouse(String reference) {
        return sandbox.get("/sandbox/wms/records/" + reference);
    }

    @Override
    public void close() {
        engine.close();
    }
}
