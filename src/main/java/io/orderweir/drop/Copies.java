package io.orderweir.drop;

import io.orderweir.connection.Connections;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Hands out approved files: {@code GET /drawings/<sha256>/<name>}, in processes that capture. Who asks must know the SHA-256 of the bytes, which
 * stands only beside the file and in what was sent about it; anything else is 404.
 */
@ApplicationScoped
public class Copies {

    private static final String DROP = "drawings";
    private static final List<String> PLACES = List.of("done/approved", "approved");

    @Inject
    Connections connections;

    void open(@Observes Router router) {
        if (connections.hasRole("capture") && connections.names().contains(DROP)) {
            router.get("/drawings/:sha256/:name").blockingHandler(this::hand, false);
        }
    }

    private void hand(RoutingContext request) {
        Path file;
        try {
            file = find(Path.of(connections.setting(DROP, "directory")), request.pathParam("name"), request.pathParam("sha256"));
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
        if (file == null) {
            request.response().setStatusCode(404).end("there is no such drawing\n");
        } else {
            request.response().putHeader("Content-Type", "application/octet-stream").sendFile(file.toString());
        }
    }

    /** The file of that name whose checksum it is; others of the same name lie beside it with a number behind. Null when there is none. */
    static Path find(Path directory, String name, String sha256) throws IOException {
        if (!Inspection.isName(name) || !sha256.matches("[0-9a-f]{64}")) {
            return null;
        }
        for (String place : PLACES) {
            Path file = directory.resolve(place).resolve(name);
            for (int more = 2; Files.exists(file); more++) {
                Path checksum = Complete.beside(file);
                if (Files.exists(checksum) && Files.readString(checksum, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT).startsWith(sha256)) {
                    return file;
                }
                file = directory.resolve(place).resolve(name + "." + more);
            }
        }
        return null;
    }
}
