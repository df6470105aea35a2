package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/**
 * Those who bring messages to people: text messages (Twilio), a chat (Slack), and a pager that takes signed webhooks. Each refuses what the real one refuses,
 * and keeps what it took in the order it came.
 *
 * <p>A call has been judged by the limits already. Every method sets the answer's status and body, and the variable outcome.
 */
@ApplicationScoped
@Named("sandboxMessengers")
@RegisterForReflection
public class Messengers {
    static final List<String> NAMES = List.of("twilio", "slack", "pager");
    private static final int SMS_MOST = 1_600;
    private static final int TOLERANCE_SECONDS = 300;

    private final Vendors vendors;
    private final InstantSource clock;
    private final Map<String, List<ObjectNode>> taken = new TreeMap<>();

    @Inject
    Messengers(Vendors vendors) {
        this(vendors, InstantSource.system());
    }

    Messengers(Vendors vendors, InstantSource clock) {
        this.vendors = vendors;
        this.clock = clock;
    }

    /** POST /2010-04-01/Accounts/{sid}/Messages.json with a form: twilio.com/docs/messaging/api/message-resource, errors: twilio.com/docs/api/errors. */
    public void text(Exchange exchange) {
        Settings settings = vendors.get("twilio").settings;
        String account = settings.text("account");
        String login = "Basic " + Base64.getEncoder().encodeToString((account + ":" + settings.text("token")).getBytes(StandardCharsets.UTF_8));
        Map<String, String> form = form(exchange.getMessage().getBody(String.class));
        if (!login.equals(header(exchange, "Authorization"))) {
            refuseText(exchange, 401, 20003, "Authenticate", "auth");
        } else if (isCall(exchange, "GET", "/2010-04-01/Accounts/" + account + ".json")) {
            account(exchange, account);
        } else if (!isCall(exchange, "POST", "/2010-04-01/Accounts/" + account + "/Messages.json")) {
            refuseText(exchange, 404, 20404, "The requested resource was not found", "unknownRecord");
        } else if (limited(exchange)) {
            refuseText(exchange, 429, 20429, "Too Many Requests", "limitWindow");
        } else if (!header(exchange, "Content-Type").startsWith("application/x-www-form-urlencoded") || form.getOrDefault("To", "").isEmpty()) {
            refuseText(exchange, 400, 21604, "A 'To' phone number is required.", "validation");
        } else if (!settings.texts("numbers").contains(form.get("From"))) {
            refuseText(exchange, 400, 21606, "The 'From' phone number is not a valid, message-capable phone number of this account.", "validation");
        } else if (!form.get("To").matches("\\+[1-9][0-9]{4,14}") || settings.texts("invalidNumbers").contains(form.get("To"))) {
            refuseText(exchange, 400, 21211, "The 'To' number " + form.get("To") + " is not a valid phone number.", "validation");
        } else if (settings.texts("unsubscribed").contains(form.get("To"))) {
            refuseText(exchange, 400, 21610, "Attempt to send to unsubscribed recipient", "validation");
        } else if (form.getOrDefault("Body", "").isEmpty()) {
            refuseText(exchange, 400, 21602, "Message body is required.", "validation");
        } else if (form.get("Body").length() > SMS_MOST) {
            refuseText(exchange, 400, 21617, "The concatenated message body exceeds the 1600 character limit.", "validation");
        } else {
            ObjectNode message = Json.object().put("sid", Callbacks.newId("SM")).put("status", "queued").put("to", form.get("To")).put("from", form.get("From"))
                    .put("body", form.get("Body"));
            keep("twilio", message);
            answer(exchange, 201, Json.write(message), "accepted");
        }
    }

    /** GET /2010-04-01/Accounts/{sid}.json: twilio.com/docs/iam/api/account. */
    private void account(Exchange exchange, String sid) {
        if (limited(exchange)) {
            refuseText(exchange, 429, 20429, "Too Many Requests", "limitWindow");
        } else {
            answer(exchange, 200, Json.write(Json.object().put("sid", sid).put("friendly_name", "sandbox").put("status", "active").put("type", "Full")), "found");
        }
    }

