package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From empty directories to delivered orders while the engine runs: files are written, broken and mended, and an earlier revision comes back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveIT {
    private static final Duration LONG = Duration.ofSeconds(40);
    /** Of the captured topics: whatever stops one of them stops orders. */
    private static final int PARTITIONS = 12;
    private static final Path PACKAGED = Path.of("src", "main", "resources", "connectors");
    private static final String FLOWS = """
            roles:
              - {role: erp, connection: netsuite}
              - {role: warehouse, connection: %s}
            flows:
              - {type: order, parts: whole, to: erp, port: order, sends: [name, createdAt, currency, orderNote, customer, billingAddress, shippingAddress, shippingPrice, totalPrice]}
              - {type: order, parts: standard-lines, to: warehouse, port: fulfilment, moves-goods: true, sends: [name, shippingAddress, orderNote]}
              - {type: order, parts: each-gated-line, to: warehouse, port: fulfilment, behind: all, moves-goods: true, sends: [name, shippingAddress, orderNote]}
            # end
            """;

    private static final String GATES = """
            gates:
              - {gate: release, for: line, by: anyone, persons: 1}
            classes:
              - {class: built-to-order, sku-prefix: BTO-, gates: [release]}
            # end
            """;

    private static Path connectors;
    private static Path policy;
    private static Path accounts;
    private static Shop shop;
    private static int orders;

    @BeforeAll
    static void open() {
        connectors = Folders.fresh("live-connectors");
        policy = Folders.fresh("live-policy");
        accounts = Folders.fresh("live-accounts");
        shop = Shop.opens("live", Map.of("orderweir.connectors.dir", connectors.toString(), "orderweir.policy.dir", policy.toString(), "orderweir.accounts.dir", accounts.toString()));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    @Order(1)
    void anEmptyFolderBecomesAWarehouseWhileOrdersFlow() throws IOException {
        // Given an engine that runs with nothing mounted
        JsonNode before = sells();
        awaitAt("wms", before);
        // When an integrator writes a connector, an account on it and a table that sends orders there
        copy("wms", "acme");
        Files.writeString(accounts.resolve("acme.properties"), """
                orderweir.connections.acme.system=acme
                orderweir.connections.acme.url=%s/wms
                orderweir.connections.acme.credentials.token=sandbox-wms-token
                orderweir.connections.acme.limits.at-once.calls=5
                orderweir.connections.acme.limits.at-once.window=0s
                """.formatted(shop.sandbox.url()));
        Files.writeString(policy.resolve("flows.yaml"), FLOWS.formatted("acme"));
        // Then orders go there, without a restart
        awaitRevision(2);
        JsonNode order = sells();
        awaitAt("acme", order);
        assertEquals(order.path("name").asText(), atWarehouse(order).path("orderName").asText());
    }

    @Test
    @Order(2)
    void whatIsBrokenIsRefusedWithFileAndLineAndWhatRanGoesOn() throws IOException {
        // When a mapping is saved half, a row of the policy names a port nobody has, and an account a system that is none
        Path mapping = connectors.resolve("acme/fulfilment.out.jq");
        String whole = Files.readString(mapping);
        Files.writeString(mapping, whole.substring(0, whole.length() / 2));
        Files.writeString(policy.resolve("flows.yaml"), FLOWS.formatted("acme").replace("port: fulfilment", "port: fulfilmnt"));
        Files.writeString(accounts.resolve("erp.properties"), "# ours\norderweir.connections.erp.system=trytn\n");
        // Then people are told where, in the console and by an alert
        await().atMost(LONG).untilAsserted(() -> {
            JsonNode said = shop.reads("/api/connectors").path("faults");
            assertTrue(said.toString().contains("acme/fulfilment.out.jq:"), said.toString());
            assertTrue(said.toString().contains("flows.yaml:6"), said.toString());
            assertTrue(said.toString().contains("erp.properties:2: orderweir.connections.erp.system = trytn is no system"), said.toString());
        });
        await().atMost(LONG).untilAsserted(() -> shop.given().when().get("/api/alerts").then().body("alerts.sentence", org.hamcrest.Matchers.hasItem(containsString("is not taken up, and what ran goes on"))));
        // and orders flow as before
        JsonNode order = sells();
        awaitAt("acme", order);
        assertEquals(2, shop.reads("/api/connectors").path("running").asInt());
        // and when all are mended nothing is refused any more, and nothing new runs
        Files.delete(accounts.resolve("erp.properties"));
        Files.writeString(mapping, whole);
        Files.writeString(policy.resolve("flows.yaml"), FLOWS.formatted("acme"));
        await().atMost(LONG).until(() -> shop.reads("/api/connectors").path("faults").isEmpty());
        assertEquals(2, shop.reads("/api/connectors").path("running").asInt());
    }

    @Test
    @Order(3)
    void aNewMappingCountsForTheNextCallAndAPersonBringsTheOldOneBack() throws IOException {
        // When the mapping changes
        Path mapping = connectors.resolve("acme/fulfilment.out.jq");
        Files.writeString(mapping, Files.readString(mapping).replace("orderName: .order.name", "orderName: (\"NEW \" + .order.name)"));
        awaitRevision(3);
        JsonNode order = sells();
        // Then the next call is made with it
        awaitAt("acme", order);
        assertEquals("NEW " + order.path("name").asText(), atWarehouse(order).path("orderName").asText());

        // When a person brings the earlier revision back
        shop.given().when().post("/api/connectors/revisions/{number}/restore", 2).then().statusCode(200).body("number", equalTo(4), "restores", equalTo(2), "by", equalTo(Shop.PERSON));
        awaitRevision(4);
        // Then the calls after it are made as before, and the directories, which hold the newer one, change nothing
        JsonNode later = sells();
        awaitAt("acme", later);
        assertEquals(later.path("name").asText(), atWarehouse(later).path("orderName").asText());
        // and who did it stands in the books
        JsonNode revisions = shop.reads("/api/connectors").path("revisions");
        assertEquals(List.of("4 " + Shop.PERSON + " 2", "3 directory null", "2 directory null", "1 directory null"), List.of(0, 1, 2, 3).stream()
                .map(i -> revisions.path(i).path("number").asText() + " " + revisions.path(i).path("by").asText() + " " + revisions.path(i).path("restores").asText()).toList());
        shop.given().when().post("/api/connectors/revisions/{number}/restore", 99).then().statusCode(404);
        shop.given().when().post("/api/connectors/revisions/{number}/restore", 2).then().statusCode(409);
    }

    @Test
    @Order(4)
    void aNewStoreNeedsNoRestart() throws IOException {
        // When a store's account is written
        Files.writeString(accounts.resolve("shopify-eu.properties"), """
                orderweir.connections.shopify-eu.system=shopify
                orderweir.connections.shopify-eu.secrets=hush-in-europe
                """);
        // Then its first order is taken in, and delivered
        await().atMost(LONG).until(() -> shop.sandbox.post("/sandbox/shopify/orders", Map.of("target", shop.engine.url() + "/capture/shopify/shopify-eu", "secret", "hush-in-europe", "bto", false,
                "order", Map.of("id", 8_100_000_000_900L, "name", "#8190", "currency", "EUR", "line_items", List.of(Map.of("sku", "SKU-9", "quantity", 1))))).path("status").asInt() == 202);
        await().atMost(LONG).until(() -> shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where e.key = 'shopify-eu/8100000000900' and d.connection = 'acme' and d.state = 'delivered'") == 1);
        // and where its account goes again, its webhooks are believed no more
        Files.delete(accounts.resolve("shopify-eu.properties"));
        await().atMost(LONG).until(() -> shop.sandbox.post("/sandbox/shopify/orders", Map.of("target", shop.engine.url() + "/capture/shopify/shopify-eu", "secret", "hush-in-europe", "bto", false,
                "order", Map.of("id", 8_100_000_000_901L, "name", "#8191", "currency", "EUR", "line_items", List.of(Map.of("sku", "SKU-9", "quantity", 1))))).path("status").asInt() == 401);
        // and what it had sent before, and nobody had read, is kept for a person, and stops nobody
        List<JsonNode> after = new ArrayList<>();
        for (int i = 0; i < 2 * PARTITIONS; i++) {
            after.add(sells());
        }
        after.forEach(order -> awaitAt("acme", order));
    }

    @Test
    @Order(5)
    void aCallThatIsUnderWayEndsInTheRevisionItBeganIn() throws IOException {
        // Given a warehouse that answers slowly
        shop.sandbox.post("/sandbox/settings", Map.of("wms", Map.of("latencyMinMs", 6_000, "latencyMaxMs", 6_000)));
        JsonNode slow = sells();
        await().atMost(LONG).until(() -> shop.services.sql().number("select count(*) from orderweir.call where connection = 'acme' and called_at is not null") == 1);
        int running = shop.reads("/api/connectors").path("running").asInt();
        // When its routes change while it works
        Path routes = connectors.resolve("acme/routes.camel.yaml");
        Files.writeString(routes, Files.readString(routes).replace("Asks the warehouse to ship these lines.", "Asks for these lines."));
        awaitRevision(running + 1);
        // Then the call comes to its end all the same, once, and says by what it was made
        awaitAt("acme", slow);
        shop.sandbox.post("/sandbox/settings", Map.of("wms", Map.of("latencyMinMs", 20, "latencyMaxMs", 80)));
        assertEquals(List.of("create done " + running), shop.services.sql().rows("select c.verb || ' ' || c.outcome || ' ' || c.revision as made from orderweir.call_log c"
                + " join orderweir.call_item i on i.call_id = c.id join orderweir.delivery d on d.id = i.delivery_id join orderweir.entity e on e.id = d.entity_id"
                + " where d.port = 'fulfilment' and e.key = ?", "shopify-us/" + slow.path("id").asText()).stream().map(row -> (String) row.get("made")).toList());
        JsonNode later = sells();
        awaitAt("acme", later);
    }

    @Test
    @Order(6)
    void aClassOfWhichLinesWaitGoesOnlyWhenAPersonSaysSo() throws IOException {
        // Given three lines that are built to order and wait
        Files.writeString(policy.resolve("gates.yaml"), GATES);
        int running = shop.reads("/api/connectors").path("running").asInt();
        awaitRevision(running + 1);
        List<JsonNode> built = List.of(sellsBuilt(), sellsBuilt(), sellsBuilt());
        built.forEach(order -> await().atMost(LONG).until(() -> waiting(order) == 1));
        // When their class is taken out of the table
        Files.writeString(policy.resolve("gates.yaml"), GATES.replaceAll("  - .class: built-to-order.*\n", "  - {class: tailored, sku-prefix: TLR-, gates: [release]}\n"));
        // Then nothing is asked for, and a person reads what it would do
        await().atMost(LONG).untilAsserted(() -> shop.given().when().get("/api/connectors").then().body("waits", equalTo(true), "faults[0]",
                containsString("3 lines of the class 'built-to-order' wait at gates, and gates.yaml has no such class any more")));
        assertEquals(running + 1, shop.reads("/api/connectors").path("running").asInt());
        built.forEach(order -> assertEquals(1, waiting(order)));
        // and when she says so it is taken up, under her name
        shop.given().when().post("/api/connectors/consent").then().statusCode(200).body("by", equalTo(Shop.PERSON), "touched[0]", containsString("3 lines"));
        awaitRevision(running + 2);
        assertEquals(Shop.PERSON, shop.reads("/api/connectors").at("/revisions/0/by").asText());
        shop.given().when().post("/api/connectors/consent").then().statusCode(404);
    }

    @Test
    @Order(7)
    void aProcessThatStartsRunsByWhatRunsAndNotByItsOlderDirectories() throws IOException {
        // Given an earlier revision that a person brought back
        int newest = shop.reads("/api/connectors").path("running").asInt();
        shop.given().when().post("/api/connectors/revisions/{number}/restore", 3).then().statusCode(200);
        awaitRevision(newest + 1);
        // When the engine starts again, with directories that hold what ran before
        shop.engine.stop();
        shop.engine.restart();
        // Then the first order after it is made by the one that was brought back
        assertEquals(newest + 1, shop.reads("/api/connectors").path("running").asInt());
        JsonNode order = sells();
        awaitAt("acme", order);
        assertEquals("NEW " + order.path("name").asText(), atWarehouse(order).path("orderName").asText());
    }

    @Test
    @Order(8)
    void aFolderIsExchangedWholeByALink() throws IOException {
        // Given a table that has the class of the lines that wait
        int before = shop.reads("/api/connectors").path("running").asInt();
        Files.writeString(policy.resolve("gates.yaml"), GATES);
        awaitRevision(before + 1);
        // and a directory as Kubernetes mounts it: links to a link that is exchanged
        int running = shop.reads("/api/connectors").path("running").asInt();
        Path data = Files.createDirectories(connectors.resolve("..2026_1"));
        Files.move(connectors.resolve("acme"), data.resolve("acme"));
        Path next = Files.createDirectories(connectors.resolve("..2026_2").resolve("acme"));
        try (Stream<Path> files = Files.list(data.resolve("acme"))) {
            files.forEach(file -> write(next.resolve(file.getFileName()), read(file).replace("(\"NEW \" + .order.name)", "(\"LINK \" + .order.name)")));
        }
        Files.createSymbolicLink(connectors.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(connectors.resolve("acme"), Path.of("..data", "acme"));
        // When the link leads to the next version
        Files.createSymbolicLink(connectors.resolve("..new"), Path.of("..2026_2"));
        Files.move(connectors.resolve("..new"), connectors.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // Then that runs
        awaitRevision(running + 1);
        JsonNode order = sells();
        awaitAt("acme", order);
        assertEquals("LINK " + order.path("name").asText(), atWarehouse(order).path("orderName").asText());
    }

    @Test
    @Order(9)
    void aDoorThatChangesIsNeverShut() throws IOException {
        // Given a storefront that nobody knew before, and its account
        copy("shopify", "bazaar");
        Files.writeString(accounts.resolve("bazaar-1.properties"), """
                orderweir.connections.bazaar-1.system=bazaar
                orderweir.connections.bazaar-1.secrets=hush-in-the-bazaar
                """);
        await().atMost(LONG).until(() -> knocks(1) == 202);
        // When its door and its mapping change while it sends
        int running = shop.reads("/api/connectors").path("running").asInt();
        Path door = connectors.resolve("bazaar/door.camel.yaml");
        Files.writeString(door, Files.readString(door).replace("description: ", "description: Again. "));
        List<Integer> answers = new ArrayList<>();
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            answers.add(knocks(answers.size() + 2));
            return answers.size() % 10 == 0 && shop.reads("/api/connectors").path("running").asInt() == running + 1;
        });
        for (int i = 0; i < 30; i++) {
            answers.add(knocks(answers.size() + 2));
        }
        // Then every webhook was taken in, and each order is there once
        assertEquals(List.of(202), answers.stream().distinct().toList());
        await().atMost(LONG).untilAsserted(() -> assertEquals(answers.size() + 1, shop.services.sql().number("select count(*) from orderweir.entity e join orderweir.delivery d on d.entity_id = e.id"
                + " where e.key like 'bazaar-1/%' and d.port = 'order'")));
    }

    private static int knocks(int number) {
        return shop.sandbox.post("/sandbox/shopify/orders", Map.of("target", shop.engine.url() + "/capture/bazaar/bazaar-1", "secret", "hush-in-the-bazaar", "bto", false,
                "order", Map.of("id", 8_300_000_000_000L + number, "name", "#83" + number, "currency", "EUR", "line_items", List.of(Map.of("sku", "SKU-8", "quantity", 1))))).path("status").asInt();
    }

    @Test
    @Order(10)
    void aReplicaWhoseDirectoriesAreBehindRunsByTheSame() throws IOException {
        // Given a replica to whose directories no change comes
        Path behind = Folders.fresh("live-behind");
        mirror(connectors, behind.resolve("connectors"));
        mirror(policy, behind.resolve("policy"));
        int running = shop.reads("/api/connectors").path("running").asInt();
        try (Engine replica = shop.engine.replica("live-replica").with("orderweir.connectors.dir", behind.resolve("connectors")).with("orderweir.policy.dir", behind.resolve("policy")).start()) {
            assertEquals(running, at(replica));
            // Then it runs by what the others see
            Folders.delete(connectors.resolve("bazaar"));
            Files.delete(accounts.resolve("bazaar-1.properties"));
            awaitRevision(running + 1);
            await().atMost(LONG).until(() -> at(replica) == running + 1);
            // and after a start of its own too
            replica.stop();
            replica.restart();
            assertEquals(running + 1, at(replica));
            assertEquals(List.of(), Api.at(replica.url(), shop.token).when().get("/api/routes").then().statusCode(200).extract().as(JsonNode.class).path("routes").findValuesAsText("route")
                    .stream().filter(route -> route.startsWith("bazaar")).toList(), "the folder that is gone has no routes");
            assertTrue(Files.readString(replica.log()).contains("the mounted directories hold what ran before; revision " + (running + 1) + " runs"));
        }
    }

    private static void mirror(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(each -> Files.isRegularFile(each) && !from.relativize(each).toString().startsWith(".")).toList()) {
                Files.createDirectories(to.resolve(from.relativize(file)).getParent());
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static int at(Engine replica) {
        return Api.at(replica.url(), shop.token).when().get("/api/connectors").then().statusCode(200).extract().as(JsonNode.class).path("running").asInt();
    }

    private static JsonNode sellsBuilt() {
        int number = ++orders;
        return shop.sells(Map.of("id", 8_100_000_000_000L + number, "name", "#81" + number, "currency", "USD", "line_items", List.of(Map.of("sku", "BTO-" + number, "quantity", 1))), false);
    }

    private static long waiting(JsonNode order) {
        return shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id where e.key = ? and d.port = 'fulfilment' and d.state = 'gated'",
                "shopify-us/" + order.path("id").asText());
    }

    private static void awaitRevision(int number) {
        await().atMost(LONG).until(() -> shop.reads("/api/connectors").path("running").asInt() == number);
    }

    /** The goods of an order are asked for at this account, and nowhere else. */
    private static void awaitAt(String account, JsonNode order) {
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("netsuite order delivered", account + " fulfilment delivered"),
                shop.services.sql().rows("select d.connection || ' ' || d.port || ' ' || d.state as way from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id where e.key = ?"
                        + " order by d.port desc", "shopify-us/" + order.path("id").asText()).stream().map(row -> (String) row.get("way")).toList()));
    }

    private static JsonNode sells() {
        int number = ++orders;
        return shop.sells(Map.of("id", 8_100_000_000_000L + number, "name", "#81" + number, "currency", "USD", "line_items", List.of(Map.of("sku", "SKU-" + number, "quantity", 1))), false);
    }

    private static JsonNode atWarehouse(JsonNode order) {
        try {
            return shop.atWarehouse("shopify-us-" + order.path("id").asText());
        } catch (IllegalStateException none) {
            return MissingNode.getInstance();
        }
    }

    /** A packaged connector under another name, as an integrator would begin. */
    private static void copy(String system, String name) throws IOException {
        Path folder = Files.createDirectories(connectors.resolve(name));
        try (Stream<Path> files = Files.list(PACKAGED.resolve(system))) {
            files.filter(Files::isRegularFile).forEach(file -> write(folder.resolve(file.getFileName()), read(file)
                    .replace("resource:connector:" + system, "resource:connector:" + name).replaceAll("(?<![\\w/{-])" + system + "(?=[ .:}/\"'\\n])", name)
                    .replace("/capture/" + system, "/capture/" + name)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
