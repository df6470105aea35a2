package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Tenant;
import io.orderweir.process.Token;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders are mounted in one role and not yet in another. */
class TypeAwayIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path mounted;

    @Test
    void whatNobodyDeclaredIsHeldAndTakenInWhenItsFolderIsThere() {
        // Given a door that knows prices, and a process that does not
        Counter counter = new Counter(mounted);
        Tenant services = Tenant.named("type-away");
        try (Engine door = roles("type-away-door", services, "capture")) {
            counter.keys().forEach(door::with);
            door.start();
            try (Engine without = roles("type-away-without", services, "process,console")) {
                without.start();
                // When
                await("the broker").atMost(LONG).ignoreExceptions().until(() -> counter.says(door.url(), "prices", "p-1", Counter.price("SKU-1", "10.00", "2026-11-27T05:00:01.000Z")) == 202);
                // Then it lies where it is found, is read all the same, and held
                await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("price held unknown-type " + services.topic("price")), rows(services,
                        "select concat_ws(' ', type, state, reason, topic) from orderweir.message")));
            }
            try (Engine with = roles("type-away-with", services, "process,console")) {
                counter.keys().forEach(with::with);
                with.start();
                // and when its folder is there, a release takes it in
                long hold = services.sql().number("select id from orderweir.hold where closed_at is null");
                RequestSpecification person = Api.at(with.url(), Token.of(with.url(), Shop.PERSON)).contentType(ContentType.JSON);
                person.body("{}").when().post("/api/holds/" + hold + "/release").then().statusCode(200).body("state", equalTo("noted")).body("answer", startsWith("Price till/SKU-1: released"));
                assertEquals(List.of("10.00"), rows(services, "select p.canonical ->> 'amount' from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.key = 'till/SKU-1'"));
                // and its next version comes of itself
                await().atMost(LONG).until(() -> counter.says(door.url(), "prices", "p-2", Counter.price("SKU-1", "11.00", "2026-11-27T05:00:02.000Z")) == 202);
                await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("11.00"), rows(services,
                        "select p.canonical ->> 'amount' from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.key = 'till/SKU-1'")));
            }
        }
    }

    private static Engine roles(String name, Tenant services, String roles) {
        return Engine.named(name).on(services).roles(roles).with("orderweir.console.admin", Shop.PERSON).with("orderweir.console.admin-password", Token.PASSWORD);
    }

    private static List<String> rows(Tenant services, String query) {
        return services.sql().rows(query).stream().map(row -> (String) row.values().iterator().next()).toList();
    }
}
