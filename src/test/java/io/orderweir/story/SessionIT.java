package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.process.Api;
import io.orderweir.process.Sql;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mounted connector of a vendor with sessions and seven calls an order: what is begun is finished first, a session that ends costs a login, and nobody ever reads one. */
class SessionIT {

    private static final Duration LONG = Duration.ofSeconds(180);
    private static final int AT_ONCE = 2;
    private static final int ORDERS = 40;
    private static final int CALLS_OF_A_SESSION = 11;
    private static final String PASSWORD = "pa55-of-the-rpc-vendor";
    private static final String DESCRIPTOR = """
            system: rpc
            label: the vendor
            credentials: [user, password]
            ports:
              order: { create: { repeatable: true }, update: { repeatable: true }, cancel: { repeatable: true } }
            knows: { countries: { kept-for: 24h } }
            # end
            """;
    private static final String ROUTES = """
            # An invented vendor: JSON-RPC, a session for a login, seven calls an order.
            - route:
                id: rpc.order.create
                group: rpc
                description: Makes the next of the seven steps; what was made is found.
                from:
                  uri: direct:rpc.order.create
                  steps:
                    - setVariable:
                        name: step
                        jq: { expression: '["party", "address", "product", "sale", "line", "quote", "confirm"][.found.made // [] | length]', resultType: java.lang.String }
                    - setVariable:
                        name: made
                        jq: { expression: '{made: ((.found.made // []) + [variable("step")])}', resultType: java.lang.String }
                    - transform:
                        jq: { expression: '{id: 1, method: variable("step"), params: [.externalId, .known.countries[.order.shippingAddress.country]]}' }
                    - to: direct:rpc.call
                    - choice:
                        when:
                          - simple: ${variable.outcome} == 'done' && ${variable.step} == 'confirm'
                            steps:
                              - setVariable: { name: remoteId, simple: "${variable.externalId}" }
                          - simple: ${variable.outcome} == 'done'
                            steps:
                              - setVariables:
                                  variables:
                                    - { name: outcome, constant: onward }
                                    - { name: found, simple: "${variable.made}" }
            - route:
                id: rpc.countries.fetch
                group: rpc
                description: Asks for all countries.
                from:
                  uri: direct:rpc.countries.fetch
                  steps:
                    - setBody: { constant: '{"id":1,"method":"countries","params":[]}' }
                    - to: direct:rpc.call
                    - filter:
                        simple: ${variable.outcome} == 'done'
                        steps:
                          - setVariable:
                              name: known
                              jq: { expression: '.result | map({key: .code, value: .id}) | from_entries', source: "variable:answer", resultType: java.lang.String }
            - route:
                id: rpc.call
                group: rpc
                description: Calls with the session, and signs in where there is none.
                from:
                  uri: direct:rpc.call
                  steps:
                    - removeHeaders: { pattern: "*" }
                    - setHeader: { name: Content-Type, constant: application/json }
                    - setVariables:
                        variables:
                          - { name: method, constant: POST }
                          - { name: path, constant: /rpc }
                          - { name: session, simple: "${bean:session?method=of}" }
                    # whoever looks for a fault writes such a line
                    - log: { message: "rpc goes on with ${variable.session}" }
                    - choice:
                        when:
                          - simple: ${variable.session} == null
                            steps:
                              - to: direct:rpc.login
                        otherwise:
                          steps:
                            - setHeader:
                                name: Authorization
                                jq: { expression: '"7:" + variable("session") | "Session " + @base64', resultType: java.lang.String }
                            - to: direct:call
                            - filter:
                                simple: ${variable.status} == 401
                                steps:
                                  - to: direct:session.ended
            - route:
                id: rpc.login
                group: rpc
                description: Signs in.
                from:
                  uri: direct:rpc.login
                  steps:
                    - setBody:
                        simple: '{"id":1,"method":"login","params":["${bean:connections?method=credential(${variable.connection}, ''user'')}","${bean:connections?method=credential(${variable.connection}, ''password'')}"]}'
                    - setVariable: { name: sessionIs, constant: /result/session }
                    - to: direct:session.login
            - route:
                id: rpc.order.update
                group: rpc
                description: A change goes the same seven steps.
                from:
                  uri: direct:rpc.order.update
                  steps:
                    - to: direct:rpc.order.create
            - route:
                id: rpc.order.cancel
                group: rpc
                description: The vendor closes what is sent without lines.
                from:
                  uri: direct:rpc.order.cancel
                  steps:
                    - to: direct:rpc.order.create
            # end
            """;

