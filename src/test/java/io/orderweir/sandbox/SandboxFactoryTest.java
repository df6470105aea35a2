package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxFactoryTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
    private static final String GOOD = """
            {"reference":"shopify-us-4507-13","order":"#1201","line":"13","sku":"BTO-1","quantity":2,"day":"2026-11-24","productLine":"BTO",
             "configuration":[{"name":"Finish","value":"Oiled"},{"name":"Engraving","value":""}],
             "drawing":{"file":"shopify-us-4507-13_A.step","revision":"A","sha256":"%s"}}""".formatted("0a".repeat(32));
    private static final int SLOTS = 3;

    private final Settings settings = Settings.factory();
    private final FactoryRules rules = new FactoryRules(new Catalogue(), settings);
    private final FactoryStore store = new FactoryStore();

    @Test
    void takesAGoodWorkOrderWithOrWithoutADrawing() {
        assertNull(rules.problem(Json.readObject(GOOD), true));
        assertNull(rules.problem(without("drawing"), true));
        assertNull(rules.problem(without("day"), false));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', value = {
        "/reference            |                | reference",
        "/order                | \"\"           | order",
        "/line                 | 13             | line",
        "/sku                  | \"SKU-999\"    | sku",
        "/quantity             | 0              | quantity",
        "/quantity             | \"2\"          | quantity",
        "/quantity             | 1.5            | quantity",
        "/day                  | \"24.11.2026\" | day",
        "/day                  | 20261124       | day",
        "/productLine          | null           | productLine",
        "/configuration        | {}             | configuration",
        "/configuration/0/value| 7              | configuration[0].value",
        "/configuration/0/hue  | \"red\"        | configuration[0].hue",
        "/drawing              | null           | drawing",
        "/drawing/sha256       | \"0A\"         | drawing.sha256",
        "/drawing/pages        | 1              | drawing.pages",
        "/colour               | \"red\"        | colour"})
    void refusesAndNamesTheFirstWrongField(String pointer, String value, String field) {
        // Given
        ObjectNode request = Json.readObject(GOOD);
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) request.at(pointer.substring(0, slash));
        if (value == null) {
            parent.remove(pointer.substring(slash + 1));
        } else {
            parent.set(pointer.substring(slash + 1), Json.readObject("{\"v\":" + value + "}").get("v"));
        }

        // When
        FieldProblem problem = rules.problem(request, true);

        // Then
        assertNotNull(problem);
        assertEquals(field, problem.field());
    }

    @Test
    void aChangeSaysNoDayAndKeepsWhatItIs() {
        assertEquals("day", rules.problem(Json.readObject(GOOD), false).field());
        ObjectNode other = Json.readObject(GOOD).put("quantity", 3);
        assertEquals("quantity", FieldProblem.changed(Json.readObject(GOOD), other, FactoryRules.FIXED).field());
    }

    @Test
    void theSameKeyAndBodyGetTheFirstAnswerAndMakeNothing() {
        // Given
        String id = created("k-1", "r-1", "2026-11-24");
        store.cancel(id, TODAY, 1);

        // When
        Outcome again = store.create("k-1", order("r-1", "2026-11-24"), SLOTS, TODAY, 2);

        // Then
        assertEquals("repeated", again.was());
        assertEquals("scheduled", again.record().path("status").asText());
        assertEquals(1, store.all().size());
        assertEquals("key-reused", store.create("k-1", order("r-2", "2026-11-24"), SLOTS, TODAY, 3).was());
    }

    @Test
    void aReferenceHasOneLivingWorkOrder() {
        // Given
        String id = created("k-1", "r-1", "2026-11-24");

        // When
        Outcome second = store.create("k-2", order("r-1", "2026-11-25"), SLOTS, TODAY, 1);

        // Then
        assertEquals("duplicate-reference", second.was());
        assertEquals(id, second.record().path("id").asText());
        store.cancel(id, TODAY, 2);
        assertEquals("created", store.create("k-2", order("r-1", "2026-11-25"), SLOTS, TODAY, 3).was());
    }

    @Test
    void aFullDayAPastDayAndADayNobodyPlansYetAreRefusedAndTheKeyMayTryAnother() {
        // Given a full day
        IntStream.range(0, SLOTS).forEach(i -> created("full-" + i, "full-" + i, "2026-11-24"));

        // Then
        assertEquals("no-capacity", store.create("k", order("r", "2026-11-24"), SLOTS, TODAY, 1).was());
        assertEquals("no-capacity", store.create("k", order("r", "2026-11-20"), SLOTS, TODAY, 1).was());
        assertEquals("no-capacity", store.create("k", order("r", "2027-01-20"), SLOTS, TODAY, 1).was());
        assertEquals("created", store.create("k", order("r", "2026-11-25"), SLOTS, TODAY, 1).was());
        assertEquals("created", store.create("k-2", order("r-2", "2026-11-24").put("productLine", "Lamps"), SLOTS, TODAY, 1).was());
    }

    @Test
    void capacityShowsSixtyDaysAndWhatIsLeftOfThem() {
        // Given
        String id = created("k-1", "r-1", "2026-11-21");
        created("k-2", "r-2", "2026-11-21");

        // When
        ObjectNode before = store.capacity("BTO", SLOTS, TODAY);
        store.cancel(id, TODAY, 1);

        // Then
        assertEquals("2026-11-21", before.path("today").asText());
        assertEquals(60, before.path("days").size());
        assertEquals("2027-01-19", before.path("days").path(59).path("day").asText());
        assertEquals(1, before.path("days").path(0).path("free").asInt());
        assertEquals(2, store.capacity("BTO", SLOTS, TODAY).path("days").path(0).path("free").asInt());
        assertEquals(SLOTS, store.capacity("Lamps", SLOTS, TODAY).path("days").path(0).path("free").asInt());
        assertEquals(1, store.report().path("slotsReturned").asInt());
    }

    @Test
    void aWorkOrderChangesUntilTheMorningOfItsDayAndIsBuiltAtTheEndOfIt() {
        // Given
        String id = created("k-1", "r-1", "2026-11-22");
        ObjectNode change = order("r-1", "2026-11-22");
        change.remove("day");
        change.withArray("configuration").removeAll();

        // Then the day before
        assertEquals("changed", store.change(id, change, TODAY).was());
        assertEquals(0, store.find(id).path("configuration").size());
        assertEquals("2026-11-22", store.find(id).path("day").asText());

        // and on the day
        assertEquals("in-production", store.change(id, change, TODAY.plusDays(1)).was());
        assertEquals(List.of(), store.build(TODAY.plusDays(1), 1));

        // and after it
        assertEquals(List.of(id), store.build(TODAY.plusDays(2), 2).stream().map(order -> order.path("id").asText()).toList());
        assertEquals(List.of(), store.build(TODAY.plusDays(2), 3));
        assertEquals("in-production", store.change(id, change, TODAY.plusDays(2)).was());
        assertEquals("built", store.cancel(id, TODAY.plusDays(2), 4).was());
        assertEquals("duplicate-reference", store.create("k-2", order("r-1", "2026-11-24"), SLOTS, TODAY.plusDays(2), 5).was());
        assertEquals("none", store.change("WO-9", change, TODAY).was());
    }

    @Test
    void cancellingTwiceIsHarmlessAndGivesOneSlotBack() {
        // Given
        String id = created("k-1", "r-1", "2026-11-21");

        // Then
        assertEquals("ended", store.cancel(id, TODAY, 1).was());
        assertEquals("cancelled", store.cancel(id, TODAY, 2).was());
        assertEquals("none", store.cancel("WO-9", TODAY, 3).was());
        assertEquals(SLOTS, store.capacity("BTO", SLOTS, TODAY).path("days").path(0).path("free").asInt());
        assertEquals(1, store.report().path("slotsReturned").asInt());
        assertEquals("cancelled", store.change(id, order("r-1", "2026-11-21"), TODAY).was());
    }

    @Test
    void noDayIsEverOverFullHoweverManyAskAtOnce() throws Exception {
        // Given many callers who book, cancel, and keep only some of the last ones
        List<String> days = List.of("2026-11-21", "2026-11-22", "2026-11-23");
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<Integer>> booked = new ArrayList<>();

        // When
        for (int caller = 0; caller < 16; caller++) {
            int who = caller;
            booked.add(callers.submit(() -> booksAndCancels(who, days)));
        }
        int kept = 0;
        for (Future<Integer> caller : booked) {
            kept += caller.get();
        }
        callers.shutdown();

        // Then
        List<ObjectNode> alive = store.all().stream().filter(order -> !order.path("status").asText().equals("cancelled")).toList();
        Map<String, Long> perDay = alive.stream().collect(Collectors.groupingBy(order -> order.path("day").asText(), Collectors.counting()));
        assertEquals(kept, alive.size());
        assertTrue(perDay.values().stream().allMatch(one -> one <= SLOTS), perDay.toString());
        assertEquals(SLOTS, store.report().path("mostOnAnyDay").asInt());
        assertEquals(store.all().size() - alive.size(), store.report().path("slotsReturned").asInt());
        assertEquals(0, store.report().path("secondPerReference").asInt());
        ObjectNode capacity = store.capacity("BTO", SLOTS, TODAY);
        for (int i = 0; i < days.size(); i++) {
            assertEquals(SLOTS - perDay.getOrDefault(days.get(i), 0L), capacity.path("days").path(i).path("free").asLong());
        }
    }

    /** How many work orders this caller has in the end. */
    private int booksAndCancels(int who, List<String> days) {
        Random random = new Random(who);
        int kept = 0;
        for (int i = 0; i < 200; i++) {
            String reference = "r-" + who + "-" + i;
            Outcome outcome = store.create(reference, order(reference, days.get(random.nextInt(days.size()))), SLOTS, TODAY, i);
            if (outcome.was().equals("created")) {
                boolean gives = i < 150 || random.nextInt(8) > 0;
                kept += gives && store.cancel(outcome.record().path("id").asText(), TODAY, i).was().equals("ended") ? 0 : 1;
            }
        }
        return kept;
    }

    @Test
    void oneKeySentManyTimesAtOnceMakesOneWorkOrder() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            answers.add(callers.submit(() -> store.create("k-1", order("r-1", "2026-11-24"), SLOTS, TODAY, 1).was()));
        }
        int created = 0;
        for (Future<String> answer : answers) {
            created += answer.get().equals("created") ? 1 : 0;
        }
        callers.shutdown();
        assertEquals(1, created);
        assertEquals(1, store.all().size());
    }

    @Test
    void theCalendarBeginsWithTheRealDateAndNeverGoesBack() {
        // Given a day of one second
        HandClock clock = new HandClock("2026-11-21T13:00:00Z");
        set("{\"dayMs\":1000}");
        FactoryCalendar calendar = new FactoryCalendar(clock, settings);
        assertEquals(TODAY, calendar.today());

        // When
        clock.turn(Duration.ofMillis(2_999));

        // Then
        assertEquals(TODAY.plusDays(2), calendar.today());
        clock.turn(Duration.ofMillis(1));
        assertEquals(TODAY.plusDays(3), calendar.today());

        // and a real day again, and none at all
        set("{\"dayMs\":86400000}");
        assertEquals(TODAY.plusDays(3), calendar.today());
        clock.turn(Duration.ofHours(24));
        assertEquals(TODAY.plusDays(4), calendar.today());
        set("{\"dayMs\":0}");
        calendar.today();
        clock.turn(Duration.ofDays(9));
        assertEquals(TODAY.plusDays(4), calendar.today());
        calendar.pass(2);
        assertEquals(TODAY.plusDays(6), calendar.today());
        calendar.reset();
        assertEquals(TODAY.plusDays(10), calendar.today());
    }

    private void set(String changes) {
        settings.use(settings.checked(Json.readObject(changes)));
    }

    private String created(String key, String reference, String day) {
        Outcome outcome = store.create(key, order(reference, day), SLOTS, TODAY, 0);
        assertEquals("created", outcome.was());
        return outcome.record().path("id").asText();
    }

    private static ObjectNode without(String field) {
        ObjectNode request = Json.readObject(GOOD);
        request.remove(field);
        return request;
    }

    private static ObjectNode order(String reference, String day) {
        return Json.readObject(GOOD).put("reference", reference).put("day", day);
    }
}
