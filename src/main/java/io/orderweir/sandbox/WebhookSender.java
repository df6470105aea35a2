package io.orderweir.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends one webhook as Shopify does: signed over the raw bytes, one second to connect, five in all. */
final class WebhookSender {
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(1)).build();

    /** The status, or 0 when there was no answer. */
    int send(URI target, String secret, Webhook webhook) throws InterruptedException {
        byte[] body = webhook.version.body;
        String family = webhook.newHeaderFamily ? "shopify-" : "X-Shopify-";
        HttpRequest request = HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .header(family + name(webhook, "Topic"), webhook.version.topic)
                .header(family + name(webhook, "Hmac-Sha256"), sign(secret, body))
                .header(family + name(webhook, "Shop-Domain"), webhook.order.connection + ".myshopify.com")
                .header(family + name(webhook, "API-Version"), "2026-04")
                .header(family + name(webhook, "Webhook-Id"), webhook.id)
                .header(family + name(webhook, "Event-Id"), webhook.eventId)
                .header(family + name(webhook, "Triggered-At"), webhook.triggeredAt)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        }
    }

    private static String name(Webhook webhook, String name) {
        return webhook.newHeaderFamily ? name.toLowerCase() : name;
    }

    static String sign(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA256 in this Java", e);
        }
    }
}