    @TempDir
    static Path connectors;
    @TempDir
    static Path policy;
    private static RpcVendor vendor;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        vendor = new RpcVendor("rpc-user-1", PASSWORD);
        Path folder = Files.createDirectory(connectors.resolve("rpc"));
        Files.writeString(folder.resolve("connector.yaml"), DESCRIPTOR);
        Files.writeString(folder.resolve("routes.camel.yaml"), ROUTES);
        Files.writeString(policy.resolve("flows.yaml"), Files.readString(Path.of("src/main/resources/policy/flows.yaml")).replaceFirst("connection: netsuite", "connection: rpc-main"));
        shop = Shop.opens("session", Map.ofEntries(Map.entry("orderweir.connectors.dir", connectors.toString()), Map.entry("orderweir.policy.dir", policy.toString()),
                account("system", "rpc"), account("url", vendor.url()), account("label", "the vendor"), account("credentials.user", "rpc-user-1"), account("credentials.password", PASSWORD),
                account("limits.at-once.calls", String.valueOf(AT_ONCE)), account("limits.at-once.window", "0s")));
        await("the broker").atMost(LONG).ignoreExceptions().untilAsserted(() -> shop.sends("{\"id\":0}".getBytes(StandardCharsets.UTF_8), "carts/update"));
    }

    @AfterAll
    static void close() {
        shop.close();
        vendor.close();
    }

    @Test
    void whatIsBegunIsFinishedFirstAndNobodyReadsASession() throws IOException {
        // Given a vendor whose sessions end soon, and forty orders that wait
        vendor.endsASessionAfter(CALLS_OF_A_SESSION);
        shop.given().body(Map.of("reason", "they shall wait")).when().post("/api/connections/rpc-main/pause").then().statusCode(200);
        List<String> keys = new ArrayList<>();
        for (int order = 0; order < ORDERS; order++) {
            keys.add("shopify-us/" + shop.sells(Map.of(), false).path("id").asText());
        }
        await().atMost(LONG).until(() -> number("select count(*) from orderweir.delivery where connection = 'rpc-main' and state = 'ready'") == ORDERS);
        // When
        shop.given().when().post("/api/connections/rpc-main/resume").then().statusCode(200);
        await().atMost(LONG).until(() -> vendor.booked() == ORDERS || number("select count(*) from orderweir.connection_state where connection = 'rpc-main' and paused_at is not null") > 0);
        assertEquals(ORDERS, vendor.booked(), () -> sql().rows("select verb, outcome, because, status, reason, called_at, ended_at, left(answer, 200) as answer from orderweir.call_log"
                + " where connection = 'rpc-main' order by called_at desc limit 12").toString());
        await().atMost(LONG).until(() -> number("select count(*) from orderweir.delivery where connection = 'rpc-main' and state = 'delivered'") == ORDERS);
        // Then each was made step by step, once, and before later ones were begun
        assertEquals(List.of(), vendor.wrong);
        assertTrue(vendor.mostUnderWay <= AT_ONCE, () -> vendor.mostUnderWay + " under way");
        // a session that ended cost one login, and nobody a hold
        assertTrue(vendor.logins() >= 24, () -> vendor.logins() + " logins");
        assertTrue(vendor.logins() - vendor.ended <= 1, () -> vendor.logins() + " logins for " + vendor.ended + " that had ended");
        assertEquals(0, number("select count(*) from orderweir.hold"));
        // the countries were asked for once, and every order was made with the vendor's own id of its country
        assertEquals(1, vendor.askedForCountries);
        assertEquals(1, number("select count(*) from orderweir.call_log where connection = 'rpc-main' and verb = 'fetch' and reason = 'fetched countries'"));
        // and none of them stands anywhere
        List<String> found = new ArrayList<>();
        for (String path : pages(keys)) {
            for (String kind : List.of("text/html", "application/json")) {
                Response answer = Api.at(shop.engine.url(), shop.token).accept(kind).when().get(path);
                look(path, answer.asString(), found);
            }
        }
        String log = Files.readString(shop.engine.log());
        look("the log", log, found);
        assertTrue(log.contains("rpc goes on with •••"), "no line of the log quotes a session");
        for (Map<String, Object> table : sql().rows("select table_name as name from information_schema.tables where table_schema = 'orderweir' and table_type = 'BASE TABLE'")) {
            for (Map<String, Object> row : sql().rows("select t::text as said from orderweir." + table.get("name") + " t")) {
                look(table.get("name").toString(), row.get("said").toString(), found);
            }
        }
        assertEquals(List.of(), found);
        assertTrue(number("select count(*) from orderweir.call_log where answer like '%•••%'") > ORDERS, "nothing was taken out, so nothing was there to be found");
    }

    private static List<String> pages(List<String> keys) {
        List<String> all = new ArrayList<>();
        for (String endpoint : Endpoints.all()) {
            if (!endpoint.startsWith("GET ") || List.of("GET /live/flow", "GET /sso", "GET /welcome/{link}").contains(endpoint)) {
                continue;
            }
            String path = endpoint.substring("GET ".length());
            if (path.contains("{order:.+}")) {
                keys.forEach(key -> all.add(path.replace("{order:.+}", key)));
            } else if (path.contains("messages")) {
                sql().rows("select id from orderweir.message order by id limit 50").forEach(row -> all.add(path.replace("{id}", row.get("id").toString())));
            } else {
                all.add(path.replaceAll("\\{[^}]+}", "1"));
            }
        }
        return all;
    }

    private static void look(String where, String said, List<String> found) {
        String text = said.toLowerCase(Locale.ROOT);
        for (String session : vendor.sessions) {
            List<String> ways = new ArrayList<>(List.of(session, HexFormat.of().formatHex(session.getBytes(StandardCharsets.UTF_8))));
            for (int before = 0; before < 3; before++) {
                // in the middle of base64, without the characters that depend on what stands beside it
                ways.add(Base64.getEncoder().encodeToString(("x".repeat(before) + session).getBytes(StandardCharsets.UTF_8)).substring(4, 44));
            }
            ways.stream().filter(way -> text.contains(way.toLowerCase(Locale.ROOT))).forEach(way -> found.add(where + " has " + way));
        }
    }

    private static Map.Entry<String, String> account(String key, String value) {
        return Map.entry("orderweir.connections.rpc-main." + key, value);
    }

    private static Sql sql() {
        return shop.services.sql();
    }

    private static long number(String query, Object... values) {
        return sql().number(query, values);
    }
}
