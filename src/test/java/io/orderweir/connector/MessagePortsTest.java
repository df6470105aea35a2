package io.orderweir.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.call.RemoteId;
import io.orderweir.house.PaperCalls;
import io.orderweir.house.PaperEngine;
import io.orderweir.signature.Signer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messengers are sent, and what each answer of theirs means; on the real route files, with the exit in the test's hand. */
class MessagePortsTest {

    private static final String SECRET = "whsec_c2FuZGJveC1wYWdlci1zaWduYXR1cmU=";
    private static final Map<String, String> KEYS = Map.of(
            "orderweir.connections.slack.system", "slack", "orderweir.connections.slack.credentials.path", "/services/T0/B0/secret",
            "orderweir.connections.twilio.system", "twilio", "orderweir.connections.twilio.credentials.account-sid", "AC1",
            "orderweir.connections.twilio.credentials.auth-token", "token", "orderweir.connections.twilio.settings.from", "+15550001",
            "orderweir.connections.pager.system", "pager", "orderweir.connections.pager.secrets", SECRET);
    private static final Exit EXIT = new Exit();
    private static PaperEngine engine;

    /** The one exit, which calls nobody: keeps the request and gives the answer of the test. */
    public static final class Exit {
        private Exchange called;
        private Map<String, Object> answer = Map.of();

        public void call(Exchange exchange) {
            called = exchange.copy();
            answer.forEach(exchange::setVariable);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Connections connections = Configured.connections(KEYS);
        engine = new PaperEngine().bean("connections", connections).bean("exit", EXIT).bean("remoteId", remoteId()).bean("refusal", new PaperCalls.Refusing()).bean("aside", new PaperCalls.Alone()).bean("signIn", new PaperCalls.Unsigned())
                .bean("signer", new Signer(connections, Connectors.in(null), Clock.fixed(Instant.ofEpochSecond(1_795_000_000L), ZoneOffset.UTC)))
                .start(PaperEngine.file("0-errors.camel.yaml"), port("slack"), port("twilio"), port("pager"),
                        PaperEngine.file("4-call-usual.camel.yaml"), "- route: { id: exit, from: { uri: direct:call, steps: [ { bean: { ref: exit, method: call } }, { to: direct:call.usual } ] } }");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"slack,200,,done", "slack,400,,hold", "slack,404,,pause", "slack,410,,pause", "slack,429,,too-fast", "slack,503,,away", "slack,500,,unsure", "slack,,refused,away",
        "slack,,unanswered,unsure", "twilio,201,,done", "twilio,400,,hold", "twilio,401,,pause", "twilio,429,,too-fast", "twilio,503,,unsure", "twilio,,refused,away",
        "twilio,,unanswered,unsure", "pager,204,,done", "pager,400,,hold", "pager,401,,pause", "pager,410,,pause", "pager,429,,too-fast", "pager,503,,away", "pager,500,,unsure",
        "pager,302,,pause"})
    void everyAnswerHasAMeaning(String system, Integer status, String failure, String outcome) {
        Map<String, Object> answer = new HashMap<>(Map.of("answer", "{\"sid\":\"SM1\"}"));
        if (status != null) {
            answer.put("status", status);
        }
        if (failure != null) {
            answer.put("failure", failure);
        }
        Exchange sent = send(system, "x", answer);
        assertEquals(outcome, sent.getVariable("outcome").equals("later") ? sent.getVariable("because") : sent.getVariable("outcome"));
    }

    @Test
    void aTextMessageIsAFormThatFits() {
        Exchange sent = send("twilio", "Grüße & 1+1\n" + "x".repeat(3_000), Map.of("status", 201, "answer", "{\"sid\":\"SM1\"}"));
        String body = EXIT.called.getMessage().getBody(String.class);
        assertTrue(body.startsWith("To=%2B15550100&From=%2B15550001&Body=Gr%C3%BC%C3%9Fe%20%26%201%2B1%0Axxx"), body);
        assertTrue(body.endsWith("x%E2%80%A6"), body);
        assertEquals("/2010-04-01/Accounts/AC1/Messages.json", EXIT.called.getVariable("path"));
        assertEquals("SM1", sent.getVariable("remoteId"));
    }

    @Test
    void aChatIsSentNoMarkup() throws Exception {
        send("slack", "Order <!channel> & <https://evil.example|here>", Map.of("status", 200));
        assertEquals("Order &lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;",
                new ObjectMapper().readTree(EXIT.called.getMessage().getBody(String.class)).path("text").asText());
        assertEquals("/services/T0/B0/secret", EXIT.called.getVariable("path"));
    }

    @Test
    void aPagerIsSentTheSameIdAtEveryTryAndASignature() throws Exception {
        Exchange sent = send("pager", "Łódź – 東京", Map.of("status", 200));
        assertNull(sent.getException());
        assertEquals("orderweir-12", EXIT.called.getMessage().getHeader("webhook-id"));
        assertEquals("1795000000", EXIT.called.getMessage().getHeader("webhook-timestamp").toString());
        assertTrue(EXIT.called.getMessage().getHeader("webhook-signature", String.class).matches("v1,[A-Za-z0-9+/]{43}="));
        assertEquals("alert.raised", new ObjectMapper().readTree(EXIT.called.getMessage().getBody(String.class)).path("type").asText());
    }

    private static Exchange send(String system, String text, Map<String, Object> answer) {
        EXIT.answer = answer;
        ObjectNode message = new ObjectMapper().createObjectNode().put("id", "12").put("purpose", "raised").put("channel", "ops").put("to", "+15550100").put("text", text);
        message.putArray("alerts");
        message.putObject("settings").put("from", "+15550001");
        return engine.camel().createProducerTemplate().send("direct:" + system + ".message.send", exchange -> {
            Map.of("id", 12L, "connection", system, "label", "L").forEach(exchange::setVariable);
            exchange.getMessage().setBody(message);
        });
    }

    /** Without the sender that waits for messages. */
    private static String port(String system) {
        String file = PaperEngine.connector(system, "routes");
        return file.substring(file.indexOf("- route:\n"));
    }

    private static RemoteId remoteId() throws ReflectiveOperationException {
        RemoteId read = new RemoteId();
        java.lang.reflect.Field json = RemoteId.class.getDeclaredField("json");
        json.setAccessible(true);
        json.set(read, new ObjectMapper());
        return read;
    }
}
