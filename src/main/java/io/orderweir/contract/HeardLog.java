package io.orderweir.contract;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** Hears what this process logs, in the place of whoever shows it, until it is closed. */
final class HeardLog extends Handler implements AutoCloseable {

    private static final int MOST = 10_000;

    private final Logger root = Logger.getLogger("");
    private final Handler[] before = root.getHandlers();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final SimpleFormatter formatter = new SimpleFormatter();

    HeardLog() {
        for (Handler handler : before) {
            root.removeHandler(handler);
        }
        setLevel(Level.ALL);
        root.addHandler(this);
    }

    /** What was said since the last time. */
    List<String> take() {
        synchronized (lines) {
            List<String> taken = List.copyOf(lines);
            lines.clear();
            return taken;
        }
    }

    @Override
    public void publish(LogRecord record) {
        if (lines.size() < MOST) {
            StringWriter thrown = new StringWriter();
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(thrown));
            }
            String message = record instanceof ExtLogRecord ours ? ours.getFormattedMessage() : formatter.formatMessage(record);
            lines.add(record.getLoggerName() + " " + message + " " + thrown);
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        root.removeHandler(this);
        for (Handler handler : before) {
            root.addHandler(handler);
        }
    }
}
