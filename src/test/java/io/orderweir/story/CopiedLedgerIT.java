package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Tenant;
import io.orderweir.process.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody copies the ledger of production, with orders in it that wait, and starts a test environment on the copy: the targets never hear of it. */
class CopiedLedgerIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "hush";

    @Test
    void aCopyCallsNobodyUntilAPersonSaysSo() throws IOException {
        Tenant ledger = Tenant.named("copied");
        Sandbox vendors = Sandbox.shared();
        // Given an order that waits in production
        try (Engine production = engine("copied", ledger, vendors).with("orderweir.environment", "production").start()) {
            String token = Token.of(production.url(), "admin");
            Api.at(production.url(), token).body(Map.of("reason", "month's end")).when().post("/api/connections/netsuite/pause").then().statusCode(200);
            await("the broker").atMost(LONG).ignoreExceptions().until(() -> vendors.post("/sandbox/shopify/orders", Map.of("target", production.url() + "/capture/shopify/shop", "secret", SECRET,
                    "bto", false, "order", Map.of())).path("status").asInt() == 202);
            await().atMost(LONG).until(() -> ledger.sql().number("select count(*) from orderweir.delivery where connection = 'netsuite' and state = 'ready'") >= 1);
            production.kill9();
        }
        ledger.sql().rows("update orderweir.connection_state set paused_at = null, reason = null where connection = 'netsuite' returning connection");
        int before = seen(vendors.get("/sandbox/report"));
        // When a process of another environment starts on it, it is refused
        try (Engine test = engine("copied-test", ledger, vendors).with("orderweir.environment", "test")) {
            test.launch();
            await().atMost(LONG).until(() -> !test.isAlive());
            String log = Files.readString(test.log());
            assertTrue(log.contains("Orderweir does not start: the ledger is that of the environment 'production', and orderweir.environment is 'test'. Nothing was sent."), log);
            assertTrue(log.lines().noneMatch(line -> line.startsWith("\tat ")), () -> "a sentence is enough: " + log);
            // and one that is told what it was calls nobody until a person says so
            test.with("orderweir.environment-was", "production").start();
            String token = Token.of(test.url(), "admin");
            assertEquals(2, ledger.sql().number("select count(*) from orderweir.connection_state where paused_at is not null and reason like 'paused by orderweir: this ledger was that of the environment production'"));
            assertEquals(before, seen(vendors.get("/sandbox/report")));
            Api.at(test.url(), token).when().post("/api/connections/netsuite/resume").then().statusCode(200);
            await().atMost(LONG).until(() -> seen(vendors.get("/sandbox/report")) > before);
        }
    }

    private static int seen(JsonNode report) {
        return report.at("/netsuite/distinct").asInt() + report.at("/wms/distinct").asInt();
    }

    private static Engine engine(String name, Tenant ledger, Sandbox vendors) {
        return Engine.named(name).on(ledger).with(Account.shop("shop", SECRET)).with(Account.netsuite(vendors.url()).limit("at-once", 5, "0s")).with(Account.wms(vendors.url()).limit("at-once", 5, "0s"))
                .with("orderweir.console.admin-password", Token.PASSWORD);
    }
}
