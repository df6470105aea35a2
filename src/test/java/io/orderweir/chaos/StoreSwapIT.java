package io.orderweir.chaos;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Access;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.orderweir.process.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The broker's disk alone is lost, or is put back as it was: what is acknowledged afterwards is never taken for known (L1). The ledger's disk alone is put back: what it
 * had asked for since is not asked for again (L2). With -Pchaos: twenty times each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@MethodSource("ways")
class StoreSwapIT {

    private static final int SWAPS = BlackFriday.isLong() ? 20 : 1;
    private static final int ORDERS = 24;
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(10);
    private static final String SECRET = "secret-of-the-swapped-store";

    @Parameter
    private Access access;
    private Services services;
    private Sandbox shop;
    private Engine engine;
    private int sent;

    static Stream<Access> ways() {
        return BlackFriday.ways(Access.GUARDED);
    }

    @BeforeParameterizedClassInvocation
    void open() {
        sent = 0;
        services = Services.start("chaos-swap", access);
        shop = Sandbox.shared();
        // how many at once is this account's only limit
        shop.post("/sandbox/settings", Map.of("netsuite", Map.of("windowMs", 1_000, "limit", 10_000)));
        engine = Engine.named("chaos-swap").on(services).with(Account.shop("shop", SECRET).with("settles-within", "2s"))
                .with(Account.netsuite(shop.url()).limit("at-once", 5, "0s").with("settles-within", "2s"))
                .with(Account.wms(shop.url()).limit("at-once", 5, "0s").with("settles-within", "2s"))
                .with("orderweir.console.admin-password", Token.PASSWORD).start();
    }

    @AfterParameterizedClassInvocation
    void close() {
        if (engine != null) {
            engine.close();
        }
        services.close();
        Folders.delete(services.data());
    }

    @Test
    void whatABrokerTakesThatLostEverythingIsNotSwallowed() {
        for (int swap = 0; swap < SWAPS; swap++) {
            // Given
            acknowledge();
            awaitTakenIn();
            // When
            swap(() -> Folders.delete(broker()));
            acknowledge();
            // Then
            aPersonIsTold("the topic was made again, or the broker is another one");
            takeInAgain();
            awaitTakenIn();
        }
    }

    @Test
    void whatABrokerTakesThatWasPutBackIsNotSwallowed() {
        acknowledge();
        awaitTakenIn();
        Path copy = services.data().resolveSibling("broker-as-it-was");
        for (int swap = 0; swap < SWAPS; swap++) {
            // Given a copy of the disk while it runs, as a machine's snapshot is
            copy(broker(), copy);
            acknowledge();
            awaitTakenIn();
            // When
            swap(() -> {
                Folders.delete(broker());
                copy(copy, broker());
            });
            acknowledge();
            // Then
            aPersonIsTold("its log has");
            takeInAgain();
            awaitTakenIn();
            Folders.delete(copy);
        }
    }

    @Test
    void whatALedgerThatWasPutBackHadAskedForIsNotAskedForAgain() {
        Path copy = services.data().resolveSibling("ledger-as-it-was");
        for (int swap = 0; swap < SWAPS; swap++) {
            // Given orders that were sent, of which a copy of the ledger knows nothing, or not that they were
            acknowledge();
            swap(() -> copy(ledger(), copy));
            acknowledge();
            awaitSent();
            await("the broker knows of the last call").atMost(Duration.ofSeconds(10)).until(() ->
                    services.sql().number("select count(*) from orderweir.origin o where o.calls = (select last_value from orderweir.call_number)") == 1);
            // When
            swap(() -> {
                Folders.delete(ledger());
                copy(copy, ledger());
            });
            acknowledge();
            // Then
            int times = swap + 1;
            await("a notice").atMost(NAMED_WITHIN).until(() ->
                    services.sql().number("select count(*) from orderweir.alert where kind = 'notice' and sentence like 'The ledger was put back%'") == 1);
            awaitSent();
            JsonNode report = shop.get("/sandbox/report");
            // this warehouse refuses a second one; others make it
            assertEquals(0, report.path("wms").path("refused").path("duplicateReference").asInt(), () -> "asked for a second time after " + times + " swaps: " + report.path("wms"));
            for (String target : List.of("netsuite", "wms")) {
                for (String wrong : List.of("secondRecords", "linesBeyond", "linesMissing")) {
                    assertEquals(0, report.path(target).path(wrong).asInt(-1), () -> wrong + " at " + target + " after " + times + " swaps: " + report.path(target));
                }
            }
            assertEquals(sent, report.path("netsuite").path("distinct").asInt());
            Folders.delete(copy);
        }
    }

