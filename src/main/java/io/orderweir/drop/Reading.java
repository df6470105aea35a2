package io.orderweir.drop;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a dropped file once for its checksum, in a bounded time and up to a bounded size: whatever it turns into meanwhile, the drop goes on. */
final class Reading {

    /** What was read, or why it was not. */
    record Hashed(String sha256, long size, String complaint) {
    }

    private static final long LARGEST = 200L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** One that is stuck in a pipe is left to itself; the next has a thread of its own. */
    private final ExecutorService readers = Executors.newCachedThreadPool(work -> {
        Thread reader = new Thread(work, "drop-reader");
        reader.setDaemon(true);
        return reader;
    });
    private final long largest;
    private final Duration longest;

    Reading() {
        this(LARGEST, LONGEST);
    }

    Reading(long largest, Duration longest) {
        this.largest = largest;
        this.longest = longest;
    }

    Hashed hash(Path file) throws IOException {
        if (PlainFile.attributes(file).size() > largest) {
            return tooLarge();
        }
        Future<Hashed> hashed = readers.submit(() -> read(file));
        try {
            return hashed.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            hashed.cancel(true);
            return new Hashed(null, 0, "could not be read within " + longest.toSeconds() + " s. Drop it again, or look at the disk.");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            hashed.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("the process ends", stopped);
        }
    }

    private Hashed read(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        long size = 0;
        try (InputStream bytes = PlainFile.open(file)) {
            byte[] some = new byte[1 << 16];
            for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
                size += read;
                // it may have grown since, and whoever waited for it may have gone
                if (size > largest || Thread.currentThread().isInterrupted()) {
                    return tooLarge();
                }
                sha256.update(some, 0, read);
            }
        }
        return new Hashed(HexFormat.of().formatHex(sha256.digest()), size, null);
    }

    private Hashed tooLarge() {
        return new Hashed(null, 0, "is larger than the " + (largest >> 20) + " MB that are taken. Hand it over in another way.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
