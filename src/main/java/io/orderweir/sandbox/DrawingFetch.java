package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Fetches the file of a work order and compares its checksum: nobody builds from a drawing he does not have. */
final class DrawingFetch {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private DrawingFetch() {
    }

    /** Null when the file is what the order says, or the order names no place. */
    static FieldProblem problem(JsonNode drawing) {
        String url = drawing.path("url").asText("");
        if (url.isEmpty()) {
            return null;
        }
        try {
            HttpResponse<byte[]> answer = HTTP.send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                return new FieldProblem("drawing.url", "answers with status " + answer.statusCode());
            }
            String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(answer.body()));
            return found.equals(drawing.path("sha256").asText()) ? null : new FieldProblem("drawing.sha256", "is not that of the file, which is " + found);
        } catch (IOException | IllegalArgumentException unreachable) {
            return new FieldProblem("drawing.url", "cannot be fetched: " + unreachable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new FieldProblem("drawing.url", "was not fetched");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
