package io.orderweir.story;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Sql;
import io.orderweir.process.Stranger;
import io.orderweir.process.Tenant;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may enter the console, who may do what there, and that nothing that was done can be undone in the log. */
class AccessIT {

    private static final String PASSWORD = "correct horse battery";
    private static final List<String> ROLES = List.of("viewer", "operator", "integrator", "admin");
    private static final String EVERYBODY = "everybody";
    /** Sends to the directory, which says who it is. */
    private static final String DIRECTORY = "directory";

    private static Directory directory;
    private static Engine engine;
    private static Sql ledger;
    private static String firstLink;
    private static Map<String, String> admin;
    private static Described described;

    @BeforeAll
    static void theFirstAdminSetsHerPassword() throws IOException {
        Tenant tenant = Tenant.named("access");
        directory = new Directory();
        engine = Engine.named("access").on(tenant).roles("console").with("orderweir.console.oidc.enabled", true)
                .with("orderweir.console.oidc.url", directory.url()).with("orderweir.console.oidc.secret", Directory.SECRET).start();
        described = new Described(engine.url());
        ledger = new Sql(tenant.jdbcUrl() + "?currentSchema=orderweir", tenant.user());
        Matcher printed = Pattern.compile("(/welcome/ow_[\\w-]+)").matcher(Files.readString(engine.log()));
        assertTrue(printed.find(), "the first start prints a link");
        firstLink = printed.group(1);
        form(Map.of("password", "short", "again", "short")).when().post(firstLink).then().statusCode(422);
        form(Map.of("password", PASSWORD, "again", PASSWORD + "x")).when().post(firstLink).then().statusCode(422);
        admin = form(Map.of("password", PASSWORD, "again", PASSWORD)).when().post(firstLink).then().statusCode(303).extract().cookies();
    }

    @AfterAll
    static void close() {
        engine.close();
        directory.close();
    }

    @Test
    void theLinkWorksOnceAndThePasswordOpens() {
        form(Map.of("password", PASSWORD, "again", PASSWORD)).when().post(firstLink).then().statusCode(404);
        page(admin).when().get("/people").then().statusCode(200);
        form(Map.of("name", "admin", "password", "a guess of hers")).when().post("/login").then().statusCode(401);
        Response entered = form(Map.of("name", "Admin", "password", PASSWORD, "to", "/gates")).when().post("/login").then()
                .statusCode(303).header("Location", endsWith("/gates")).header("Set-Cookie", containsString("HttpOnly")).header("Set-Cookie", containsString("SameSite=Lax"))
                .extract().response();
        // and a session that was left opens nothing any more
        page(entered.cookies()).when().get("/gates").then().statusCode(200);
        page(entered.cookies()).contentType(ContentType.URLENC).when().post("/logout");
        page(entered.cookies()).when().get("/gates").then().statusCode(303);
        assertTrue(ledger.number("select count(*) from audit where action = 'access.leave' and by = 'admin'") > 0);
        // and nobody is sent away after she entered
        form(Map.of("name", "admin", "password", PASSWORD, "to", "//elsewhere.example/")).when().post("/login").then().header("Location", equalTo(engine.url() + "/"));
    }

    @Test
    void whoGuessesWaitsLongerAndLongerAndShutsNobodyElseOut() {
        // Given
        enter("Guessed", "admin");
        try (Stranger stranger = new Stranger("127.0.0.2", engine.url())) {
            // When somebody guesses
            for (int i = 0; i < 3; i++) {
                assertTrue(stranger.posts("/login", "name=guessed&password=guess+" + i).startsWith("HTTP/1.1 401 "));
            }
            ledger.run("update guess set at = clock_timestamp() + interval '1 minute', times = 9 where name = 'guessed' and address <> ''");
            String waits = stranger.posts("/login", "name=Guessed&password=" + PASSWORD.replace(' ', '+'));
            // Then she waits, whatever she says; and her name opens from where nobody guessed
            assertTrue(waits.startsWith("HTTP/1.1 429 ") && waits.toLowerCase(Locale.ROOT).contains("retry-after: "), waits);
            form(Map.of("name", "Guessed", "password", PASSWORD)).when().post("/login").then().statusCode(303);
            // and there, too, when the wait is over; then nothing is counted any more
            ledger.run("update guess set at = clock_timestamp() - interval '2 minutes' where name = 'guessed'");
            assertTrue(stranger.posts("/login", "name=Guessed&password=" + PASSWORD.replace(' ', '+')).startsWith("HTTP/1.1 303 "));
            assertEquals(0, ledger.number("select count(*) from guess where name = 'guessed' and address <> ''"));
        }
        // and a name that nobody has is treated like one that somebody has
        for (int i = 0; i < 3; i++) {
            form(Map.of("name", "No\u0000body", "password", "a guess")).when().post("/login").then().statusCode(401);
        }
        ledger.run("update guess set at = clock_timestamp() + interval '1 minute' where name = '' and address <> ''");
        form(Map.of("name", "No\u0000body", "password", "a guess")).when().post("/login").then().statusCode(429);
        api().queryParam("limit", 50).when().get("/api/audit").then()
                .body("changes.find { it.action == 'access.refused' && it.subject == 'Guessed' }.detail.answer", containsString("127.0.0.2"));
    }

