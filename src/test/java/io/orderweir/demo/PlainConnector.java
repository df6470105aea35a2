package io.orderweir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.ConnectorResources;
import io.orderweir.connector.Connectors;
import io.orderweir.mapping.MappingFunctions;
import io.orderweir.money.Worth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * What stands in many shops today: webhooks read one by one in the order they arrived, each posted to the ERP before the next.
 *
 * <p>It is not made slow: the same mappings, the same time-out, a repeat by upsert at once, one window's wait after a 429.
 */
final class PlainConnector implements AutoCloseable {
    /** How it went: seconds for so many orders measured, the place of the order it stopped at and how many wait behind it. */
    record Run(int measured, double measuredSeconds, int place, String stoppedAt, String answer, int waiting) {
        /** Scaled from the orders measured to all that stood before the refused one. */
        double secondsToTheStop() {
            return measuredSeconds / measured * (place - 1);
        }
    }

    private final CamelContext camel = camel();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Expression in = mapping("shopify/order.in.jq");
    private final Expression out = mapping("netsuite/order.out.jq");
    private final String url;
    private final Tempo tempo;

    PlainConnector(String url, Tempo tempo) {
        this.url = url;
        this.tempo = tempo;
        camel.start();
    }

    /** Measures the first orders, then goes straight to the bad one, which everything behind it waits for. */
    Run run(List<byte[]> arrived, int measured, String bad) {
        Set<String> orders = new HashSet<>();
        long start = System.nanoTime();
        for (int i = 0; i < arrived.size() && orders.size() < measured; i++) {
            JsonNode order = map(in, arrived.get(i));
            HttpResponse<String> answer = book(order);
            if (answer.statusCode() == 400) {
                throw new IllegalStateException("the plain connector was refused " + order.path("name") + ": " + answer.body());
            }
            orders.add(order.path("externalId").textValue());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return stop(arrived, orders.size(), seconds, bad);
    }

    private Run stop(List<byte[]> arrived, int measured, double seconds, String bad) {
        Set<String> before = new HashSet<>();
        Set<String> all = new HashSet<>();
        HttpResponse<String> refusal = null;
        for (byte[] body : arrived) {
            JsonNode raw = read(body);
            if (refusal == null && raw.path("name").asText().equals(bad)) {
                refusal = book(map(in, body));
            }
            all.add(raw.path("id").asText());
            if (refusal == null) {
                before.add(raw.path("id").asText());
            }
        }
        if (refusal == null || refusal.statusCode() != 400) {
            throw new IllegalStateException("the plain connector was not stopped at " + bad + ": " + (refusal == null ? "never arrived" : refusal.body()));
        }
        return new Run(measured, seconds, before.size() + 1, bad, read(refusal.body().getBytes(StandardCharsets.UTF_8)).path("o:errorDetails").path(0).path("detail").asText(), all.size() - before.size() - 1);
    }

    /** Posts until there is an answer to stay with; an upsert may be repeated. */
    private HttpResponse<String> book(JsonNode order) {
        ObjectNode envelope = Http.JSON.createObjectNode().put("part", "order");
        String externalId = Cast.SHOP + "-" + order.path("externalId").textValue();
        envelope.put("externalId", externalId).putObject("settings");
        envelope.set("order", order);
        envelope.set("lines", order.path("lineItems"));
        envelope.set("money", Worth.of(order).document());
        String body = map(out, envelope.toString().getBytes(StandardCharsets.UTF_8)).toString();
        while (true) {
            try {
                HttpResponse<String> answer = http.send(put(externalId, body), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() < 300 || answer.statusCode() == 400) {
                    return answer;
                }
                pause(answer.statusCode() == 429 ? tempo.window() : Duration.ofSeconds(1));
            } catch (HttpTimeoutException unanswered) {
            } catch (IOException away) {
                pause(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private HttpRequest put(String externalId, String body) {
        String record = url + "/services/rest/record/v1/salesOrder/eid:" + externalId;
        return HttpRequest.newBuilder(URI.create(record + "?replace=item")).timeout(tempo.erpTimeout())
                .header("Authorization", PlainLogin.header("PUT", record, "replace=item")).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private JsonNode map(Expression mapping, byte[] document) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(document);
        return mapping.evaluate(exchange, JsonNode.class);
    }

    /** With the functions that our mappings call beside jq's own; the language takes them when it is first asked for. */
    private static CamelContext camel() {
        CamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind(ConnectorResources.NAME, new ConnectorResources(Connectors.in(null)));
        MappingFunctions.bind(camel.getRegistry()::bind);
        return camel;
    }

    private Expression mapping(String file) {
        return camel.resolveLanguage("jq").createExpression("resource:connector:" + file);
    }

    private static JsonNode read(byte[] json) {
        try {
            return Http.JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(Duration wait) {
        LockSupport.parkNanos(wait.toNanos());
    }

    @Override
    public void close() {
        camel.stop();
    }
}
