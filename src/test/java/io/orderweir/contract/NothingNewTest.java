package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Vendor.Mood;
import io.orderweir.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is sent decides whether it is sent again, at every packaged port that has updates: nobody lists the fields that a mapping reads. */
class NothingNewTest {

    private static final Connectors CONNECTORS = Connectors.in(null);
    /** The request of one is made behind a look, which says what the store has now; the other says days, and no word of the order. */
    private static final List<String> LOOKS_FIRST = List.of("shopify.hold");
    private static final List<String> READS_NOTHING_OF_THE_ORDER = List.of("shopify.hold", "shopify.expected-date");

    @TestFactory
    Stream<DynamicTest> anEditOfWhatNoMappingReadsMakesNoCall() {
        return ports((name, trial) -> {
            // Given what the vendor took, as a create and as an update
            Lane lane = trial.created();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            int before = trial.vendor().heard().size();
            long changes = trial.changes();
            String record = lane.remoteId();
            // When tags, times and a field that nobody knows change
            trial.is(lane, lane.edited(trial.orderWith("updatedAt", "2026-12-24T00:00:00Z"), false).run(), State.DELIVERED);
            ObjectNode more = (ObjectNode) trial.orderWith("aFieldThatNobodyKnows", "x");
            more.putArray("tags").add("vip");
            trial.is(lane, lane.edited(more, false).run(), State.DELIVERED);
            // Then nothing is sent, and the record is known as before
            if (!LOOKS_FIRST.contains(name)) {
                assertEquals(before, trial.vendor().heard().size());
                assertTrue(lane.last().words().contains("does not have already"), lane.last().words());
            }
            assertEquals(changes, LOOKS_FIRST.contains(name) ? changes : trial.changes());
            assertEquals(record, lane.remoteId());
        });
    }

    @TestFactory
    Stream<DynamicTest> anEditOfWhatIsSentMakesOne() {
        return ports((name, trial) -> {
            // Given
            Lane lane = trial.created();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            long before = trial.changes();
            // When
            trial.is(lane, lane.edited(changed(trial), false).run(), State.DELIVERED);
            // Then
            assertEquals(READS_NOTHING_OF_THE_ORDER.contains(name) ? trial.changes() : before + 1, trial.changes());
        });
    }

    @TestFactory
    Stream<DynamicTest> whatMayBeLostIsSentAgain() {
        return ports((name, trial) -> {
            // Given a change that is sent back and forth, of which the second has no answer
            Lane lane = trial.created();
            if (READS_NOTHING_OF_THE_ORDER.contains(name)) {
                return;
            }
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            trial.lose(1, Mood.LOSE_ANSWER);
            State lost = lane.edited(changed(trial), false).run();
            // When what the vendor had before is wanted again
            long before = trial.changes();
            State back = lane.edited(trial.order(), false).run();
            // Then it is sent; where a change may not be repeated and its loss asks a person, the next one is sent all the same
            assertTrue(lost == State.DELIVERED || lost == State.CONFIRMED || lost == State.HELD, lost.toString());
            assertEquals(State.DELIVERED, back);
            assertEquals(before + 1, trial.changes());
        });
    }

    @Test
    void aCreateIsTheDocumentOfItsUpdatesWhereBothSayTheSame() throws Exception {
        for (String port : List.of("netsuite.order", "wms.fulfilment", "design.drawing")) {
            at(port, trial -> {
                // Given
                Lane lane = trial.created();
                int before = trial.vendor().heard().size();
                // When the first edit comes behind the create
                Lane edited = sentAsCreated(trial, lane);
                // Then
                assertEquals(State.DELIVERED, edited.state(), port);
                assertEquals(before, trial.vendor().heard().size(), port);
            });
        }
    }

    private static Lane sentAsCreated(Trial trial, Lane lane) {
        lane.edited(trial.orderWith("updatedAt", "2026-12-24T00:00:00Z"), false).run();
        return lane;
    }

    private static JsonNode changed(Trial trial) {
        ObjectNode changed = (ObjectNode) trial.orderWith("name", "#1201b");
        ((ObjectNode) changed.path("lineItems").path(0)).put("quantity", changed.path("lineItems").path(0).path("quantity").asInt() + 1).put("sku", "OTHER").put("toShip", 7);
        return changed;
    }

    private interface Tried {
        void at(String name, Trial trial);
    }

    private static Stream<DynamicTest> ports(Tried tried) {
        List<DynamicTest> tests = new ArrayList<>();
        CONNECTORS.all().forEach(connector -> connector.ports().keySet().stream().filter(port -> connector.ports().get(port).containsKey("update"))
                .map(port -> connector.system() + "." + port).sorted().forEach(name -> tests.add(DynamicTest.dynamicTest(name, () -> at(name, trial -> tried.at(name, trial))))));
        assertTrue(tests.size() >= 6, tests.toString());
        return tests.stream();
    }

    /** One port with the vendor of its recordings. */
    private static void at(String name, Consumer<Trial> tried) throws Exception {
        Connector connector = CONNECTORS.find(name.substring(0, name.indexOf('.'))).orElseThrow();
        Fixtures fixtures = new Fixtures(CONNECTORS, connector);
        Recordings.Account account = fixtures.account();
        Secrets secrets = new Secrets(connector, account.credentials());
        try (Vendor vendor = new Vendor(secrets::in); Bench bench = new Bench(CONNECTORS, connector, Types.packaged(), Suite.keys(connector, account, secrets, vendor.url(), null))) {
            String port = name.substring(name.indexOf('.') + 1);
            Recordings recordings = fixtures.port(port).orElseThrow();
            vendor.become(recordings, account.headers());
            tried.accept(new Trial(bench, connector, port, recordings, fixtures.order(recordings), vendor, new ArrayList<>()));
        }
    }
}
