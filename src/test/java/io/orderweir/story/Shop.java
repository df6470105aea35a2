package io.orderweir.story;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Tenant;
import io.orderweir.process.Token;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
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
        return opensWithAFactory(name, Map.of());
    }

    /** The same with more keys of the configuration. */
    static Shop opensWithAFactory(String name, Map<String, String> more) {
        try {
            Path drawings = Files.createTempDirectory("drawings-");
            for (String folder : List.of("proposed", "approved")) {
                Files.createDirectories(drawings.resolve(folder));
            }
            return new Shop(name, drawings, vendors -> more);
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
        sends(body, topic, UUID.randomUUID().toString());
    }

    void sends(byte[] body, String topic, String id) {
        Response answer = Api.at(engine.url()).contentType(ContentType.JSON)
                .header("X-Shopify-Hmac-Sha256", signature(body)).header("X-Shopify-Topic", topic).header("X-Shopify-Webhook-Id", id)
                .body(body).when().post("/capture/shopify/shopify-us");
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("captured with " + answer.statusCode() + " " + answer.asString());
        }
    }

    /** A signed message in the form of Standard Webhooks, at the door of a partner such as signals/erp-finance; returns the status of the answer. */
    int says(String door, String secret, String id, String body) {
        try {
            long now = Instant.now().getEpochSecond();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
            return Api.at(engine.url()).contentType(ContentType.JSON).header("webhook-id", id).header("webhook-timestamp", now)
                    .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac.doFinal((id + "." + now + "." + body).getBytes(StandardCharsets.UTF_8))))
                    .body(body).when().post("/capture/" + door).statusCode();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The person at the API, with her token; every answer is held to its description. */
    RequestSpecification given() {
        return Api.at(engine.url(), token).filter(described);
    }

    /** What she reads there. */
    JsonNode reads(String path, Object... places) {
        return given().when().get(path, places).then().statusCode(200).extract().as(JsonNode.class);
    }

    /** What a person reads who tests a connection. */
    ValidatableResponse tests(String connection) {
        return given().when().post("/api/connections/{connection}/test", connection).then();
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
