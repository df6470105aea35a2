package io.orderweir.drop;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;

/**
 * Hands out approved files. Who asks must know the SHA-256 of the bytes, which stands only beside the file and in what was sent about it.
 * In: headers sha256 and name. Out: the file as the body, or status 404.
 */
@ApplicationScoped
@Named("copies")
@RegisterForReflection
public class Copies {

    private static final List<String> PLACES = List.of("done/approved", "approved");

    @Inject
    Connections connections;

    public void fetch(Exchange exchange) throws IOException {
        String name = exchange.getMessage().getHeader("name", "", String.class);
        String sha256 = exchange.getMessage().getHeader("sha256", "", String.class);
        Path file = find(Path.of(connections.setting("drawings", "directory")), name, sha256);
        exchange.getMessage().removeHeaders("*");
        if (file == null) {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            exchange.getMessage().setBody("there is no such drawing\n");
        } else {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/octet-stream");
            exchange.getMessage().setBody(file.toFile());
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