    /** POST /services/T.../B.../...: docs.slack.dev, messaging/sending-messages-using-incoming-webhooks; answers in plain text. */
    public void chat(Exchange exchange) {
        exchange.setVariable("contentType", "text/plain;charset=UTF-8");
        Settings settings = vendors.get("slack").settings;
        ObjectNode message = RestCall.body(exchange);
        if (settings.flag("gone") || !isCall(exchange, "POST", "/services/" + settings.text("service"))) {
            answer(exchange, 404, "no_service", "auth");
        } else if (limited(exchange)) {
            exchange.getMessage().setHeader("Retry-After", settings.number("retryAfterS"));
            answer(exchange, 429, "rate_limited", "limitWindow");
        } else if (settings.flag("archived")) {
            answer(exchange, 410, "channel_is_archived", "validation");
        } else if (message == null || !header(exchange, "Content-Type").startsWith("application/json")) {
            answer(exchange, 400, "invalid_payload", "validation");
        } else if (message.path("text").asText("").isBlank()) {
            answer(exchange, 400, "no_text", "validation");
        } else {
            keep("slack", message);
            answer(exchange, 200, "ok", "accepted");
        }
    }

    /** Any path, signed as standardwebhooks.com says; a repeated webhook-id is acknowledged and kept once. */
    public void page(Exchange exchange) {
        String id = header(exchange, "webhook-id");
        String time = header(exchange, "webhook-timestamp");
        String body = exchange.getMessage().getBody(String.class);
        boolean lately = time.matches("\\d{1,11}") && Math.abs(clock.millis() / 1000 - Long.parseLong(time)) <= TOLERANCE_SECONDS;
        ObjectNode message = RestCall.body(exchange);
        if (id.isEmpty() || !lately || List.of(header(exchange, "webhook-signature").split(" "))
                .stream().noneMatch(Signature.standard(List.of(vendors.get("pager").settings.text("secret")), id, Long.parseLong(time), utf8(body))::equals)) {
            answer(exchange, 401, "{\"error\":\"the signature does not match\"}", "auth");
        } else if (limited(exchange)) {
            answer(exchange, 429, "{\"error\":\"too many\"}", "limitWindow");
        } else if (message == null || !message.path("type").isTextual() || !message.path("data").isObject()) {
            answer(exchange, 400, "{\"error\":\"type and data are missing\"}", "validation");
        } else if (known("pager", id)) {
            answer(exchange, 200, "{}", "repeated");
        } else {
            keep("pager", message.put("webhookId", id));
            answer(exchange, 200, "{}", "accepted");
        }
    }

    /** Everything it took, oldest first, under the name messages; null for any other name. */
    synchronized ObjectNode record(String vendor, String name) {
        ArrayNode all = Json.array();
        taken.getOrDefault(vendor, List.of()).forEach(message -> all.add(message.deepCopy()));
        return name.equals("messages") ? Json.object().set("messages", all) : null;
    }

    synchronized int count(String vendor) {
        return taken.getOrDefault(vendor, List.of()).size();
    }

    synchronized void reset() {
        taken.clear();
    }

    private synchronized void keep(String vendor, ObjectNode message) {
        taken.computeIfAbsent(vendor, none -> new ArrayList<>()).add(message);
    }

    private synchronized boolean known(String vendor, String id) {
        return taken.getOrDefault(vendor, List.of()).stream().anyMatch(message -> message.path("webhookId").asText().equals(id));
    }

    private static void refuseText(Exchange exchange, int status, int code, String sentence, String outcome) {
        answer(exchange, status, Json.write(Json.object().put("code", code).put("message", sentence)
                .put("more_info", "https://www.twilio.com/docs/errors/" + code).put("status", status)), outcome);
    }

    private static boolean limited(Exchange exchange) {
        String admission = exchange.getVariable("admission", "granted", String.class);
        return admission.equals("window") || admission.equals("concurrency");
    }

    private static boolean isCall(Exchange exchange, String method, String path) {
        return method.equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class)) && path.equals(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String field : body.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(OAuthSignature.decode(field.substring(0, equals)), OAuthSignature.decode(field.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, "", String.class);
    }

    private static void answer(Exchange exchange, int status, String body, String outcome) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(body);
        exchange.setVariable("outcome", outcome);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
