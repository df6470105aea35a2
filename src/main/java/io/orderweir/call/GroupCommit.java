package io.orderweir.call;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes what several workers have to say in one statement and one commit: whoever comes while a group is being written goes with the next one. Nobody waits
 * for company, so a single one is written at once. A group that fails is written one by one, so that each has its own answer.
 */
final class GroupCommit<T, R> {

    /** Writes a group in one transaction; its answers come in the order of what was asked. */
    interface Writer<T, R> {
        List<R> write(List<T> group) throws SQLException;
    }

    private final Queue<Waiting<T, R>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final int most;
    private final Writer<T, R> writer;

    GroupCommit(int most, Writer<T, R> writer) {
        this.most = most;
        this.writer = writer;
    }

    R write(T item) throws SQLException {
        Waiting<T, R> mine = new Waiting<>(item);
        queue.add(mine);
        while (!mine.written) {
            writing.lock();
            try {
                if (!mine.written) {
                    writeNext();
                }
            } finally {
                writing.unlock();
            }
        }
        return mine.answer();
    }

    private void writeNext() {
        List<Waiting<T, R>> group = new ArrayList<>();
        for (Waiting<T, R> next = queue.poll(); next != null; next = group.size() < most ? queue.poll() : null) {
            group.add(next);
        }
        try {
            write(group);
        } catch (SQLException | RuntimeException | Error together) {
            // nobody may be left waiting, whatever it was
            group.forEach(this::writeAlone);
        }
    }

    private void writeAlone(Waiting<T, R> one) {
        try {
            write(List.of(one));
        } catch (SQLException | RuntimeException | Error alone) {
            one.failed = alone;
            one.written = true;
        }
    }

    private void write(List<Waiting<T, R>> group) throws SQLException {
        List<R> answers = writer.write(group.stream().map(waiting -> waiting.item).toList());
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer = answers.get(i);
            group.get(i).written = true;
        }
    }

    private static final class Waiting<T, R> {
        private final T item;
        private R answer;
        private Throwable failed;
        private volatile boolean written;

        Waiting(T item) {
            this.item = item;
        }

        R answer() throws SQLException {
            if (failed instanceof SQLException refused) {
                throw refused;
            }
            if (failed instanceof RuntimeException broken) {
                throw broken;
            }
            if (failed instanceof Error error) {
                throw error;
            }
            return answer;
        }
    }
}