    @Test
    void aNewPasswordEndsEverythingThatTheOldOneOpened() {
        // Given
        Map<String, String> session = enter("Renewed", "viewer");
        String token = token("Renewed");
        String link = api().when().post("/api/people/Renewed/link").then().statusCode(200).extract().path("link");
        bearer(token).when().get("/api/holds").then().statusCode(200);
        // When
        form(Map.of("password", PASSWORD + "!", "again", PASSWORD + "!")).when().post(link).then().statusCode(303);
        // Then
        bearer(token).when().get("/api/holds").then().statusCode(401);
        page(session).when().get("/holds").then().statusCode(303);
    }

    @Test
    void behindAProxyThatEncryptsTheCookieIsSecure() {
        for (Map<String, String> proxy : List.of(Map.of("X-Forwarded-Proto", "https"), Map.of("Forwarded", "for=10.0.0.1;proto=https"))) {
            form(Map.of("name", "admin", "password", PASSWORD)).headers(proxy).when().post("/login").then()
                    .statusCode(303).header("Set-Cookie", containsString("Secure")).header("Strict-Transport-Security", containsString("max-age=31536000"));
        }
        form(Map.of("name", "admin", "password", PASSWORD)).when().post("/login").then()
                .header("Set-Cookie", not(containsString("Secure"))).header("Strict-Transport-Security", equalTo(null));
    }

    @Test
    void whatCannotBeAskedIsSaidToBeWrongAndNotThatTheLedgerIsAway() {
        Map.of("/api/orders/%00/timeline", 400, "/api/audit?by=%00", 400, "/api/gates?gate=%00", 400, "/api/gates?after=a", 404, "/api/gates?after=2026-99-99T00:00:00.000000Z~1~paid", 400,
                "/api/holds?before=9999999999999999999", 404, "/api/audit?before=x", 404, "/audit?by=%00", 400, "/api/find?q=%00", 200).forEach((question, status) ->
                assertEquals(status, page(admin).urlEncodingEnabled(false).when().get(question).statusCode(), question));
        form(Map.of("name", "admin", "password", PASSWORD, "to", "/%zz")).when().post("/login").then().statusCode(303).header("Location", equalTo(engine.url() + "/"));
    }

    @Test
    void whatAnotherSitesPageSendsIsRefused() {
        // When a page elsewhere posts with her cookie
        for (Map<String, String> sender : List.of(Map.of("Sec-Fetch-Site", "cross-site"), Map.of("Sec-Fetch-Site", "same-site"),
                Map.of("Origin", "http://elsewhere.example"), Map.of("Origin", "null"), Map.<String, String>of())) {
            RequestSpecification elsewhere = Api.at(engine.url()).cookies(admin).headers(sender).formParams(Map.of("name", "Mallory", "role", "admin"));

            // Then
            assertEquals(403, elsewhere.when().post("/people").statusCode(), sender.toString());
        }
        assertEquals(0, ledger.number("select count(*) from person where name = 'Mallory'"));
        page(admin).when().get("/people").then()
                .header("Content-Security-Policy", containsString("script-src 'self';"))
                .header("X-Frame-Options", "DENY")
                .header("Cache-Control", "no-store");
    }

    @Test
    void whoIsLockedOutIsOutAtOnceAndTheLastAdminStays() {
        // Given a person with a session and a token
        Map<String, String> session = enter("Left", "operator");
        String token = token("Left");
        page(session).when().get("/holds").then().statusCode(200);
        bearer(token).when().get("/api/holds").then().statusCode(200);

        // When
        change("Left", Map.of("locked", true)).statusCode(200);

        // Then
        page(session).when().get("/holds").then().statusCode(303);
        bearer(token).when().get("/api/holds").then().statusCode(401);
        List<String> others = api().when().get("/api/people").then().extract().path("people.findAll { it.role == 'admin' && it.name != 'admin' }.name");
        others.forEach(other -> change(other, Map.of("locked", true)).statusCode(200));
        change("admin", Map.of("locked", true)).statusCode(409).body("error", containsString("the last admin"));
        change("admin", Map.of("role", "viewer")).statusCode(409).body("error", containsString("the last admin"));
        api().body(Map.of("name", "Left", "role", "viewer")).when().post("/api/people").then().statusCode(409);
        api().body(Map.of("name", "New", "role", "king")).when().post("/api/people").then().statusCode(422);
        api().body(Map.of()).when().post("/api/people/Nobody/link").then().statusCode(404);
    }

