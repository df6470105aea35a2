package io.orderweir.drop;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/**
 * Puts a dropped file away, its checksum with it: to done/, or to failed/ with the reason beside it. In: variables file, sentence.
 * The file goes first: if the process dies between, the checksum that stays behind is of nothing, and nothing is taken twice.
 */
@ApplicationScoped
@Named("shelf")
@RegisterForReflection
public class Shelf {

    private static final Logger LOG = Logger.getLogger(Shelf.class);

    public void done(Exchange exchange) {
        put(Path.of(exchange.getVariable("file", String.class)), "done", null);
    }

    public void failed(Exchange exchange) {
        put(Path.of(exchange.getVariable("file", String.class)), "failed", exchange.getVariable("sentence", String.class));
    }

    /** Makes sure that the file can be moved, wherever it will be. */
    static void room(Path file) throws IOException {
        for (Path folder : new Path[] {file.getParent(), shelf(file, "done"), shelf(file, "failed")}) {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new IOException("nothing may be written in " + folder);
            }
        }
    }

    private static void put(Path file, String shelf, String reason) {
        try {
            Path place = free(shelf(file, shelf).resolve(file.getFileName()), file);
            if (reason != null) {
                Files.writeString(place.resolveSibling(place.getFileName() + ".reason"), reason + "\n");
            }
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            Files.move(Complete.beside(file), Complete.beside(place), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException another) {
            LOG.debugf("%s was put away by another replica", file);
        } catch (IOException stays) {
            LOG.warnf("%s stays where it is and will be taken again, which counts as a repeat: %s", file, stays);
        }
    }

    /** What lies there under the same name is kept, unless it is the same. */
    private static Path free(Path wanted, Path file) throws IOException {
        Path place = wanted;
        for (int more = 2; Files.exists(place) && Files.mismatch(place, file) >= 0; more++) {
            place = wanted.resolveSibling(wanted.getFileName() + "." + more);
        }
        return place;
    }

    /** done/approved/ of approved/, beside it. */
    private static Path shelf(Path file, String name) {
        return file.getParent().resolveSibling(name).resolve(file.getParent().getFileName());
    }
}
