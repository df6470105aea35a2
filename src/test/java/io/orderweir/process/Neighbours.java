package io.orderweir.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the JVMs that test beside each other share the machine, and gives it to one class that is {@link Alone}: by a lock on a file, which all but that one share. */
public final class Neighbours implements BeforeAllCallback, AfterAllCallback {

    private static final Path FILE = Path.of("target", "it", "neighbours.lock");
    private static FileChannel channel;
    private static FileLock lock;
    private static int here;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        enter(isAlone(context));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        leave();
    }

    private static boolean isAlone(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(Alone.class);
    }

    private static void enter(boolean alone) throws IOException, InterruptedException {
        synchronized (FILE) {
            while (here > 0 && (alone || !lock.isShared())) {
                FILE.wait();
            }
            if (here++ == 0) {
                if (channel == null) {
                    Files.createDirectories(FILE.getParent());
                    channel = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                }
                lock = channel.lock(0, Long.MAX_VALUE, !alone);
            }
        }
    }

    private static void leave() throws IOException {
        synchronized (FILE) {
            if (--here == 0) {
                lock.release();
                FILE.notifyAll();
            }
        }
    }
}
