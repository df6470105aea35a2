package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL refuses to run as root; as root, its programs are started under another identity. */
final class Unprivileged {
    private static final int NOBODY = 65534;

    private Unprivileged() {
    }

    /** The words before the command that runs a program as the owner of this directory, and gives it the directory. */
    static List<String> commandFor(Path directory) throws IOException, InterruptedException {
        if (uidOf(Path.of("/proc/self")) != 0) {
            return List.of();
        }
        if (uidOf(directory) == 0 && new ProcessBuilder("unshare", "-U", "true").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0) {
            return List.of("unshare", "-U");
        }
        // containers without user namespaces: a real other user, who may pass through root's directories above its own
        giveToNobody(directory);
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
                "--inh-caps=+dac_override", "--ambient-caps=+dac_override");
    }

    private static void giveToNobody(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static int uidOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }
}
