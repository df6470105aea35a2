package io.orderweir.drop;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/**
 * Puts a dropped file away: to done/ with the checksum that we computed, or to failed/ with the sender's and the reason beside it. In: variables file, sha256, sentence.
 * The file goes before the sender's checksum: if the process dies between, that is of nothing, and nothing is taken twice.
 */
@ApplicationScoped
@Named("shelf")
@RegisterForReflection
public class Shelf {

    private static final int DIGITS = 64;
    private static final Logger LOG = Logger.getLogger(Shelf.class);

    public void done(Exchange exchange) {
        String sha256 = exchange.getVariable("sha256", String.class);
        put(Path.of(exchange.getVariable("file", String.class)), "done", (file, place) -> {
            PlainFile.write(Complete.beside(place), sha256 + "  " + file.getFileName() + "\n");
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(Complete.beside(file));
        }, place -> sha256.equals(checksum(place)));
    }

    public void failed(Exchange exchange) {
        String reason = exchange.getVariable("sentence", String.class);
        put(Path.of(exchange.getVariable("file", String.class)), "failed", (file, place) -> {
            PlainFile.write(place.resolveSibling(place.getFileName() + ".reason"), reason + "\n");
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            Files.move(Complete.beside(file), Complete.beside(place), StandardCopyOption.ATOMIC_MOVE);
        }, place -> false);
    }

    /** What we computed of a file that we put away; null where that is none, or something else lies there. */
    static String checksum(Path place) throws IOException {
        String beside = PlainFile.is(place) && PlainFile.is(Complete.beside(place)) ? PlainFile.text(Complete.beside(place)) : null;
        return beside == null || beside.length() < DIGITS ? null : beside.substring(0, DIGITS).toLowerCase(Locale.ROOT);
    }

    /** Makes sure that the file is where it seems to be, and can be moved, wherever it will be. */
    static void room(Path file) throws IOException {
        Path drop = file.getParent().getParent();
        for (Path folder : new Path[] {file.getParent(), shelf(file, "done"), shelf(file, "failed")}) {
            if (PlainFile.lies(folder.getParent()) && !PlainFile.isFolder(folder.getParent(), drop)) {
                throw new IOException(folder.getParent() + " is a link, or no folder; make it one");
            }
            Files.createDirectories(folder);
            if (!PlainFile.isFolder(folder, drop)) {
                throw new IOException(folder + " is a link, or lies behind one; make it a folder");
            }
            if (!Files.isWritable(folder)) {
                throw new IOException("nothing may be written in " + folder);
            }
        }
    }

    private interface Move {
        void make(Path file, Path place) throws IOException;
    }

    private interface Same {
        boolean as(Path place) throws IOException;
    }

    private static void put(Path file, String shelf, Move move, Same same) {
        try {
            move.make(file, free(shelf(file, shelf).resolve(file.getFileName()), same));
        } catch (NoSuchFileException another) {
            LOG.debugf("%s was put away by another replica", file);
        } catch (IOException stays) {
            LOG.warnf("%s stays where it is and will be taken again, which counts as a repeat: %s", file, stays);
        }
    }

    /** What lies there under the same name is kept, unless it is the same. */
    private static Path free(Path wanted, Same same) throws IOException {
        Path place = wanted;
        for (int more = 2; PlainFile.lies(place) && !same.as(place); more++) {
            place = wanted.resolveSibling(wanted.getFileName() + "." + more);
        }
        return place;
    }

    /** done/approved/ of approved/, beside it. */
    private static Path shelf(Path file, String name) {
        return file.getParent().resolveSibling(name).resolve(file.getParent().getFileName());
    }
}
