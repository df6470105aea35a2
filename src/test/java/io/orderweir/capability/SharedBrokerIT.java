package io.orderweir.capability;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.process.Access;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.orderweir.process.Tenant;
import io.orderweir.type.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two Orderweirs on one broker, each with a database and a prefix of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(Access.class)
class SharedBrokerIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Parameter
    private Access access;
    private Services services;
    private Sandbox vendors;
    private Tenant eu;
    private Tenant us;
    private Engine inEurope;
    private Engine inAmerica;
    /** Webhooks that were not taken in time, whose records may be in the topic all the same. */
    private int unanswered;

    @BeforeParameterizedClassInvocation
    void start() throws Exception {
        unanswered = 0;
        services = access == Access.CLEAR ? Services.shared() : Services.start("shared-broker", access);
        vendors = Sandbox.shared();
        eu = services.tenant("eu");
        us = services.tenant("us");
        // somebody else made one of the topics, for smaller events
        try (Admin admin = Admin.create(services.kafka())) {
            admin.createTopics(List.of(new NewTopic(us.topic("order"), 12, (short) 1).configs(Map.of("max.message.bytes", "40000")))).all().get();
        }
        inEurope = engine("shared-broker-eu", eu);
        inAmerica = engine("shared-broker-us", us);
        List.of(inEurope, inAmerica).forEach(Engine::launch);
        List.of(inEurope, inAmerica).forEach(Engine::awaitReady);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        Stream.of(inEurope, inAmerica).forEach(Engine::close);
        if (access != Access.CLEAR) {
            services.close();
        }
    }

    @Test
    void neitherSeesTheEventsOfTheOther() throws Exception {
        // When the same shop sells at both, the same orders and others
        for (int order = 1; order <= 12; order++) {
            sells(inEurope, order, "");
            // larger than its topic took when somebody else had made it
            sells(inAmerica, order + 6, "x".repeat(60_000));
        }

        // Then each has its own, in topics of its own name
        await().atMost(LONG).untilAsserted(() -> assertEquals(12, orders(eu).size()));
        await().atMost(LONG).untilAsserted(() -> assertEquals(12, orders(us).size()));
        assertEquals(names(1), orders(eu));
        assertEquals(names(7), orders(us));
        // and nothing of the other's: what came without an answer in time came once more
        for (Tenant one : List.of(eu, us)) {
            assertEquals(List.of(Map.of("topic", one.topic("order"))), one.sql().rows("select distinct topic from orderweir.intake where records > 0"));
            long records = one.sql().number("select sum(records)::bigint from orderweir.intake");
            assertTrue(records >= 12 && records <= 12 + unanswered, () -> records + " records, " + unanswered + " without an answer");
            assertEquals(records, one.sql().number("select count(*) + coalesce(sum(repeats), 0) from orderweir.message"));
        }
    }

    @Test
    void eachReadsInAGroupOfItsOwnAndNothingIsMadeWithoutThePrefix() throws Exception {
        await().atMost(LONG).untilAsserted(() -> assertEquals(Set.of(), missing(Set.of(eu.prefix() + "orderweir.process", us.prefix() + "orderweir.process"), groups())));
        Set<String> topics = topics();
        for (String type : Stream.concat(Types.packaged().names().stream(), Stream.of(Types.UNKNOWN)).toList()) {
            assertEquals(Set.of(), missing(Set.of(eu.topic(type), us.topic(type)), topics));
        }
        // the broker of all tests: no engine on it is without a prefix
        assertEquals(Set.of(), new TreeSet<>(topics.stream().filter(topic -> topic.startsWith("orderweir.")).toList()));
    }

    @Test
    void whatADoorTurnsAwayIsToldInItsOwnHouse() throws Exception {
        // When somebody changed the secret at the shop
        for (int order = 1; order <= 5; order++) {
            assertEquals(401, vendors.post("/sandbox/shopify/orders", Map.of("target", inEurope.url() + "/capture/shopify/web", "secret", "another", "order", Map.of("id", order)))
                    .path("status").asInt());
        }
        // Then
        await().atMost(LONG).untilAsserted(() -> assertEquals(1, eu.sql().number("select count(*) from orderweir.alert where cause = 'door|web|UNSIGNED' and kind = 'door'")));
        String sentence = eu.sql().text("select sentence from orderweir.alert where kind = 'door'");
        assertTrue(sentence.contains("5 webhooks one after the other were refused") && sentence.contains("orderweir.connections.web.secrets"), sentence);
        assertEquals(0, us.sql().number("select count(*) from orderweir.alert where kind = 'door'"));
        // and the clock of the door was compared with it
        await().atMost(LONG).untilAsserted(() -> assertTrue(Api.at(inEurope.url()).when().get("/q/metrics").asString().lines()
                .anyMatch(line -> line.matches("orderweir_clock_skew_seconds\\{of=\"broker\"} -?[01]\\.[0-9E-]+")), "the skew of the broker"));
        // and the broker says its own time, by which the doors' clocks are judged
        try (Admin admin = Admin.create(services.kafka())) {
            ConfigResource news = new ConfigResource(ConfigResource.Type.TOPIC, eu.prefix() + "orderweir.news");
            assertEquals("LogAppendTime", admin.describeConfigs(List.of(news)).all().get().get(news).get("message.timestamp.type").value());
        }
    }

    private static Engine engine(String name, Tenant tenant) {
        return Engine.named(name).on(tenant).roles("capture,process").with(Account.shop("web", "hush"));
    }

    private void sells(Engine engine, int number, String note) {
        await().atMost(LONG).until(() -> {
            int status = vendors.post("/sandbox/shopify/orders", Map.of("target", engine.url() + "/capture/shopify/web", "secret", "hush",
                    "order", Map.of("id", 8_100_000_000_000L + number, "name", "#" + (100 + number), "note", note))).path("status").asInt();
            unanswered += status == 202 ? 0 : 1;
            return status == 202;
        });
    }

    private static Set<String> orders(Tenant tenant) {
        return new TreeSet<>(tenant.sql().rows("select name from orderweir.entity where type = 'order'").stream().map(row -> (String) row.get("name")).toList());
    }

    private static Set<String> names(int first) {
        return new TreeSet<>(Stream.iterate(first, number -> number + 1).limit(12).map(number -> "#" + (100 + number)).toList());
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        return new TreeSet<>(wanted.stream().filter(one -> !there.contains(one)).toList());
    }

    private Set<String> topics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(services.kafka())) {
            return admin.listTopics().names().get();
        }
    }

    private Set<String> groups() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(services.kafka())) {
            return new TreeSet<>(admin.listGroups().all().get().stream().map(GroupListing::groupId).toList());
        }
    }
}
