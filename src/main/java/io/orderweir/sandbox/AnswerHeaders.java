package io.orderweir.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The headers that a real vendor's front end puts on each of its answers: {@code sandbox/answer-headers.http}. */
final class AnswerHeaders {
    private static final String FILE = "/sandbox/answer-headers.http";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private record Line(String name, String value) {
    }

    private final Map<String, List<Line>> lines = new LinkedHashMap<>();

    AnswerHeaders() {
        List<Line> section = List.of();
        for (String line : text().lines().toList()) {
            if (line.startsWith("### ")) {
                section = new ArrayList<>();
                lines.put(line.substring("### ".length()), section);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(": ");
                section.add(new Line(line.substring(0, colon), line.substring(colon + 2)));
            }
        }
    }

    private static String text() {
        try (InputStream file = AnswerHeaders.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /** Adds them to an answer whose status is known and whose head is about to be written. */
    void add(Call call, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        MultiMap headers = response.headers();
        boolean stays = request.version() == HttpVersion.HTTP_1_1 && !headers.contains("Connection", "close", true);
        Map<String, String> known = known(call, response);
        for (Line line : lines.get(call.vendor.name)) {
            boolean ofTheConnection = line.name().equalsIgnoreCase("Connection") || line.name().equalsIgnoreCase("Keep-Alive");
            String value = filled(line.value(), known);
            if (value != null && (stays || !ofTheConnection)) {
                headers.add(line.name(), value);
            }
        }
    }

    private static Map<String, String> known(Call call, HttpServerResponse response) {
        long now = call.vendor.watch.now();
        int limit = call.vendor.settings.number("limit");
        Map<String, String> known = new LinkedHashMap<>();
        known.put("${date}", DATE.format(Instant.ofEpochMilli(call.vendor.watch.epochMs(now))));
        known.put("${status}", response.getStatusCode() + " " + response.getStatusMessage());
        known.put("${took}", "" + (now - call.arrivedAt) / 1_000_000);
        known.put("${id}", UUID.randomUUID().toString().replace("-", ""));
        known.put("${limit}", limit == 0 ? null : "" + limit);
        known.put("${left}", limit == 0 ? null : "" + call.vendor.left(now));
        return known;
    }

    /** Null when the value has a number in it that there is not. */
    private static String filled(String value, Map<String, String> known) {
        String filled = value;
        for (Map.Entry<String, String> word : known.entrySet()) {
            if (filled.contains(word.getKey())) {
                if (word.getValue() == null) {
                    return null;
                }
                filled = filled.replace(word.getKey(), word.getValue());
            }
        }
        return filled;
    }
}
