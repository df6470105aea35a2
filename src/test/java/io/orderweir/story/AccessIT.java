package io.orderweir.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.process.Engine;
import io.orderweir.process.Sql;
import io.orderweir.process.Tenant;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
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

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PASSWORD = "correct horse battery";
    private static final List<String> ROLES = List.of("viewer", "operator", "integrator", "admin");
    private static final String EVERYBODY = "everybody";
    /** Sends to the directory, which says who it is. */
    private static final String DIRECTORY = "directory";

    private static Directory directory;
    private static Engine engine;
    private static Sql ledger;
    private static String firstLink;
    private static String admin;
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
        assertEquals(422, form(firstLink, null, Map.of("password", "short", "again", "short")).statusCode());
        assertEquals(422, form(firstLink, null, Map.of("password", PASSWORD, "again", PASSWORD + "x")).statusCode());
        HttpResponse<String> set = form(firstLink, null, Map.of("password", PASSWORD, "again", PASSWORD));
        assertEquals(303, set.statusCode(), set.body());
        admin = session(set);
    }

    @AfterAll
    static void close() {
        engine.close();
        directory.close();
    }

    @Test
    void theLinkWorksOnceAndThePasswordOpens() {
        assertEquals(404, form(firstLink, null, Map.of("password", PASSWORD, "again", PASSWORD)).statusCode());
        assertEquals(200, get("/people", admin).statusCode());
        assertEquals(401, form("/login", null, Map.of("name", "admin", "password", "a guess of hers")).statusCode());
        HttpResponse<String> entered = form("/login", null, Map.of("name", "Admin", "password", PASSWORD, "to", "/gates"));
        assertEquals("/gates", URI.create(entered.headers().firstValue("Location").orElseThrow()).getPath());
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
        // and a session that was left opens nothing any more
        assertEquals(200, get("/gates", session(entered)).statusCode());
        form("/logout", session(entered), Map.of());
        assertEquals(303, get("/gates", session(entered)).statusCode());
        // and nobody is sent away after she entered
        assertEquals("/", URI.create(form("/login", null, Map.of("name", "admin", "password", PASSWORD, "to", "//elsewhere.example/")).headers().firstValue("Location").orElseThrow()).getPath());
    }

    @Test
    void aNameThatIsGuessedAtIsClosedForAWhile() {
        enter("Guessed", "viewer");
        for (int i = 0; i < 5; i++) {
            assertEquals(401, form("/login", null, Map.of("name", "Guessed", "password", "guess " + i + " of many")).statusCode());
        }
        assertEquals(401, form("/login", null, Map.of("name", "Guessed", "password", PASSWORD)).statusCode());
        ledger.run("update person set failed_at = failed_at - interval '6 minutes' where name = 'Guessed'");
        assertEquals(303, form("/login", null, Map.of("name", "Guessed", "password", PASSWORD)).statusCode());
    }

    @Test
    void whatAnotherSitesPageSendsIsRefused() {
        // When a page elsewhere posts with her cookie
        for (Map<String, String> sender : List.of(Map.of("Sec-Fetch-Site", "cross-site"), Map.of("Sec-Fetch-Site", "same-site"),
                Map.of("Origin", "http://elsewhere.example"), Map.of("Origin", "null"), Map.<String, String>of())) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engine.url() + "/people")).header("Cookie", admin)
                    .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString("name=Mallory&role=admin"));
            sender.forEach(request::header);

            // Then
            assertEquals(403, send(request).statusCode(), sender.toString());
        }
        assertEquals(0, ledger.number("select count(*) from person where name = 'Mallory'"));
        HttpResponse<String> page = get("/people", admin);
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElseThrow().contains("script-src 'self';"), "no inline script");
        assertEquals("DENY", page.headers().firstValue("X-Frame-Options").orElseThrow());
        assertEquals("no-store", page.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void whoIsLockedOutIsOutAtOnceAndTheLastAdminStays() {
        // Given a person with a session and a token
        String session = enter("Left", "operator");
        String token = token("Left");
        assertEquals(200, get("/holds", session).statusCode());
        assertEquals(200, bearer("GET", "/api/holds", token).statusCode());

        // When
        assertEquals(200, api("POST", "/api/people/Left", Map.of("locked", true)).statusCode());

        // Then
        assertEquals(303, get("/holds", session).statusCode());
        assertEquals(401, bearer("GET", "/api/holds", token).statusCode());
        for (JsonNode other : read(api("GET", "/api/people", null)).path("people")) {
            if (other.path("role").asText().equals("admin") && !other.path("name").asText().equals("admin")) {
                assertEquals(200, api("POST", "/api/people/" + other.path("name").asText(), Map.of("locked", true)).statusCode());
            }
        }
        assertEquals(409, api("POST", "/api/people/admin", Map.of("locked", true)).statusCode(), "the last admin");
        assertEquals(409, api("POST", "/api/people/admin", Map.of("role", "viewer")).statusCode(), "the last admin");
        assertEquals(409, api("POST", "/api/people", Map.of("name", "Left", "role", "viewer")).statusCode());
        assertEquals(422, api("POST", "/api/people", Map.of("name", "New", "role", "king")).statusCode());
        assertEquals(404, api("POST", "/api/people/Nobody/link", Map.of()).statusCode());
    }

    @Test
    void whomTheDirectoryKnowsEntersAsWhatItSays() {
        // Given her company's account, with a role of ours among others
        directory.person = "kim@example.com";
        directory.groups = List.of("staff", "viewer", "operator");

        // When
        HttpResponse<String> home = browse("/sso");

        // Then
        assertEquals(200, home.statusCode(), home.body());
        assertEquals(List.of("operator"), ledger.rows("select role from person where name = 'kim@example.com'").stream().map(row -> (String) row.get("role")).toList());
        assertTrue(home.body().contains("kim@example.com"));
        // and without a role, locked out here, or with the name of somebody who has a password of ours, she stays outside
        directory.groups = List.of("staff");
        assertEquals(403, browse("/sso").statusCode());
        directory.groups = List.of("admin");
        api("POST", "/api/people/kim@example.com", Map.of("locked", true));
        assertEquals(403, browse("/sso").statusCode());
        directory.person = "Admin";
        assertEquals(403, browse("/sso").statusCode());
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
            int nobody = send(HttpRequest.newBuilder(URI.create(engine.url() + path)).header("Sec-Fetch-Site", "same-origin")
                    .method(method, HttpRequest.BodyPublishers.noBody())).statusCode();
            if (needs.equals(DIRECTORY)) {
                return;
            }
            boolean open = needs.equals(EVERYBODY);
            if (!open && nobody != (path.startsWith("/api/") ? 401 : 303)) {
                wrong.add(endpoint + " answers nobody with " + nobody);
            }
            tokens.forEach((role, token) -> {
                int status = bearer(method, path, token).statusCode();
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
        api("POST", "/api/people/Written", Map.of("role", "operator"));
        assertTrue(verified().path("faults").isEmpty(), verified().toString());
        JsonNode newest = read(api("GET", "/api/audit?by=admin&limit=1", null)).path("changes").path(0);
        assertEquals("person.change", newest.path("action").asText());
        assertEquals("Written may enter as operator.", newest.path("detail").path("answer").asText());

        // When somebody with the database's own rights changes one, takes one out, and cuts the end off
        long row = newest.path("id").asLong();
        ledger.run("alter table audit disable trigger user");
        for (String tampering : List.of("update audit set by = 'nobody' where id = " + row, "delete from audit where id = " + (row - 1), "delete from audit where id >= " + row)) {
            ledger.run("create table kept as select * from audit");
            ledger.run(tampering);

            // Then it is found
            assertFalse(verified().path("faults").isEmpty(), tampering);
            ledger.run("delete from audit");
            ledger.run("insert into audit select * from kept");
            ledger.run("drop table kept");
        }
        ledger.run("alter table audit enable trigger user");
        assertTrue(verified().path("faults").isEmpty(), "as it was");
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

    private static JsonNode verified() {
        return read(api("GET", "/api/audit/verify", null));
    }

    /** A person who has set her password; gives her session. */
    private static String enter(String name, String role) {
        JsonNode added = read(api("POST", "/api/people", Map.of("name", name, "role", role)));
        return session(form(added.path("link").asText(), null, Map.of("password", PASSWORD, "again", PASSWORD)));
    }

    private static String token(String name) {
        return read(api("POST", "/api/people/" + name + "/tokens", Map.of("label", "a program"))).path("token").asText();
    }

    private static HttpResponse<String> api(String method, String path, Object body) {
        return asDescribed(method, path, send(HttpRequest.newBuilder(URI.create(engine.url() + path)).header("Cookie", admin).header("Sec-Fetch-Site", "same-origin")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()))));
    }

    private static HttpResponse<String> bearer(String method, String path, String token) {
        return asDescribed(method, path, send(HttpRequest.newBuilder(URI.create(engine.url() + path)).header("Authorization", "Bearer " + token)
                .header("Content-Type", path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded")
                .method(method, method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(path.startsWith("/api/") ? "{}" : "a=b"))));
    }

    private static HttpResponse<String> asDescribed(String method, String path, HttpResponse<String> answer) {
        described.holds(method, path, answer.statusCode(), answer.body());
        return answer;
    }

    private static HttpResponse<String> get(String path, String session) {
        return send(HttpRequest.newBuilder(URI.create(engine.url() + path)).header("Cookie", session).GET());
    }

    /** As a browser of her own, which follows where it is sent. */
    private static HttpResponse<String> browse(String path) {
        try {
            return HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL).build()
                    .send(HttpRequest.newBuilder(URI.create(engine.url() + path)).GET().build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> form(String path, String session, Map<String, String> fields) {
        String body = String.join("&", new HashMap<>(fields).entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).toList());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engine.url() + path)).header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body));
        return send(session == null ? request : request.header("Cookie", session));
    }

    private static String session(HttpResponse<String> entered) {
        return entered.headers().firstValue("Set-Cookie").orElseThrow(() -> new AssertionError(entered.statusCode() + " " + entered.body())).split(";")[0];
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            assertEquals(200, answer.statusCode(), answer.body());
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /** A stream has no end, so it is not read. */
    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpRequest built = request.build();
            return HTTP.send(built, answer -> built.uri().getPath().startsWith("/live/") && answer.statusCode() == 200
                    ? HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofInputStream(), unread -> "") : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
