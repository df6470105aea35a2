package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderweir.process.Account;
import io.orderweir.process.Sandbox;
import io.restassured.response.ValidatableResponse;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person hears of what needs her, on each of her channels, from the pretend vendors and a mail server that checks as a real one does. */
class AlertIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static Shop shop;

    @BeforeAll
    static void open() {
        MAIL.start();
        shop = Shop.opens("alert", AlertIT::channels);
    }

    @AfterAll
    static void close() {
        shop.close();
        MAIL.stop();
    }

    @Test
    void everyChannelIsToldOnceTheTelephoneWhenNobodyTookItAndAllOfAChannelThatRefusesUs() throws Exception {
        // Given two events of one cause, with what would be markup in a chat
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> shop.sends("<!channel> is no order".getBytes(StandardCharsets.UTF_8)));
        shop.sends("<!channel> is none either".getBytes(StandardCharsets.UTF_8));

        // When nobody does anything

        // Then
        await().atMost(SOON).until(() -> messages("twilio").size() >= 1 && messages("slack").size() >= 1 && messages("pager").size() >= 1 && MAIL.getReceivedMessages().length >= 1);
        assertEquals(1, messages("twilio").size(), messages("twilio").toString());
        assertEquals(1, messages("slack").size(), messages("slack").toString());
        assertEquals(1, messages("pager").size(), messages("pager").toString());
        assertEquals("alert.raised", messages("pager").get(0).path("type").asText());
        assertEquals("hold", messages("pager").get(0).path("data").path("alerts").get(0).path("kind").asText());
        String text = messages("slack").get(0).path("text").asText();
        assertTrue(text.contains("in the Error Hold bin") && text.contains("shopify-us: not readable.") && text.endsWith("https://console.example.com/holds?group=shopify-us%7Cnot-json"), text);
        assertTrue(messages("twilio").get(0).path("body").asText().startsWith("Nobody has taken this yet.\n"), messages("twilio").toString());
        assertEquals("+15550100", messages("twilio").get(0).path("to").asText());
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertEquals(1, MAIL.getReceivedMessages().length);
        assertTrue(GreenMailUtil.getBody(mail).contains("https://console.example.com/holds?group=shopify-us%7Cnot-json"), GreenMailUtil.getBody(mail));
        assertTrue(mail.getMessageID().matches("<orderweir-\\d+@example\\.com>"), mail.getMessageID());

        // and a person takes it
        int alert = shop.given().when().get("/api/alerts").then()
                .body("alerts.find { it.kind == 'hold' }.told.channel", containsInAnyOrder("chat", "mail", "pager", "phone"))
                .extract().path("alerts.find { it.kind == 'hold' }.id");
        // and who is told stands there, and not among the targets of orders
        shop.given().when().get("/alerts").then().body(containsString("I take this")).body(containsString("the mail server"));
        shop.given().when().get("/connections").then().body(containsString("A channel of alerts"));
        shop.given().when().get("/api/flow").then().body("way.queues.name", contains("NetSuite", "WMS"));
        acknowledge(alert).statusCode(200);
        acknowledge(alert).statusCode(409);
        shop.given().when().get("/alerts").then().body(containsString("taken by Ann"));
        assertEquals(1, shop.services.sql().number("select count(*) from orderweir.audit where action = 'alert.acknowledge'"));

        // and each channel can be tested without a message, as far as its vendor has a read
        shop.tests("twilio").body("verdict", equalTo("accepted"));
        for (String connection : List.of("slack", "pager", "smtp")) {
            shop.tests(connection).body("verdict", equalTo("untested")).body("open", equalTo(true)).body("answer", containsString("So only the network was tried: "));
        }

        // Given a chat whose webhook is gone
        shop.sandbox.post("/sandbox/settings", Map.of("slack", Map.of("gone", true)));
        int before = messages("slack").size();
        shop.sends("{\"id\":1}".getBytes(StandardCharsets.UTF_8));

        // When it refuses the next message
        await().atMost(SOON).untilAsserted(() -> assertTrue(messages("pager").toString().contains("Slack is paused since"), messages("pager").toString()));

        // Then a person lets it go on, and what waited for it is sent
        shop.sandbox.post("/sandbox/settings", Map.of("slack", Map.of("gone", false)));
        shop.given().when().post("/api/connections/slack/resume").then().statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertTrue(messages("slack").size() > before, "the message that waited"));
    }

    private static ValidatableResponse acknowledge(int alert) {
        return shop.given().when().post("/api/alerts/{id}/acknowledge", alert).then();
    }

    private static JsonNode messages(String vendor) {
        return shop.sandbox.get("/sandbox/" + vendor + "/records/messages").path("messages");
    }

    private static Map<String, String> channels(Sandbox vendors) {
        Map<String, String> keys = new HashMap<>(Map.of("orderweir.alerts.url", "https://console.example.com/", "orderweir.alerts.escalate-after", "1S"));
        Map.of("slack", "Slack", "pager", "the pager", "twilio", "Twilio", "smtp", "the mail server").forEach((system, label) ->
                keys.putAll(Account.at(vendors.url(), system, label).limit("at-once", 2, "0s").keys()));
        keys.put("orderweir.connections.slack.credentials.path", "/services/T0SANDBOX/B0SANDBOX/sandbox-slack-secret");
        keys.put("orderweir.connections.pager.settings.path", "/alerts");
        keys.put("orderweir.connections.pager.secrets", "whsec_c2FuZGJveC1wYWdlci1zaWduYXR1cmU=");
        keys.put("orderweir.connections.twilio.credentials.account-sid", "ACc2FuZGJveC10d2lsaW8tYWNjb3Vu");
        keys.put("orderweir.connections.twilio.credentials.auth-token", "sandbox-twilio-token");
        keys.put("orderweir.connections.twilio.settings.from", "+15550001");
        keys.put("orderweir.connections.smtp.url", "smtp://127.0.0.1:" + MAIL.getSmtp().getPort());
        keys.put("orderweir.connections.smtp.settings.from", "Orderweir <orderweir@example.com>");
        keys.put("orderweir.connections.smtp.settings.starttls", "disabled");
        Map.of("chat", "slack", "pager", "pager", "mail", "smtp", "phone", "twilio").forEach((channel, connection) -> {
            keys.put("orderweir.alerts.channels." + channel + ".connection", connection);
            // what vendors end is told by the day on which this runs
            keys.put("orderweir.alerts.channels." + channel + ".kinds", "hold,away,auth");
        });
        keys.put("orderweir.alerts.channels.mail.to", "ops@example.com");
        keys.put("orderweir.alerts.channels.phone.to", "+15550100");
        keys.put("orderweir.alerts.channels.phone.step", "2");
        return keys;
    }
}
