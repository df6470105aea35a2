package io.orderweir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Token;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Orders of something that has to be built first: payments, drawings, a factory with so many slots a day, and what goes wrong on the way.
 * The factory's day is shortened to three seconds. The studio that sells them has an ERP account of its own, and every third order goes to the country of a second warehouse.
 */
final class Workshop {
    static final int ORDERS = 300;
    static final int SLOTS = 40;
    private static final int DAY_MS = 3_000;
    private static final int BETWEEN_BUYERS_MS = 150;
    private static final long FIRST_ID = 9_100_000_000_000L;
    private static final int REFUNDED = ORDERS - 1;
    private static final int REVISED = ORDERS - 2;
    private static final int UNPAID = ORDERS - 3;
    private static final Duration MOMENT = Duration.ofSeconds(90);

    private record Sold(JsonNode order) {
        boolean goesAbroad() {
            return order.at("/shipping_address/country_code").asText().equals(Cast.SECOND_COUNTRY);
        }

        String name() {
            return order.path("name").asText();
        }

        /** What the partners know the line by that is built. */
        String reference() {
            return whole() + "-" + line();
        }

        /** What its ERP knows the order by. */
        String whole() {
            return Cast.STUDIO + "-" + order.path("id").asText();
        }

        String line() {
            return order.path("line_items").path(0).path("id").asText();
        }
    }

    private final Http sandbox;
    private final Http studio;
    private final String engine;
    private final Http console;
    private final Ledger ledger;
    private final Tempo tempo;

    Workshop(Http sandbox, Http studio, Stage engine, Ledger ledger, Tempo tempo) {
        this.sandbox = sandbox;
        this.studio = studio;
        this.engine = engine.url();
        this.console = new Http(engine.url(), Token.of(engine.url(), "admin"));
        this.ledger = ledger;
        this.tempo = tempo;
    }

    List<Promise> play() {
        System.out.printf(Locale.ROOT, "%nThen %d orders of something to build and something from stock; the factory has %d slots a day (%d s).%n", ORDERS, SLOTS, DAY_MS / 1000);
        sandbox.post("/sandbox/settings", Map.of("stripe", Map.of("target", engine + "/capture/stripe/stripe"),
                "factory", Map.of("target", engine + "/capture/factory/factory", "slots", SLOTS, "dayMs", 0), "design", Map.of("directory", Cast.DRAWINGS.toString(), "drawMs", 300)));
        List<Sold> sold = sellAll();
        List<Sold> scheduled = sold.stream().filter(one -> one != sold.get(UNPAID)).toList();
        soon("the factory has a work order for all that is paid", () -> factory().path("scheduled").asInt() == scheduled.size());
        System.out.printf("%d are paid, drawn and scheduled at the factory.%n", factory().path("scheduled").asInt());

        mishaps(sold);
        sandbox.post("/sandbox/settings", Map.of("factory", Map.of("dayMs", DAY_MS)));
        List<Sold> shipped = scheduled.stream().filter(one -> one != sold.get(REFUNDED)).toList();
        soon("what is built is at the warehouse", () -> shipped.stream().allMatch(one -> isAt(warehouse(one), one.reference())));
        soon("every order is in the books of the studio", () -> studio.get("/sandbox/report").at("/netsuite/distinct").asInt() == ORDERS);
        soon("the store holds only what waits, and says when the rest is expected", () -> store().path("holdsActive").asInt() == 2
                && store().path("metafields").asInt() == ORDERS - 2);
        return promises(sold, shipped);
    }

    /** One is paid back, one gets another drawing, and one is not paid in time. */
    private void mishaps(List<Sold> sold) {
        sandbox.post("/sandbox/stripe/refunds", Map.of("order", sold.get(REFUNDED).name()));
        sandbox.post("/sandbox/design/drawings", Map.of("reference", sold.get(REVISED).reference(), "folder", "proposed"));
        console.post("/api/gates/extend", Map.of("order", sold.get(UNPAID).name(), "line", sold.get(UNPAID).line(), "gate", "payment",
                "due", Instant.now().plusSeconds(1).toString(), "reason", "the buyer wants to pay today"));
        soon("the factory has taken two work orders back", () -> factory().path("cancelled").asInt() == 2);
        sandbox.post("/sandbox/design/drawings", Map.of("reference", sold.get(REVISED).reference(), "folder", "approved", "revision", "B"));
        soon("the new drawing is scheduled", () -> again(sold.get(REVISED)).map(work -> work.path("drawing").path("revision").asText().equals("B")).orElse(false));
        soon("somebody is told that one is not paid", () -> late() == 1);
        System.out.println("One was paid back and its slot is free again; one is built from its second drawing; one is not paid in time, and somebody was told.");
    }

    private Http warehouse(Sold one) {
        return one.goesAbroad() ? studio : sandbox;
    }

    private static boolean isAt(Http warehouse, String reference) {
        return warehouse.find("/sandbox/wms/records/" + reference).isPresent();
    }

