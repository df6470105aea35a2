package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/**
 * The factory's work orders: checks a call, commits it at one instant, builds when the day is over, and tells so.
 *
 * <p>Every method for a route sets the variable was, which names what became of the call, and record, the answer's body.
 */
@ApplicationScoped
@Named("sandboxFactory")
@RegisterForReflection
public class FactoryFloor {
    private static final int LOOK_EVERY_MS = 50;

    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final FactoryStore store = new FactoryStore();
    private final FactoryRules rules;
    private final FactoryCalendar calendar;
    private final Callbacks callbacks;
    private final ScheduledExecutorService hall = Timers.named("sandbox-factory-hall", 1);

    FactoryFloor(Vendors vendors) {
        this.settings = vendors.get("factory").settings;
        this.rules = new FactoryRules(new Catalogue(), settings);
        this.calendar = new FactoryCalendar(clock, settings);
        this.callbacks = new Callbacks("factory", settings, FactoryFloor::signed, clock);
        hall.scheduleWithFixedDelay(this::today, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** {@code created}, {@code repeated}, {@code key-missing}, {@code key-reused}, {@code invalid}, {@code duplicate-reference} or {@code no-capacity}. */
    public void create(Exchange exchange) {
        String key = exchange.getMessage().getHeader("Idempotency-Key", "", String.class);
        LocalDate today = today();
        ObjectNode request = RestCall.body(exchange);
        FieldProblem problem = request == null ? FieldProblem.NOT_JSON : rules.problem(request, true);
        Outcome outcome = key.isBlank() ? Outcome.without("key-missing")
                : request == null ? Outcome.without("new") : store.recall(key, request);
        if (outcome.was().equals("new")) {
            outcome = problem != null ? Outcome.without("invalid")
                    : store.create(key, request, settings.number("slots"), today, clock.millis());
        }
        if (outcome.was().equals("created")) {
            tell("work-order.scheduled", outcome.record());
        }
        exchange.setVariable("day", request == null ? "" : request.path("day").asText());
        answer(exchange, outcome, problem);
    }

    /** {@code changed}, {@code invalid}, {@code in-production}, {@code cancelled} or {@code none}. */
    public void change(Exchange exchange) {
        String id = exchange.getVariable("id", String.class);
        LocalDate today = today();
        ObjectNode request = RestCall.body(exchange);
        ObjectNode record = store.find(id);
        FieldProblem problem = request == null ? FieldProblem.NOT_JSON : rules.problem(request, false);
        if (problem == null && record != null) {
            problem = FieldProblem.changed(record, request, FactoryRules.FIXED);
        }
        answer(exchange, record != null && problem != null ? Outcome.without("invalid") : store.change(id, request, today), problem);
    }

    /** {@code ended}, {@code cancelled} when it was already, {@code built} or {@code none}. */
    public void cancel(Exchange exchange) {
        Outcome outcome = store.cancel(exchange.getVariable("id", String.class), today(), clock.millis());
        if (outcome.was().equals("ended")) {
            tell("work-order.cancelled", outcome.record());
        }
        answer(exchange, outcome, null);
    }

    /** {@code found}, or {@code missing} without a reference. */
    public void list(Exchange exchange) {
        today();
        String reference = RestCall.parameter(exchange, "reference");
        ArrayNode found = Json.array();
        ObjectNode order = store.findReference(reference);
        if (order != null && !order.path("status").asText().equals("cancelled")) {
            found.add(FactoryStore.brief(order));
        }
        exchange.setVariable("was", reference.isEmpty() ? "missing" : "found");
        exchange.setVariable("record", Json.write(Json.object().set("workOrders", found)));
    }

    /** {@code found}, or {@code missing} without a product line. */
    public void capacity(Exchange exchange) {
        String productLine = RestCall.parameter(exchange, "productLine");
        exchange.setVariable("was", productLine.isEmpty() ? "missing" : "found");
        exchange.setVariable("record", Json.write(store.capacity(productLine, settings.number("slots"), today())));
    }

    /** A lever: {@code {"days":1}} ends so many days at once; answers the new {@code today}. */
    public String day(String body) {
        int days = Json.readObject(body).path("days").asInt(1);
        if (days < 1 || days > 3_650) {
            throw new IllegalArgumentException("The factory's calendar goes forward by 1 to 3650 days, not by " + days + ".");
        }
        calendar.pass(days);
        return Json.write(Json.object().put("today", today().toString()));
    }

    /** The day it is; what was scheduled for the days before it is built by now. */
    private LocalDate today() {
        LocalDate today = calendar.today();
        store.build(today, clock.millis()).forEach(order -> tell("work-order.built", order));
        return today;
    }

    private void tell(String type, ObjectNode order) {
        ObjectNode event = Json.object().put("type", type).put("timestamp", Instant.ofEpochMilli(clock.millis()).toString());
        ObjectNode data = event.putObject("data");
        for (String field : List.of("id", "reference", "version", "order", "line", "day")) {
            if (order.hasNonNull(field)) {
                data.put(field, order.path(field).textValue());
            }
        }
        callbacks.send(Callbacks.newId("msg_"), Json.write(event), 0);
    }

    /** As Standard Webhooks signs. */
    static Map<String, String> signed(List<String> secrets, String id, long seconds, byte[] body) {
        return Map.of("webhook-id", id, "webhook-timestamp", "" + seconds, "webhook-signature", Signature.standard(secrets, id, seconds, body));
    }

    private static void answer(Exchange exchange, Outcome outcome, FieldProblem problem) {
        outcome.tell(exchange, outcome.record() == null ? null : FactoryStore.brief(outcome.record()), problem);
    }

    ObjectNode report() {
        ObjectNode report = Json.object().put("today", today().toString()).put("slots", settings.number("slots"));
        report.setAll(store.report());
        report.set("callbacks", callbacks.report());
        return report;
    }

    FactoryStore store() {
        return store;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    void reset() {
        store.reset();
        calendar.reset();
        callbacks.reset();
    }

    @PreDestroy
    void stop() {
        hall.shutdownNow();
        callbacks.stop();
    }
}
