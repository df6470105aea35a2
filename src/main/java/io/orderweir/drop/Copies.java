package io.orderweir.drop;

import io.orderweir.connection.Connections;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Hands out approved files that were put away: {@code GET /drawings/<sha256>/<name>}, in processes that capture. Who asks must know the SHA-256 of the bytes
 * that we computed when we took them, which stands only beside the file and in what was sent about it; anything else is 404, and no link is followed.
 */
@ApplicationScoped
public class Copies {

    private static final String DROP = "drawings";
    private static final String PLACE = "done/approved";

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
            request.response().putHeader("Content-Type", "application/octet-stream").putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Content-Disposition", "attachment; filename=\"" + request.pathParam("name") + "\"").sendFile(file.toString());
        }
    }

    /** The file of that name whose checksum it is; others of the same name lie beside it with a number behind. Null when there is none. */
    static Path find(Path directory, String name, String sha256) throws IOException {
        if (!Inspection.isName(name) || !sha256.matches("[0-9a-f]{64}")) {
            return null;
        }
        Path place = directory.resolve(PLACE);
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) || !PlainFile.isFolder(place, directory)) {
            return null;
        }
        Path file = place.resolve(name);
        for (int more = 2; PlainFile.lies(file); more++) {
            if (sha256.equals(Shelf.checksum(file))) {
                return file;
            }
            file = place.resolve(name + "." + more);
        }
        return null;
    }
}
