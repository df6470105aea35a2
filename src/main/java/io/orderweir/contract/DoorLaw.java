package io.orderweir.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connection.Connections;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.connector.Signature;
import io.orderweir.contract.Bench.Captured;
import io.orderweir.contract.Recordings.Webhook;
import io.orderweir.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Knocks at the door of a connector with each recorded webhook, signed as its descriptor says: rightly, not at all, for another body, and too long ago. */
final class DoorLaw {

    private static final int TAKEN = 202;
    private static final int NOT_BELIEVED = 401;
    private static final String ID = "msg-1201";

    private final Bench bench;
    private final Connector connector;
    private final Connectors connectors;

    DoorLaw(Bench bench, Connector connector, Connectors connectors) {
        this.bench = bench;
        this.connector = connector;
        this.connectors = connectors;
    }

    void keeps(Recordings.Door door) {
        Broken.unless(!door.webhooks().isEmpty(), "no webhook is recorded");
        door.webhooks().forEach(this::keeps);
    }

    private void keeps(String name, Webhook webhook) {
        byte[] body = text(webhook.body()).getBytes(StandardCharsets.UTF_8);
        taken(name, webhook, body);
        turnedAway(name + ", without a signature,", webhook.headers(), body);
        Map<String, String> headers = signed(webhook, body, Duration.ZERO);
        turnedAway(name + ", with the signature of another body,", headers, (text(webhook.body()) + " ").getBytes(StandardCharsets.UTF_8));
        if (connector.signature().signed().contains(Signature.Part.TIME)) {
            turnedAway(name + ", signed too long ago,", signed(webhook, body, connector.signature().tolerance().plusMinutes(1)), body);
        }
    }

    /** Each webhook whose body is JSON, with fields in it that nobody knows: it is named and mapped as ever. */
    void understandsMore(Recordings.Door door) {
        Map<String, Webhook> documents = new TreeMap<>(door.webhooks());
        documents.values().removeIf(webhook -> !webhook.body().isObject());
        if (documents.isEmpty()) {
            throw new Excused("no webhook is recorded whose body is a JSON object");
        }
        documents.forEach((name, webhook) -> {
            String more = name + ", with a field in each object that nobody knows,";
            Captured as = taken(name, webhook, webhook.body());
            Captured now = taken(more, webhook, UnknownFields.into(webhook.body()));
            Broken.unless(now.entity().equals(as.entity()), more + " is about " + now.entity() + ", not about " + as.entity());
            Optional<JsonNode> made = bench.mapped(name, webhook.type(), as);
            if (webhook.refusesMore()) {
                Broken.unless(isRefused(webhook, now), more + " is mapped, and it says refuses-more");
                return;
            }
            Optional<JsonNode> makes = bench.mapped(more, webhook.type(), now).map(UnknownFields::outOf);
            Broken.unless(made.equals(makes), more + " is mapped to " + makes.orElse(null) + ", not to " + made.orElse(null));
        });
    }

    private boolean isRefused(Webhook webhook, Captured captured) {
        try {
            bench.mapped("", webhook.type(), captured);
            return false;
        } catch (Broken refused) {
            return true;
        }
    }

    private Captured taken(String name, Webhook webhook, JsonNode body) {
        taken(name, webhook, text(body).getBytes(StandardCharsets.UTF_8));
        return bench.captured().get(0);
    }

    private void taken(String name, Webhook webhook, byte[] body) {
        int status = bench.knock(signed(webhook, body, Duration.ZERO), body);
        Broken.unless(status == TAKEN && bench.captured().size() == 1, name + " was signed as connector.yaml says, and answered with " + status + ", kept " + bench.captured().size() + " times");
        Captured captured = bench.captured().get(0);
        Broken.unless(Arrays.equals(captured.body(), body), name + " is not kept byte for byte");
        Broken.unless(captured.topic().endsWith("." + webhook.type()), name + " is kept as " + captured.topic() + ", not as " + webhook.type());
        String about = Bench.account(connector) + "/" + webhook.about();
        Broken.unless(webhook.about() == null || about.equals(captured.entity()), name + " is about " + captured.entity() + ", not about " + about);
    }

    private void turnedAway(String what, Map<String, String> headers, byte[] body) {
        int status = bench.knock(headers, body);
        Broken.unless(status == NOT_BELIEVED && bench.captured().isEmpty(), what + " was answered with " + status + " and kept " + bench.captured().size() + " times; nobody knows who sent it");
    }

    /** The headers of a webhook, with those of its signature, made so long ago. */
    private Map<String, String> signed(Webhook webhook, byte[] body, Duration ago) {
        Signature how = connector.signature();
        Exchange exchange = new DefaultExchange(bench.camel());
        exchange.getMessage().setBody(new String(body, StandardCharsets.UTF_8));
        exchange.setVariable("connection", Bench.account(connector));
        exchange.setVariable("webhookId", ID);
        new Signer(bench.bean(Connections.class), connectors, Clock.offset(Clock.systemUTC(), ago.negated())).sign(exchange);
        String seconds = exchange.getVariable("signedAt", String.class);
        Map<String, String> headers = new HashMap<>(webhook.headers());
        headers.put(how.headers().get(0), (how.timePart() == null ? "" : how.timePart() + seconds + how.separator()) + exchange.getVariable("signature", String.class));
        if (how.id() != null) {
            headers.put(how.id(), ID);
        }
        if (how.time() != null) {
            headers.put(how.time(), seconds);
        }
        return headers;
    }

    private static String text(JsonNode body) {
        return body.isTextual() ? body.asText() : body.toString();
    }
}
