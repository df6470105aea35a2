package io.orderweir.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.orderweir.contract.Recordings.Asks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A request that came to the vendor. {@code json} is missing where the body is none. */
record Asked(String method, String path, String query, Headers headers, String body, JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 120;

    static Asked of(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Asked(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), exchange.getRequestURI().getQuery(), exchange.getRequestHeaders(), body, json(body));
    }

    String header(String name) {
        return headers.getFirst(name);
    }

    /** What the names in a shape stand for in it; empty where it is another request. {@code secrets} exchanges the names of secrets for those of this run. */
    Optional<Map<String, String>> names(Asks asks, UnaryOperator<String> secrets) {
        if (!asks.method().equals(method)) {
            return Optional.empty();
        }
        List<Optional<Map<String, String>>> found = new ArrayList<>();
        found.add(shape(asks.path(), secrets).of(path));
        if (asks.query() != null) {
            found.add(shape(asks.query(), secrets).of(Objects.toString(query, "")));
        }
        asks.headers().forEach((header, value) -> found.add(shape(value, secrets).of(header(header))));
        asks.json().forEach((pointer, value) -> found.add(json.at(pointer).isMissingNode() ? Optional.empty() : shape(value, secrets).of(text(json.at(pointer)))));
        if (asks.text() != null) {
            found.add(shape(asks.text(), secrets).in(body));
        }
        Map<String, String> names = new HashMap<>();
        for (Optional<Map<String, String>> part : found) {
            if (part.isEmpty()) {
                return Optional.empty();
            }
            part.get().forEach(names::putIfAbsent);
        }
        return Optional.of(names);
    }

    static JsonNode json(String body) {
        try {
            JsonNode read = JSON.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** As somebody would look for it in what was recorded. */
    @Override
    public String toString() {
        return method + " " + path + (query == null ? "" : "?" + query) + (body.isEmpty() ? "" : " with " + (body.length() > SHOWN ? body.substring(0, SHOWN) + "..." : body));
    }

    private static Shape shape(String text, UnaryOperator<String> secrets) {
        return new Shape(secrets.apply(text));
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
