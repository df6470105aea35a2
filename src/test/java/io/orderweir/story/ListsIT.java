package io.orderweir.story;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Sql;
import io.orderweir.process.Tenant;
import io.orderweir.process.Token;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the console lists: each row with what is known of it, narrowed, in order and a page at a time, for a viewer without what is personal. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ListsIT {

    private static final String CAUSE = "netsuite|field-refused|zip";
    private static final List<String> LISTS = List.of("/api/audit", "/api/people", "/api/counts/recounts", "/api/alerts", "/api/alerts/history", "/api/gates/history?build=1", "/api/signals",
            "/api/calendars", "/api/holds", "/api/holds?group=" + CAUSE, "/api/holds/work?group=" + CAUSE, "/api/holds/work/7", "/api/holds/1", "/api/find?q=1",
            "/audit", "/people", "/alerts", "/gates?done=1", "/holds?group=" + CAUSE, "/holds/1");

    private static Engine engine;
    private static Sql ledger;
    private static Described described;
    private static String admin;
    private static String viewer;

    @BeforeAll
    static void open() throws IOException {
        Tenant tenant = Tenant.named("lists");
        engine = Engine.named("lists").on(tenant).roles("console").with("orderweir.console.admin", "Ann").with("orderweir.console.admin-password", Token.PASSWORD)
                .with(Account.netsuite("http://127.0.0.1:9").limit("at-once", 1, "0s")).with(Account.wms("http://127.0.0.1:9").limit("at-once", 1, "0s")).start();
        described = new Described(engine.url());
        ledger = new Sql(tenant.jdbcUrl() + "?currentSchema=orderweir", tenant.user());
        try (InputStream rows = ListsIT.class.getResourceAsStream("/story/lists.sql")) {
            for (String statement : new String(rows.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\n")) {
                if (statement.contains("select audit_note")) {
                    ledger.rows(statement);
                } else {
                    ledger.run(statement);
                }
            }
        }
        admin = Token.of(engine.url(), "Ann");
        given().body(Map.of("name", "Dee", "role", "viewer")).when().post("/api/people").then().statusCode(200);
        viewer = given().body(Map.of("label", "looks")).when().post("/api/people/Dee/tokens").then().statusCode(200).extract().path("token");
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void changesAreListedByWhomAndAboutWhat() {
        given().queryParam("limit", 2).queryParam("before", 61).when().get("/api/audit").then()
                .body("changes.id", contains(60, 59))
                .body("changes[0].by", is("Bea")).body("changes[0].action", is("gate.open")).body("changes[0].subject", is("#0")).body("changes[0].detail.answer", is("Change 60"))
                .body("changes[0].hash", is(ledger.text("select encode(hash, 'hex') from audit where id = 60")))
                .body("changes[0].at", is(ledger.text("select to_char(date_trunc('milliseconds', at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') from audit where id = 60")));
        given().queryParam("by", "Cy").queryParam("subject", "#3").queryParam("before", 50).when().get("/api/audit").then().body("changes.id", contains(43, 33, 23, 13, 3));
        given().queryParam("by", "nobody").when().get("/api/audit").then().body("changes", empty());
    }

    @Test
    void peopleAreListedWithTheKeysThatOpenSomething() {
        given().when().get("/api/people").then()
                .body("people.name", contains("Ann", "bea", "Cy", "Dee"))
                .body("people[0].hasPassword", is(true))
                .rootPath("people[1]")
                .body("role", is("operator")).body("hasPassword", is(false)).body("lockedAt", nullValue()).body("usedAt", is("2026-11-21T10:00:00.000Z"))
                .body("access", hasSize(1))
                .body("access[0].kind", is("token")).body("access[0].label", is("a program")).body("access[0].expiresAt", is("2999-01-01T00:00:00.000Z"))
                .rootPath("people[2]")
                .body("lockedAt", is("2026-11-20T10:00:00.000Z")).body("usedAt", nullValue()).body("access", empty());
    }

    @Test
    void countingsAreListedTheNewestFirst() {
        given().when().get("/api/counts/recounts").then().rootPath("recounts[0]")
                .body("at", is("2999-11-21T02:00:00.000Z")).body("by", is("Bea")).body("tookMs", is(61_000)).body("balanced", is(false))
                .body("messagesWithWrongPlan", is(2)).body("corrected", is(1)).body("differences[0].sort", is("plan"))
                .rootPath("recounts[1]")
                .body("tookMs", is(6_250)).body("differences", empty());
    }

    @Test
    void alertsAreListedWithWhoWasTold() {
        given().when().get("/api/alerts").then()
                .body("alerts.id", contains(3, 2, 1))
                .body("alerts[0].told.channel", contains("chat"))
                .body("alerts[1].told.channel", contains("chat", "phone")).body("alerts[1].told.state", contains("sent", "ready"))
                .body("alerts[1].told.at", contains("2026-11-20T10:01:00.000Z", "2026-11-20T10:05:00.000Z")).body("alerts[1].told[1].reason", is("nobody answers"))
                .body("alerts[2].state", is("acknowledged")).body("alerts[2].acknowledgedBy", is("Bea")).body("alerts[2].told", empty());
        given().queryParam("before", 9).queryParam("limit", 3).when().get("/api/alerts/history").then()
                .body("alerts.id", contains(8, 7, 6)).body("alerts[0].firstAt", is("2026-11-20T02:00:00.000Z")).body("alerts[0].count", is(8));
    }

    @Test
    void decisionsSignalsAndDaysOfTheGatesAreListed() {
        given().queryParam("build", 1).when().get("/api/gates/history").then()
                .body("decisions.decision", contains("opened", "refused")).body("decisions[0].evidence.amount", is("12.00"))
                .body("decisions[1].evidence", is("a word of hers")).body("decisions[1].reason", is("the wrong chair"));
        given().queryParam("done", 1).when().get("/gates").then().body(containsString("<a href=\"/orders/shopify-us/1\">#1</a>: gate drawing refused by Bea."));
        given().when().get("/api/signals").then()
                .body("waiting.names", contains("shopify-us/101", "shopify-us/102", "shopify-us/103")).body("waiting.line", contains(null, null, "7"))
                .body("waiting[0].kind", is("payment")).body("waiting[0].amount", is("12.50")).body("waiting[0].since", is("2026-11-20T10:00:00.000Z"))
                .body("waiting[0].reason", is("waits for shopify-us/101"));
        given().queryParam("after", 2).queryParam("limit", 5).when().get("/api/signals").then().body("waiting.message", contains(103));
        given().when().get("/api/calendars").then()
                .body("days.day", contains(day(-1), day(0), day(1), day(3))).body("days.taken", everyItem(is(3)));
    }

    @Test
    void holdsOfACauseAreListedWithWhoCares() {
        ofCause().queryParam("limit", 3).when().get("/api/holds").then()
                .body("holds.id", contains(5, 4, 3)).body("holds.owner", contains("Bea", "Bea", "Cy")).body("holds.order", contains("shopify-us/5", "#4", "#3"))
                .body("holds.snoozedUntil", everyItem(is("2999-01-01T00:00:00.000Z"))).body("holds.dueAt", everyItem(is("2026-12-24T12:00:00.000Z")))
                .body("holds[0].sentence", containsString("'62'")).body("holds[0].answerStatus", is(400));
        // two were opened in the same instant
        ofCause().queryParam("before", 3).when().get("/api/holds").then().body("holds.id", contains(2, 1))
                .body("holds[1].delivery", is(1)).body("holds[1].connection", is("netsuite")).body("holds[1].part", is("order")).body("holds[1].openedAt", is("2026-11-20T10:00:00.123Z"));
        ofCause().queryParam("before", 6).when().get("/api/holds").then().statusCode(404).body("error", is("There is no hold 6."));
        Api.at(engine.url(), viewer).filter(described).queryParam("group", CAUSE).when().get("/api/holds").then().body("holds.sentence", everyItem(not(containsString("62"))));
    }

    @Test
    void aHoldIsShownWithWhatWaitsForItWhatWasBeforeAndItsNotes() {
        given().when().get("/api/holds/1").then()
                .body("waiting.delivery", contains(2)).body("waiting[0].waitsAfter", is(true)).body("waiting[0].state", is("ready"))
                .body("earlier.sentence", contains("Order #1: before, -8", "Order #1: before, -9")).body("earlier[0].resolvedBy", is("Cy"))
                .body("notes.note", contains("of one", "of all"));
        given().when().get("/api/holds/2").then().body("waiting", empty()).body("earlier", empty()).body("notes.note", contains("of another", "of all"));
        given().queryParam("group", CAUSE).when().get("/holds").then().body(containsString("of all")).body(not(containsString("of another")));
    }

    @Test
    void workOnACauseIsListedWithWhatFailed() {
        given().queryParam("group", CAUSE).when().get("/api/holds/work").then()
                .body("works.id", contains(7, 6, 5, 4, 3)).body("works[0].what", is("fix")).body("works[0].left", is(0)).body("works[0].request.changes", empty());
        given().when().get("/api/holds/work/6").then().body("fingerprint", is(CAUSE)).body("failures[0].hold", is(1)).body("failures[0].answer", containsString("'62'"));
        Api.at(engine.url(), viewer).filter(described).when().get("/api/holds/work/6").then().body("failures[0].answer", not(containsString("62"))).body("request", equalTo("•••"));
        given().when().get("/api/holds/work/8").then().statusCode(404).body("error", is("There is no work 8."));
    }

    /** A column that the next release needs is there before it (expand first): what is prepared by then must go on. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyListAnswersAsBeforeWhileColumnsAreAdded() {
        // Given everything that is listed, asked for often enough to be prepared
        Map<String, String> before = answers();
        assertEquals(before, answers());
        // When every table gets a column
        for (Map<String, Object> table : ledger.rows("select relname from pg_class where relnamespace = 'orderweir'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1")) {
            ledger.run("alter table " + table.get("relname") + " add column expanded text not null default 'x'");
        }
        // Then
        assertEquals(before, answers());
    }

    /** As text, without what is told by the clock. */
    private static Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String list : LISTS) {
            String answer = given().urlEncodingEnabled(false).when().get(list.replace("|", "%7C")).then().statusCode(200).extract().asString();
            answers.put(list, answer.replaceAll("\\d+ (ms|s|min|h|days)\\b", "").replaceAll("usedAt\":\"[^\"]*", ""));
        }
        return answers;
    }

    private static String day(int fromToday) {
        return ledger.text("select (current_date + ?)::text", fromToday);
    }

    private static RequestSpecification ofCause() {
        return given().queryParam("group", CAUSE);
    }

    private static RequestSpecification given() {
        return Api.at(engine.url(), admin).filter(described);
    }
}
