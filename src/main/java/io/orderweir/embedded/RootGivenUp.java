package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Started as root, database, broker and application go on without: as the owner of the data folder, or, where that is root's, as a user whom nobody else has. Its number is one
 * of those that systemd gives to services without a user of their own (systemd.exec, DynamicUser=).
 */
final class RootGivenUp {
    private static final int FIRST = 61_184;
    private static final int USERS = 65_519 - FIRST + 1;
    /** Whoever starts it as root may do so for a port below 1024. */
    private static final String PORTS = "+net_bind_service";

    private RootGivenUp() {
    }

    /** The words before a command that must not run as root; none where it does not, or where root's folders leave no choice, which is said. Gives the data to its user. */
    static List<String> wordsBefore(Path folder, List<Path> read) throws IOException, InterruptedException {
        if (uidOf(Path.of("/proc/self")) != 0) {
            return List.of();
        }
        Path data = Files.exists(folder) ? folder.toRealPath() : folder;
        boolean roots = !Files.exists(data) || uidOf(data) == 0;
        int user = roots ? FIRST + Math.floorMod(data.toString().hashCode(), USERS) : uidOf(data);
        int group = roots ? user : (Integer) Files.getAttribute(data, "unix:gid");
        List<String> words = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--no-new-privs",
                "--inh-caps=-all," + PORTS, "--bounding-set=-all," + PORTS, "--ambient-caps=" + PORTS);
        String wrong = whatIsClosed(words, Stream.concat(read.stream(), Files.exists(data) ? Stream.of(data.getParent()) : Stream.empty()));
        if (!wrong.isEmpty()) {
            System.err.println("orderweir: stays root, because user " + user + " cannot go on: " + wrong + ". Move what it reads to where every user may read it, or start it as another user");
            return List.of();
        }
        if (Files.exists(data)) {
            give(data, user, group);
        }
        System.err.println("orderweir: started as root, goes on as user " + user + ", with no capability but that for ports below 1024");
        return words;
    }

    private static String whatIsClosed(List<String> words, Stream<Path> read) throws InterruptedException {
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of("sh", "-c", "for path; do { test -d \"$path\" && test -x \"$path\"; } || test -r \"$path\" || { echo \"$path is closed to it\"; exit 1; }; done", "sh"));
        read.forEach(path -> command.add(path.toString()));
        try {
            Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(asked.getInputStream().readAllBytes()).strip();
            return asked.waitFor() == 0 ? "" : said;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Also while one that is just ending still works on it: what goes meanwhile needs no owner. */
    static void give(Path data, int user, int group) throws IOException {
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
                } catch (NoSuchFileException gone) {
                    // as was said
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }
        });
    }

    static int uidOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }
}
