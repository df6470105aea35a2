package io.orderweir.drop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What lies in a drop is somebody else's: it may be a link to a secret, a pipe on which nobody writes, a device without an end. Only what is a file is
 * opened here, no link is followed on the way to it, and of what should be short only so much is read.
 */
final class PlainFile {

    /** A checksum and a name. */
    private static final int SHORT = 1_024;

    private PlainFile() {
    }

    /** Is it a file and nothing else? What is not there is none. */
    static boolean is(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Does something lie there, a link to nothing too? */
    static boolean lies(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static InputStream open(Path path) throws IOException {
        if (!attributes(path).isRegularFile()) {
            throw new IOException(path + " is no file");
        }
        return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Its text, any bytes being text; null where something else lies there, or it is longer than a checksum can be.
     *
     * @throws java.nio.file.NoSuchFileException where nothing lies there: another replica may have put it away
     */
    static String text(Path path) throws IOException {
        if (!attributes(path).isRegularFile()) {
            return null;
        }
        try (InputStream bytes = open(path)) {
            byte[] read = bytes.readNBytes(SHORT + 1);
            return read.length > SHORT ? null : new String(read, StandardCharsets.ISO_8859_1);
        }
    }

    /** Writes a file of ours; what lay there under this name, a link too, makes room for it. */
    static void write(Path path, String text) throws IOException {
        Path fresh = Files.createTempFile(path.getParent(), ".", ".part");
        Files.writeString(fresh, text);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Is this folder one, where it seems to be? One that a link leads to is not. */
    static boolean isFolder(Path folder, Path root) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && folder.toRealPath().equals(root.toRealPath().resolve(root.relativize(folder)));
    }
}