    private void awaitSent() {
        await("every order was sent").atMost(Duration.ofMinutes(1)).until(() -> services.sql().number("select count(distinct m.entity_id) from orderweir.message m "
                + "where m.state = 'planned' and not exists (select from orderweir.delivery d where d.entity_id = m.entity_id and d.state in ('ready', 'sending', 'unsure'))") == sent);
        assertEquals(0, services.sql().number("select count(*) from orderweir.hold where closed_at is null"));
    }

    private Path ledger() {
        return services.data().resolve("postgres");
    }

    /** Everything goes down, the broker's disk is another one, and everything comes up. */
    private void swap(Runnable disk) {
        engine.kill9();
        services.stop();
        disk.run();
        services.start();
        engine.start();
    }

    private Path broker() {
        return services.data().resolve("kafka");
    }

    private void acknowledge() {
        shop.post("/sandbox/shopify/traffic", Map.of("target", engine.url() + "/capture/shopify/shop", "secret", SECRET, "orders", ORDERS, "nameOffset", sent, "seed", 7 + sent,
                "tries", 1_000, "duplicates", 0, "edits", 0, "cancels", 0, "connections", 4));
        sent += ORDERS;
        await("every webhook answered 2xx").atMost(Duration.ofMinutes(1)).until(() -> shop.get("/sandbox/shopify/traffic").path("done").asBoolean());
    }

    private void aPersonIsTold(String why) {
        await("an alert").atMost(NAMED_WITHIN).untilAsserted(() ->
                assertTrue(alerts().stream().anyMatch(alert -> ((String) alert.get("sentence")).contains(why)), () -> why + " in " + alerts()));
        Api.at(engine.url(), token()).get("/api/counts").then().statusCode(200).body("l1.balanced", is(false));
        Api.at(engine.url(), token()).accept("text/html").get("/flow/part").then().statusCode(200).body(containsString("Take in again from the beginning of the log"));
    }

    /** Of what stands still now: one of the swap before stays open until it was not seen for a minute. */
    private List<Map<String, Object>> alerts() {
        return services.sql().rows("select a.sentence from orderweir.alert a where a.state = 'open' and exists (select from orderweir.intake i "
                + "where a.cause = 'books|stopped|' || i.topic || '|' || i.stopped_for)");
    }

    private void takeInAgain() {
        Api.at(engine.url(), token()).post("/api/counts/take-in").then().statusCode(200).body("answer", containsString("taken in again"));
    }

    /** Each order that was ever acknowledged is in the ledger, once, and nothing of the log waits. */
    private void awaitTakenIn() {
        await("everything acknowledged is in the ledger").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            // a partition that is seen to stand still only now, because nothing came to it before
            if (services.sql().number("select count(*) from orderweir.intake where stopped_at is not null") > 0) {
                takeInAgain();
            }
            assertEquals(sent, services.sql().number("select count(distinct key) from orderweir.entity where type = 'order'"));
            assertEquals(0, services.sql().number("select count(*) from orderweir.captured_log c join orderweir.intake i using (topic, partition) where c.end_offset > i.next_offset"));
        });
        assertEquals(sent, services.sql().number("select count(*) from orderweir.message where state = 'planned'"));
        Api.at(engine.url(), token()).get("/api/counts?exact=true").then().log().ifValidationFails().statusCode(200).body("l1.balanced", is(true));
    }

    private String token() {
        return Token.of(engine.url(), "admin");
    }

    /** As often as a file goes while it is copied. */
    private static void copy(Path from, Path to) {
        for (boolean whole = false; !whole;) {
            Folders.delete(to);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
                whole = true;
            } catch (NoSuchFileException | UncheckedIOException gone) {
                assertTrue(Files.isDirectory(from), () -> from + " is gone: " + gone);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
