package io.orderweir.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A system of a house of its own, in mounted folders: its connector, and two types of events that nobody else has, prices and notices. */
final class Counter {

    private static final String SECRET = "hush-at-the-counter";
    private static final Path TYPES = Path.of("src/test/resources/types");

    private final Path mounted;

    /** Writes the folders into this one. */
    Counter(Path mounted) {
        this.mounted = mounted;
        copy("price");
        copy("notice");
        write("connectors/counter/connector.yaml", """
                system: counter
                label: the counter
                says: [built]
                signature: { headers: [X-Signature], encoding: hex }
                # end
                """);
        write("connectors/counter/door.camel.yaml", """
                - route:
                    id: counter.capture
                    group: counter
                    description: Takes what the counter says.
                    autoStartup: "{{startsIn:capture}}"
                    errorHandler: { noErrorHandler: {} }
                    from:
                      uri: platform-http:/capture/counter/{connection}
                      parameters: { httpMethodRestrict: POST }
                      steps:
                        - setVariables:
                            variables:
                              - { name: system, constant: counter }
                              - { name: source, header: connection }
                              - { name: topic, simple: '${variable.receivedHeaders[X-Topic]}' }
                              - { name: webhookId, simple: '${variable.receivedHeaders[X-Id]}' }
                        - to: direct:capture.door
                - route:
                    id: counter.name
                    group: counter
                    description: Says what it is about.
                    errorHandler: { noErrorHandler: {} }
                    from:
                      uri: direct:counter.name
                      steps:
                        - choice:
                            when:
                              - simple: ${variable.topic} == 'prices'
                                steps:
                                  - setVariable: { name: type, constant: price }
                            otherwise:
                              steps:
                                - setVariable: { name: type, constant: notice }
                                - setVariable: { name: about, variable: webhookId }
                        - bean: { ref: naming, method: name }
                        - to: direct:capture
                - route:
                    id: counter.price.map
                    group: counter
                    description: Turns a price of the counter into the canonical price.
                    from:
                      uri: direct:counter.price.map
                      steps:
                        - transform: { jq: { expression: 'resource:connector:counter/price.in.jq' } }
                - route:
                    id: counter.notice.map
                    group: counter
                    description: A notice comes as it is.
                    from:
                      uri: direct:counter.notice.map
                      steps:
                        - transform: { jq: { expression: '.' } }
                # end
                """);
        write("connectors/counter/price.in.jq", """
                { schemaVersion: 1, externalId: .id, amount: .amount, currency: "EUR", updatedAt: .at }
                # end
                """);
    }

    /** What says to a process that they are there, and the account till of it. */
    Map<String, String> keys() {
        return Map.of("orderweir.connectors.dir", mounted.resolve("connectors").toString(), "orderweir.types.dir", mounted.resolve("types").toString(),
                "orderweir.connections.till.system", "counter", "orderweir.connections.till.secrets", SECRET);
    }

    static String price(String sku, String amount, String at) {
        return "{\"id\":\"%s\",\"amount\":\"%s\",\"at\":\"%s\"}".formatted(sku, amount, at);
    }

    /** Signed, at the door of the till; the status of the answer. */
    int says(String engine, String topic, String id, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(engine + "/capture/counter/till")).header("X-Topic", topic).header("X-Id", id)
                    .header("X-Signature", HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)))).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void copy(String type) {
        for (String file : List.of("type.yaml", "schema.json", "words.yaml")) {
            try {
                write("types/" + type + "/" + file, Files.readString(TYPES.resolve(type).resolve(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void write(String file, String text) {
        try {
            Path path = mounted.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
