package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class SandboxMessengersTest {
    private static final String ACCOUNT = Settings.twilio().text("account");
    private static final String TEXTS = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
    private static final Map<String, String> LOGIN = Map.of("Content-Type", "application/x-www-form-urlencoded",
            "Authorization", "Basic " + Base64.getEncoder().encodeToString((ACCOUNT + ":sandbox-twilio-token").getBytes(StandardCharsets.UTF_8)));
    private static final String WEBHOOK = "/services/T0SANDBOX/B0SANDBOX/sandbox-slack-secret";
    private static final String SECRET = Settings.pager().text("secret");
    private static final long NOW = 1_795_000_000L;

    private final Vendors vendors = new Vendors();
    private final Messengers messengers = new Messengers(vendors, InstantSource.fixed(Instant.ofEpochSecond(NOW)));
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @Test
    void aTextMessageIsRefusedWithTwiliosCodes() {
        vendors.get("twilio").settings.use(vendors.get("twilio").settings.checked(Json.readObject("{\"unsubscribed\":[\"+15550111\"]}")));
        assertEquals("201 ", text(LOGIN, TEXTS, "To=%2B15550100&From=%2B15550001&Body=Gr%C3%BC%C3%9Fe"));
        assertEquals("200 ", fetch(LOGIN, TEXTS.replace("/Messages.json", ".json")));
        assertEquals("401 20003", fetch(Map.of(), TEXTS.replace("/Messages.json", ".json")));
        assertEquals("404 20404", fetch(LOGIN, "/2010-04-01/Accounts/AC0.json"));
        assertEquals("401 20003", text(Map.of(), TEXTS, "To=%2B15550100&From=%2B15550001&Body=x"));
        assertEquals("404 20404", text(LOGIN, "/2010-04-01/Accounts/AC0/Messages.json", "To=%2B15550100&From=%2B15550001&Body=x"));
        assertEquals("400 21604", text(LOGIN, TEXTS, "From=%2B15550001&Body=x"));
        assertEquals("400 21606", text(LOGIN, TEXTS, "To=%2B15550100&From=%2B1999&Body=x"));
        assertEquals("400 21211", text(LOGIN, TEXTS, "To=15550100&From=%2B15550001&Body=x"));
        assertEquals("400 21610", text(LOGIN, TEXTS, "To=%2B15550111&From=%2B15550001&Body=x"));
        assertEquals("400 21602", text(LOGIN, TEXTS, "To=%2B15550100&From=%2B15550001&Body="));
        assertEquals("400 21617", text(LOGIN, TEXTS, "To=%2B15550100&From=%2B15550001&Body=" + "x".repeat(1_601)));
        assertEquals("Grüße", messengers.record("twilio", "messages").path("messages").path(0).path("body").asText());
        assertEquals(1, messengers.count("twilio"));
    }

    @Test
    void aChatAnswersInPlainWords() {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        assertEquals("200 ok", chat(json, WEBHOOK, "{\"text\":\"3 things need you\"}", "granted"));
        assertEquals("400 no_text", chat(json, WEBHOOK, "{\"txt\":\"\"}", "granted"));
        assertEquals("400 invalid_payload", chat(json, WEBHOOK, "text=3", "granted"));
        assertEquals("429 rate_limited", chat(json, WEBHOOK, "{\"text\":\"x\"}", "window"));
        assertEquals("404 no_service", chat(json, "/services/T0/B0/guessed", "{\"text\":\"x\"}", "granted"));
        assertEquals(1, messengers.count("slack"));
    }

    @Test
    void aPagerTakesWhatIsSignedNowAndEachIdOnce() {
        String body = "{\"type\":\"alert.raised\",\"data\":{}}";
        assertEquals("200 {}", page("m1", NOW, Signature.standard(List.of(SECRET), "m1", NOW, utf8(body)), body));
        assertEquals("200 {}", page("m1", NOW + 9, "v1,AAAA " + Signature.standard(List.of(SECRET), "m1", NOW + 9, utf8(body)), body));
        assertTrue(page("m2", NOW, Signature.standard(List.of(SECRET), "m1", NOW, utf8(body)), body).startsWith("401"));
        assertTrue(page("m3", NOW - 301, Signature.standard(List.of(SECRET), "m3", NOW - 301, utf8(body)), body).startsWith("401"));
        assertTrue(page("m4", NOW, Signature.standard(List.of(SECRET), "m4", NOW, utf8("{}")), "{}").startsWith("400"));
        assertEquals(1, messengers.count("pager"));
    }

    private String text(Map<String, String> headers, String path, String body) {
        Exchange call = call(headers, path, body, "granted");
        messengers.text(call);
        return call.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) + " " + Json.readObject(call.getMessage().getBody(String.class)).path("code").asText();
    }

    private String fetch(Map<String, String> headers, String path) {
        Exchange call = call(headers, path, "", "granted");
        call.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
        messengers.text(call);
        return call.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) + " " + Json.readObject(call.getMessage().getBody(String.class)).path("code").asText();
    }

    private String chat(Map<String, String> headers, String path, String body, String admission) {
        Exchange call = call(headers, path, body, admission);
        messengers.chat(call);
        return answer(call);
    }

    private String page(String id, long seconds, String signature, String body) {
        Exchange call = call(Map.of("webhook-id", id, "webhook-timestamp", Long.toString(seconds), "webhook-signature", signature), "", body, "granted");
        messengers.page(call);
        return answer(call);
    }

    private static String answer(Exchange call) {
        return call.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) + " " + call.getMessage().getBody(String.class);
    }

    private Exchange call(Map<String, String> headers, String path, String body, String admission) {
        Exchange call = new DefaultExchange(camel);
        headers.forEach(call.getMessage()::setHeader);
        call.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        call.getMessage().setHeader(Exchange.HTTP_PATH, path);
        call.getMessage().setBody(body);
        call.setVariable("admission", admission);
        return call;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
