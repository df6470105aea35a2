package io.orderweir.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The pretend vendors as a process of their own: no database, no broker, not ended by any test before its end. */
public final class Sandbox implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Sandbox shared;

    private final Engine process;

    private Sandbox(Engine process) {
        this.process = process;
    }

    /** The vendors of all tests of this JVM that end them not, without a memory of the test before. */
    public static synchronized Sandbox shared() {
        if (shared == null) {
            shared = start("shared");
        }
        shared.post("/sandbox/reset", Map.of("settings", true));
        return shared;
    }

    /** Key and value alternate in the properties. */
    public static Sandbox start(String name, String... properties) {
        Engine process = Engine.named(name).lastingWhereLong().roles("sandbox").with("quarkus.datasource.active", false)
                .with("quarkus.hibernate-orm.active", false).with("quarkus.flyway.active", false);
        for (int i = 0; i < properties.length; i += 2) {
            process.with(properties[i], properties[i + 1]);
        }
        return new Sandbox(process.start());
    }

    public String url() {
        return process.url();
    }

    public long pid() {
        return process.pid();
    }

    public JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)));
    }

    public JsonNode post(String path, Object body) {
        try {
            return send(HttpRequest.newBuilder(URI.create(url() + path)).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer.request().method() + " " + answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body().isBlank() ? JSON.nullNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