    @Test
    void whomTheDirectoryKnowsEntersAsWhatItSays() {
        // Given her company's account, with a role of ours among others
        directory.person = "kim@example.com";
        directory.groups = List.of("staff", "viewer", "operator");

        // When
        ValidatableResponse home = browse("/sso");

        // Then
        home.statusCode(200).body(containsString("kim@example.com"));
        assertEquals(List.of("operator"), ledger.rows("select role from person where name = 'kim@example.com'").stream().map(row -> (String) row.get("role")).toList());
        // and without a role, locked out here, or with the name of somebody who has a password of ours, she stays outside
        directory.groups = List.of("staff");
        browse("/sso").statusCode(403);
        directory.groups = List.of("admin");
        change("kim@example.com", Map.of("locked", true));
        browse("/sso").statusCode(403);
        directory.person = "Admin";
        browse("/sso").statusCode(403);
    }

    @Test
    void everyEndpointIsOpenToItsRolesAndToNobodyElse() {
        // Given everything that answers, as the build lists it, and what each role is for
        Map<String, String> stated = new TreeMap<>(Endpoints.ROLES);
        assertEquals(stated.keySet(), Endpoints.all(), "an endpoint without a stated role, or a role of an endpoint that is gone");
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String role : ROLES) {
            enter("matrix-" + role, role);
            tokens.put(role, token("matrix-" + role));
        }