    private List<Promise> promises(List<Sold> sold, List<Sold> shipped) {
        long here = shipped.stream().filter(one -> isAt(warehouse(one), one.reference())).count();
        long wrong = List.of(sold.get(REFUNDED), sold.get(UNPAID)).stream().filter(one -> isAt(warehouse(one), one.reference())).count();
        long astray = sold.stream().filter(one -> isAt(one.goesAbroad() ? sandbox : studio, one.reference()) || isAt(one.goesAbroad() ? sandbox : studio, one.whole())).count();
        long foreign = sold.stream().filter(one -> sandbox.find("/sandbox/netsuite/records/" + one.whole()).isPresent()).count();
        return List.of(
                Promise.exactly("lines that were built and are at the warehouse", ORDERS - 2, here),
                Promise.exactly("lines there that are paid back or not paid", 0, wrong),
                Promise.exactly("orders of the studio in its own books", ORDERS, studio.get("/sandbox/report").at("/netsuite/distinct").asLong()),
                Promise.exactly("of them in the books of the other company", 0, foreign),
                Promise.exactly("orders at the warehouse of another country", 0, astray),
                Promise.atMost("most work orders on any day of the factory", SLOTS, factory().path("mostOnAnyDay").asLong()),
                Promise.exactly("second work orders for a line", 0, factory().path("secondPerReference").asLong()),
                Promise.exactly("slots given back by what was cancelled", 2, factory().path("slotsReturned").asLong()),
                Promise.exactly("requests of a line without evidence and a name at each of its gates", 0, withoutProof()),
                Promise.exactly("late gates, each told once", 1, late()),
                Promise.atMost("ms from capture until the standard lines were at the warehouse (95 of 100)", 2_000, shippedWithin()),
                Promise.exactly("lines on hold in the store: one is paid back, one is not paid", 2, store().path("holdsActive").asLong()),
                Promise.exactly("second holds for a line", 0, secondHolds()),
                Promise.exactly("lines of which the store can say when they are expected", ORDERS - 2, store().path("metafields").asLong()),
                Promise.exactly("queries that the store refused for too many points", 0, store().path("throttled").asLong()));
    }

    /** One after the other, as buyers come on a busy day; most pay at once. */
    private List<Sold> sellAll() {
        List<Sold> sold = new CopyOnWriteArrayList<>();
        ScheduledExecutorService buyers = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> coming = buyers.scheduleAtFixedRate(() -> {
            if (sold.size() < ORDERS) {
                Sold one = sell(sold.size());
                if (sold.size() != UNPAID) {
                    pay(one);
                }
                sold.add(one);
            }
        }, 0, BETWEEN_BUYERS_MS, TimeUnit.MILLISECONDS);
        try {
            soon("all have ordered", () -> sold.size() == ORDERS || coming.isDone());
            return List.copyOf(sold);
        } finally {
            buyers.shutdownNow();
        }
    }

    private Sold sell(int number) {
        Map<String, Object> order = new HashMap<>(Map.of("id", FIRST_ID + number, "name", "#F" + (1001 + number), "currency", "USD",
                "line_items", List.of(Map.of("sku", "FAB-" + (1 + number % 12), "quantity", 1), Map.of("sku", "SKU-" + (1 + number % 120), "quantity", 1))));
        if (number % 3 == 0) {
            order.put("shipping_address", Map.of("country_code", Cast.SECOND_COUNTRY, "country", "Germany", "zip", "20457"));
        }
        return new Sold(sandbox.post("/sandbox/shopify/orders",
                Map.of("target", engine + "/capture/shopify/" + Cast.STUDIO, "secret", Cast.SHOP_SECRET, "order", order)).path("order"));
    }

    private void pay(Sold one) {
        sandbox.post("/sandbox/stripe/payments", Map.of("order", one.name(), "currency", "usd",
                "amount", new BigDecimal(one.order().path("total_price").asText()).movePointRight(2).longValueExact()));
    }

    private JsonNode factory() {
        return sandbox.get("/sandbox/report").path("factory");
    }

    /** The second work order of a line whose first was taken back. */
    private Optional<JsonNode> again(Sold one) {
        return sandbox.find("/sandbox/factory/records/" + one.reference() + "-r2");
    }

    private JsonNode store() {
        return sandbox.get("/sandbox/report").path("shopify");
    }

    private long secondHolds() {
        Map<String, Long> holds = StreamSupport.stream(sandbox.get("/sandbox/shopify/holds").spliterator(), false)
                .collect(Collectors.groupingBy(hold -> hold.path("order").asText() + "/" + hold.path("line").asText(), Collectors.counting()));
        return holds.values().stream().filter(count -> count > 1).count();
    }

    private long shippedWithin() {
        return ledger.sql().number("""
                select ceil(percentile_cont(0.95) within group (order by extract(epoch from d.done_at - m.captured_at)) * 1000)
                from orderweir.delivery d join orderweir.message m on m.id = d.message_id
                where d.connection in ('wms', 'wms-hamburg') and d.part = 'order' and d.state in ('delivered', 'confirmed') and m.connection = ?""", Cast.STUDIO);
    }

    private long late() {
        return ledger.sql().number("select count(*) from orderweir.gate_decision where decision = 'late'");
    }

    private long withoutProof() {
        return ledger.sql().number("""
                select count(*) from orderweir.delivery d
                where d.build_id is not null and not d.cancel and d.state in ('sending', 'unsure', 'delivered', 'confirmed')
                  and not exists (select from orderweir.delivery c where c.lane_id = d.lane_id and c.seq > d.seq and c.cancel)
                  and exists (select from orderweir.gate g where g.build_id = d.build_id and g.name = any (d.behind)
                              and (g.opened_at is null or g.opened_by is null or g.evidence is null))""");
    }

    /** What does not come about in time breaks its promise; the demo goes on and says which. */
    private void soon(String what, BooleanSupplier holds) {
        try {
            Awaitility.await(what).atMost(tempo.stretched(MOMENT)).pollInterval(Duration.ofMillis(300)).pollInSameThread().until(holds::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            System.out.println("In vain: " + late.getMessage());
        }
    }
}
