package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/**
 * The design desk's requests: checks a call, commits it at one instant, draws in its own time, and drops the drawing.
 *
 * <p>Every method for a route sets the variable was, which names what became of the call, and record, the answer's body.
 */
@ApplicationScoped
@Named("sandboxDesign")
@RegisterForReflection
public class DesignDesk {
    private static final int LOOK_EVERY_MS = 50;

    private final Settings settings;
    private final DesignStore store = new DesignStore();
    private final DesignRules rules;
    private final Deque<Drawing> ready = new ArrayDeque<>();
    private final ScheduledExecutorService board = Timers.named("sandbox-design-board", 1);
    private int dropped;
    private int notDropped;

    DesignDesk(Vendors vendors) {
        this.settings = vendors.get("design").settings;
        this.rules = new DesignRules(new Catalogue(), settings);
        board.scheduleWithFixedDelay(this::draw, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** {@code created}, {@code invalid} or {@code duplicate-reference}. */
    public void create(Exchange exchange) {
        ObjectNode request = RestCall.body(exchange);
        FieldProblem problem = request == null ? FieldProblem.NOT_JSON : rules.problem(request);
        answer(exchange, problem != null ? Outcome.without("invalid") : store.create(request, drawnAt()), problem);
    }

    /** {@code changed}, {@code same}, {@code invalid}, {@code cancelled} or {@code none}. */
    public void change(Exchange exchange) {
        String id = exchange.getVariable("id", String.class);
        ObjectNode request = RestCall.body(exchange);
        ObjectNode record = store.find(id);
        FieldProblem problem = request == null ? FieldProblem.NOT_JSON : rules.problem(request);
        if (problem == null && record != null) {
            problem = FieldProblem.changed(record, request, DesignRules.FIXED);
        }
        answer(exchange, record != null && problem != null ? Outcome.without("invalid") : store.change(id, request, drawnAt()), problem);
    }

    /** {@code ended}, {@code cancelled} when it was already, or {@code none}. */
    public void cancel(Exchange exchange) {
        answer(exchange, store.cancel(exchange.getVariable("id", String.class)), null);
    }

    /** {@code found}, or {@code missing} without a reference. */
    public void list(Exchange exchange) {
        String reference = RestCall.parameter(exchange, "reference");
        ArrayNode found = Json.array();
        ObjectNode record = store.findReference(reference);
        if (record != null && !record.path("status").asText().equals("cancelled")) {
            found.add(DesignStore.brief(record));
        }
        exchange.setVariable("was", reference.isEmpty() ? "missing" : "found");
        exchange.setVariable("record", Json.write(Json.object().set("requests", found)));
    }

    /**
     * A lever: drops a drawing now. {@code {"reference","folder"}} is a new revision in proposed or approved; with
     * {@code "revision"} (empty: the newest) it is one that was drawn before. {@code "checksum"} is right, wrong or none,
     * {@code "file"} another name, {@code "finished":false} leaves it unfinished. Answers the drawing. However it is
     * dropped, it is the one that was asked for: the desk does not draw it again.
     */
    public synchronized String drop(String body) {
        DropOrder order = DropOrder.read(Json.readObject(body));
        String directory = settings.text("directory");
        if (directory.isEmpty()) {
            throw new IllegalArgumentException("The desk has nowhere to drop drawings; give its setting design.directory a path.");
        }
        Drawing drawing = order.revision() == null ? store.next(order.reference(), System.currentTimeMillis()) : store.drawn(order.reference(), order.revision());
        String name = order.file() == null ? drawing.file() : order.file();
        try {
            FileDrop.drop(Path.of(directory, order.folder()), name, drawing, order.checksum(), order.finished());
        } catch (IOException e) {
            throw new IllegalArgumentException("The drawing " + name + " cannot be written into " + directory + ": " + e, e);
        }
        dropped++;
        return Json.write(drawing.json().put("file", name).put("folder", order.folder()));
    }

    /** What could not be dropped is dropped at the next look. */
    private synchronized void draw() {
        if (settings.text("directory").isEmpty()) {
            return;
        }
        ready.addAll(store.draw(System.currentTimeMillis()));
        while (!ready.isEmpty()) {
            Drawing next = ready.peek();
            try {
                FileDrop.drop(Path.of(settings.text("directory"), "approved"), next.file(), next, FileDrop.Checksum.RIGHT, true);
            } catch (IOException | InvalidPathException wrongDirectory) {
                notDropped++;
                return;
            }
            ready.remove();
            dropped++;
        }
    }

    private long drawnAt() {
        return System.currentTimeMillis() + settings.number("drawMs");
    }

    private static void answer(Exchange exchange, Outcome outcome, FieldProblem problem) {
        outcome.tell(exchange, outcome.record() == null ? null : DesignStore.brief(outcome.record()), problem);
    }

    synchronized ObjectNode report() {
        return store.report().put("dropped", dropped).put("notDropped", notDropped);
    }

    DesignStore store() {
        return store;
    }

    synchronized void reset() {
        store.reset();
        ready.clear();
        dropped = 0;
        notDropped = 0;
    }

    @PreDestroy
    void stop() {
        board.shutdownNow();
    }
}
