package io.orderweir.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Puts a file into a directory so that nobody ever sees half of it: {@code name.part} is written and forced to the disk, its
 * sidecar {@code name.sha256} is complete, and only then it gets its name.
 */
final class FileDrop {
    /** What the sidecar says: {@code right}, {@code wrong}, or {@code none} when there is to be no sidecar. */
    enum Checksum { RIGHT, WRONG, NONE }

    private FileDrop() {
    }

    /** Unfinished, the file stays {@code name.part} without a sidecar. The directory is made when it is missing. */
    static void drop(Path directory, String name, Drawing drawing, Checksum checksum, boolean finished) throws IOException {
        Files.createDirectories(directory);
        Path part = directory.resolve(name + ".part");
        write(part, drawing.bytes());
        if (!finished) {
            return;
        }
        if (checksum != Checksum.NONE) {
            String sum = checksum == Checksum.RIGHT ? drawing.sha256() : "0".repeat(64);
            Path sidecar = directory.resolve(name + ".sha256");
            Path half = directory.resolve(name + ".sha256.part");
            write(half, (sum + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
            Files.move(half, sidecar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
