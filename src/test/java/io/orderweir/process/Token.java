package io.orderweir.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Enters the console as its first admin and makes tokens, as a program's admin would. */
public final class Token {

    public static final String PASSWORD = "a password for the tests";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Token() {
    }

    /** A token of the first admin, whose password the configuration set to {@link #PASSWORD}. */
    public static String of(String url, String admin) {
        HttpResponse<String> entered = send(HttpRequest.newBuilder(URI.create(url + "/login")).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=" + encoded(admin) + "&password=" + encoded(PASSWORD))).header("Sec-Fetch-Site", "same-origin"));
        String session = entered.headers().firstValue("Set-Cookie").orElseThrow(() -> new IllegalStateException(entered.statusCode() + " " + entered.body())).split(";")[0];
        return of(HttpRequest.newBuilder().header("Cookie", session).header("Sec-Fetch-Site", "same-origin"), url, admin);
    }

    /** A token of another person, made by an admin's. */
    public static String of(String url, String person, String adminsToken) {
        return of(HttpRequest.newBuilder().header("Authorization", "Bearer " + adminsToken), url, person);
    }

    private static String of(HttpRequest.Builder admin, String url, String person) {
        HttpResponse<String> made = send(admin.uri(URI.create(url + "/api/people/" + encoded(person) + "/tokens"))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(Map.of("label", "tests", "days", 1)).toString())));
        try {
            JsonNode token = JSON.readTree(made.body());
            if (made.statusCode() != 200) {
                throw new IllegalStateException(made.statusCode() + " " + made.body());
            }
            return token.path("token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(made.body(), e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
