package io.orderweir.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;

/**
 * Sends one message by SMTP: the one way out that is not HTTP. In: the body, JSON text with id, to, subject, text and settings; variables connection and timeoutMillis.
 * Out: variables status (the reply's code, 250 when it was taken) and answer, or failure (refused, unanswered) and reason.
 */
@ApplicationScoped
@Named("post")
@RegisterForReflection
public class Post {

    private static final int TAKEN = 250;

    private final Map<String, MailClient> clients = new ConcurrentHashMap<>();

    @Inject
    ObjectMapper json;

    @Inject
    Vertx vertx;

    @Inject
    Connections connections;

    public void send(Exchange exchange) throws InterruptedException, JsonProcessingException {
        String name = exchange.getVariable("connection", String.class);
        JsonNode message = json.readTree(exchange.getMessage().getBody(String.class));
        MailMessage mail = new MailMessage(needed(name, "settings.from", message.path("settings").path("from")), needed(name, "the channel's to", message.path("to")),
                message.path("subject").asText(), message.path("text").asText());
        mail.addHeader("Message-ID", "<orderweir-" + message.path("id").asText() + "@" + mail.getFrom().replaceAll(".*@|>.*", "") + ">");
        mail.addHeader("Auto-Submitted", "auto-generated");
        MailClient client = clients.computeIfAbsent(name, this::client);
        try {
            client.sendMail(mail).toCompletionStage().toCompletableFuture()
                    .get(exchange.getVariable("timeoutMillis", Long.class), TimeUnit.MILLISECONDS);
            exchange.setVariable("status", TAKEN);
        } catch (ExecutionException e) {
            fail(exchange, e.getCause());
        } catch (TimeoutException late) {
            // the call is over with its time, and so is its connection
            clients.remove(name, client);
            client.close();
            fail(exchange, new IOException("no reply within " + exchange.getVariable("timeoutMillis") + " ms"));
        }
    }

    private static void fail(Exchange exchange, Throwable cause) {
        String label = exchange.getVariable("label", String.class);
        if (cause instanceof SMTPException said) {
            exchange.setVariable("status", said.getReplyCode());
            exchange.setVariable("answer", said.getReplyMessage());
            return;
        }
        boolean refused = cause instanceof ConnectException || cause instanceof UnknownHostException || cause.getCause() instanceof ConnectException;
        exchange.setVariable("failure", refused ? "refused" : "unanswered");
        exchange.setVariable("reason", label + (refused ? " cannot be reached: " : " did not answer: ") + cause.getMessage());
    }

    private MailClient client(String name) {
        Connection connection = connections.connection(name);
        URI url = URI.create(connection.url().orElseThrow());
        boolean tls = url.getScheme().equals("smtps");
        MailConfig config = new MailConfig(url.getHost(), url.getPort() > 0 ? url.getPort() : tls ? 465 : 587).setSsl(tls)
                .setStarttls(tls ? StartTLSOptions.DISABLED : StartTLSOptions.valueOf(connections.setting(name, "starttls", "required").toUpperCase(Locale.ROOT)));
        // a message is rare: nothing is kept open for the next one
        config.setKeepAlive(false).setMaxPoolSize(1).setConnectTimeout((int) connection.timeout().toMillis());
        if (Connections.given(connection).contains("user")) {
            config.setUsername(connections.credential(name, "user")).setPassword(connections.credential(name, "password"));
        }
        return MailClient.create(vertx, config);
    }

    private static String needed(String name, String key, JsonNode value) {
        if (value.asText("").isBlank() || value.isNull()) {
            throw new IllegalStateException("Connection " + name + " lacks " + key + "; set it and restart");
        }
        return value.asText();
    }

    @PreDestroy
    void close() {
        clients.values().forEach(MailClient::close);
    }
}
