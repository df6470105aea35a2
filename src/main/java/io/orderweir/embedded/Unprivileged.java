package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL refuses to run as root, and to make its files as a user without a name: there its programs are started under another identity. */
final class Unprivileged {
    private static final int NOBODY = 65534;
    /** What the JVM calls a user without an entry among the users. */
    private static final String NAMELESS = "?";

    private Unprivileged() {
    }

    /** The words before the command that runs a program as the owner of this directory, and gives it the directory. */
    static List<String> commandFor(Path directory) throws IOException, InterruptedException {
        int user = RootGivenUp.uidOf(Path.of("/proc/self"));
        if (user != 0 && !NAMELESS.equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (RootGivenUp.uidOf(directory) == user && new ProcessBuilder("unshare", "-U", "true").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0) {
            return List.of("unshare", "-U");
        }
        if (user != 0) {
            return List.of();
        }
        // containers without user namespaces: a real other user, who may pass through root's directories above its own
        RootGivenUp.give(directory, NOBODY, NOBODY);
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
                "--inh-caps=+dac_override", "--ambient-caps=+dac_override");
    }
}
