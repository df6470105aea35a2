package io.orderweir.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import org.apache.camel.Exchange;

/** What capture, which knows no ledger, lets process know as an alert: {kind, cause, subject, sentence}. */
@ApplicationScoped
@Named("news")
@RegisterForReflection
public class News {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Out: the body, and variables source and type, which are sealed with it. */
    static void write(Exchange exchange, String kind, String cause, String subject, String sentence) {
        exchange.setVariable("source", subject);
        exchange.setVariable("type", kind);
        exchange.getMessage().setBody(JSON.createObjectNode().put("kind", kind).put("cause", cause).put("subject", subject).put("sentence", sentence).toString().getBytes(UTF_8));
    }

    /** In: the body. Out: variables kind, cause, subject and sentence; none where the record only asked the broker for the time, or is none of ours. */
    public void read(Exchange exchange) {
        JsonNode news = parsed(exchange.getMessage().getBody(byte[].class));
        exchange.setVariable("kind", news.path("kind").textValue());
        exchange.setVariable("cause", news.path("cause").textValue());
        exchange.setVariable("subject", news.path("subject").textValue());
        exchange.setVariable("sentence", news.path("sentence").textValue());
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return body == null ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (IOException somebodyElses) {
            return MissingNode.getInstance();
        }
    }
}
