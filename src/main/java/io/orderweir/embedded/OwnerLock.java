package io.orderweir.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A data directory belongs to one living process; the operating system gives the lock back however that process dies. */
final class OwnerLock {
    // whoever owns the directory keeps this object: a collected channel would give the lock back
    @SuppressWarnings("unused")
    private final FileLock held;

    private OwnerLock(FileLock held) {
        this.held = held;
    }

    static Optional<OwnerLock> tryTake(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new OwnerLock(lock));
        } catch (AccessDeniedException e) {
            throw new Refusal("user " + System.getProperty("user.name") + " may not write " + file
                    + "; give the directory to that user or choose another with -Dorderweir.data=<directory>", e);
        } catch (IOException e) {
            throw new Refusal("cannot lock " + file + ": " + e, e);
        }
    }

    /** Waits for the lock, looking whenever its owner ends or a moment has passed. */
    static Optional<OwnerLock> take(Path file, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Optional<OwnerLock> lock = tryTake(file);
        while (lock.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            lock = tryTake(file);
        }
        return lock;
    }

    static String ownerOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