        // When everybody tries everything, Then it is refused to whom it is not for, before anything else is looked at
        List<String> wrong = new ArrayList<>();
        stated.forEach((endpoint, needs) -> {
            String method = endpoint.split(" ")[0];
            String path = endpoint.split(" ")[1].replaceAll("\\{[^}]*}", "0");
            int nobody = Api.browser(engine.url()).when().request(method, path).statusCode();
            if (needs.equals(DIRECTORY)) {
                return;
            }
            boolean open = needs.equals(EVERYBODY);
            if (!open && nobody != (path.startsWith("/api/") ? 401 : 303)) {
                wrong.add(endpoint + " answers nobody with " + nobody);
            }
            tokens.forEach((role, token) -> {
                int status = asked(token, method, path).when().request(method, path).statusCode();
                boolean may = open || ROLES.indexOf(role) >= ROLES.indexOf(needs);
                if (may == (status == 403) || status == 401 && !open || status >= 500) {
                    wrong.add(endpoint + " answers the " + role + " with " + status);
                }
            });
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void theApiIsDescribed() {
        Set<String> operations = new TreeSet<>();
        described.api().path("paths").fields().forEachRemaining(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> ours = new TreeSet<>();
        Endpoints.all().stream().filter(endpoint -> endpoint.contains(" /api/")).forEach(endpoint -> ours.add(endpoint.replaceAll(":[^}]*}", "}")));
        assertEquals(ours, operations);
        assertEquals("bearer", described.api().at("/components/securitySchemes/token/scheme").asText());

        // and of each operation what it is for, who may call it, what it takes, and what it answers, also when it refuses
        List<String> lacking = new ArrayList<>();
        described.api().path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation ->
                lacks(operation.getValue()).forEach(what -> lacking.add(operation.getKey() + " " + path.getKey() + " lacks " + what))));
        assertEquals(List.of(), lacking);
    }

    private static List<String> lacks(JsonNode operation) {
        List<String> lacking = new ArrayList<>();
        if (operation.path("summary").asText().isBlank()) {
            lacking.add("a summary");
        }
        if (operation.path("x-roles").isEmpty() || !operation.path("description").asText().startsWith("Roles: ")) {
            lacking.add("its roles");
        }
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("description").asText().isBlank()) {
                lacking.add("the meaning of " + parameter.path("name").asText());
            }
        });
        if (operation.has("requestBody") && described.resolved(operation.at("/requestBody/content/application~1json/schema")).path("properties").isEmpty()) {
            lacking.add("the fields of its body");
        }
        if (described.resolved(operation.at("/responses/200/content/application~1json/schema")).path("properties").isEmpty()) {
            lacking.add("the fields of its answer");
        }
        for (String status : List.of("401", "403", "503")) {
            if (!operation.path("responses").has(status)) {
                lacking.add("the answer " + status);
            }
        }
        operation.path("responses").fields().forEachRemaining(answer -> {
            if (!answer.getKey().equals("200") && !described.resolved(answer.getValue()).at("/content/application~1json/example").has("error")) {
                lacking.add("an example of " + answer.getKey());
            }
        });
        return lacking;
    }


    @Test
    void aRowThatWasChangedInTheLogIsFound() throws IOException {
        // Given some changes
        enter("Written", "viewer");
        change("Written", Map.of("role", "operator"));
        ValidatableResponse told = verified().body("faults", empty());
        int rows = told.extract().path("rows");
        String hash = told.extract().path("hash");
        int row = api().queryParam("by", "admin").queryParam("limit", 1).when().get("/api/audit").then()
                .body("changes[0].action", equalTo("person.change"))
                .body("changes[0].detail.answer", equalTo("Written may enter as operator."))
                .extract().path("changes[0].id");

        // When somebody with the database's own rights changes one, takes one out, and cuts the end off
        ledger.run("alter table audit disable trigger user");
        for (String tampering : List.of("update audit set by = 'nobody' where id = " + row, "delete from audit where id = " + (row - 1), "delete from audit where id >= " + row)) {
            ledger.run("create table kept as select * from audit");
            ledger.run(tampering);

            // Then it is found
            verified().body("faults", not(empty()));
            ledger.run("delete from audit");
            ledger.run("insert into audit select * from kept");
            ledger.run("drop table kept");
        }
        ledger.run("alter table audit enable trigger user");
        verified().body("faults", empty());
        // and whoever computes all hashes anew is found by who has kept one of the old
        ledger.run("create table kept as select * from audit");
        ledger.run("alter table audit disable trigger user");
        ledger.run("update audit set by = 'nobody' where id = " + row);
        ledger.run("do $$ declare changed orderweir.audit; last bytea := ''; begin for changed in select * from orderweir.audit order by id loop changed.before := last; "
                + "last := orderweir.audit_hash(changed); update orderweir.audit set before = changed.before, hash = last where id = changed.id; end loop; "
                + "update orderweir.audit_head set hash = last; end $$");
        verified().body("faults", empty());
        api().queryParam("row", rows).queryParam("hash", hash).when().get("/api/audit/verify").then().statusCode(200)
                .body("faults.row", contains(rows)).body("faults.fault", contains("is not what it was when its hash was told"));
        ledger.run("delete from audit");
        ledger.run("insert into audit select * from kept");
        ledger.run("update audit_head set hash = (select hash from kept order by id desc limit 1)");
        ledger.run("drop table kept");
        ledger.run("alter table audit enable trigger user");
        api().queryParam("row", rows).queryParam("hash", hash).when().get("/api/audit/verify").then().statusCode(200).body("faults", empty());
        api().queryParam("row", rows).queryParam("hash", "none").when().get("/api/audit/verify").then().statusCode(400);
        // and by ordinary rights nobody can
        assertEquals("The audit log is only added to.", refusal("update audit set by = 'nobody'"));
        assertEquals("The audit log is only added to.", refusal("truncate audit"));
    }

    private static String refusal(String statement) {
        try {
            ledger.run(statement);
            return "done";
        } catch (IllegalStateException refused) {
            return refused.getMessage().replaceAll("(?s).*ERROR: (.*?)\\n.*", "$1");
        }
    }

    private static ValidatableResponse verified() {
        return api().when().get("/api/audit/verify").then().statusCode(200);
    }

    /** A person who has set her password; gives her session. */
    private static Map<String, String> enter(String name, String role) {
        String link = api().body(Map.of("name", name, "role", role)).when().post("/api/people").then().statusCode(200).extract().path("link");
        return form(Map.of("password", PASSWORD, "again", PASSWORD)).when().post(link).then().statusCode(303).extract().cookies();
    }

    private static String token(String name) {
        return api().body(Map.of("label", "a program")).when().post("/api/people/{name}/tokens", name).then().statusCode(200).extract().path("token");
    }

    private static ValidatableResponse change(String name, Map<String, Object> change) {
        return api().body(change).when().post("/api/people/{name}", name).then();
    }

    /** The API as the first admin's own pages ask it. */
    private static RequestSpecification api() {
        return page(admin).contentType(ContentType.JSON).filter(described);
    }

    private static RequestSpecification bearer(String token) {
        return Api.at(engine.url(), token).filter(described);
    }

    /** With a body of the kind that is expected there, in which nothing stands that it knows. */
    private static RequestSpecification asked(String token, String method, String path) {
        RequestSpecification request = bearer(token);
        if (method.equals("GET")) {
            return request;
        }
        return path.startsWith("/api/") ? request.body("{}") : request.contentType(ContentType.URLENC).body("a=b");
    }

    private static RequestSpecification page(Map<String, String> session) {
        return Api.browser(engine.url()).cookies(session);
    }

    private static RequestSpecification form(Map<String, String> fields) {
        return Api.browser(engine.url()).formParams(fields);
    }

    /** As a browser of her own, which keeps its cookies and follows where it is sent. */
    private static ValidatableResponse browse(String path) {
        return Api.follow(engine.url()).when().get(path).then();
    }
}
