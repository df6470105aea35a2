package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Vendor.Mood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is sent decides whether it is sent again, at every packaged port that has updates: nobody lists the fields that a mapping reads. */
class NothingNewTest {

    private static final Connectors CONNECTORS = Connectors.in(null);
    /** Their request is made behind a look, which says what is there now. */
    private static final Set<String> LOOKS_FIRST = Set.of("shopify.hold", "business-central.order", "business-central.deposit", "netsuite.deposit");
    /** And one that says a day, and no word of the order. */
    private static final Set<String> SAYS_LESS = Stream.concat(LOOKS_FIRST.stream(), Stream.of("shopify.expected-date")).collect(Collectors.toSet());

    @TestFactory
    Stream<DynamicTest> anEditOfWhatNoMappingReadsMakesNoCall() {
        return ports(LOOKS_FIRST, trial -> {
            // Given what the vendor took, as a create and as an update
            Lane lane = trial.created();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            int before = trial.vendor().heard().size();
            String record = lane.remoteId();
            // When tags, times and a field that nobody knows change
            trial.is(lane, lane.edited(trial.orderWith("updatedAt", "2026-12-24T00:00:00Z"), false).run(), State.DELIVERED);
            ObjectNode more = (ObjectNode) trial.orderWith("aFieldThatNobodyKnows", "x");
            more.putArray("tags").add("vip");
            trial.is(lane, lane.edited(more, false).run(), State.DELIVERED);
            // Then nothing is sent, and the record is known as before
            assertEquals(before, trial.vendor().heard().size());
            assertTrue(lane.last().text("reason").contains("does not have already"));
            assertEquals(record, lane.remoteId());
        });
    }

    @TestFactory
    Stream<DynamicTest> anEditOfWhatIsSentMakesOne() {
        return ports(SAYS_LESS, trial -> {
            // Given
            Lane lane = trial.created();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            long before = trial.changes();
            // When
            trial.is(lane, lane.edited(changed(trial), false).run(), State.DELIVERED);
            // Then
            assertEquals(before + 1, trial.changes());
        });
    }

    @TestFactory
    Stream<DynamicTest> whatMayBeLostIsSentAgain() {
        return ports(SAYS_LESS, trial -> {
            // Given a change whose answer is lost
            Lane lane = trial.created();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            trial.lose(1, Mood.LOSE_ANSWER);
            assertEquals("unsure", lane.edited(changed(trial), false).step().outcome());
            // When what the vendor had before is wanted again
            long before = trial.changes();
            State back = lane.edited(trial.order(), false).run();
            // Then it is sent
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
                State edited = lane.edited(trial.orderWith("updatedAt", "2026-12-24T00:00:00Z"), false).run();
                // Then
                assertEquals(State.DELIVERED, edited, port);
                assertEquals(before, trial.vendor().heard().size(), port);
            });
        }
    }

    @Test
    void whoeverLooksFirstLooksAgain() throws Exception {
        for (String port : LOOKS_FIRST) {
            at(port, trial -> {
                // Given a hold that somebody may release in the store, a record that is compared
                Lane lane = trial.created();
                int before = trial.vendor().heard().size();
                // When
                trial.is(lane, lane.edited(trial.order(), false).run(), State.DELIVERED);
                // Then
                assertTrue(trial.vendor().heard().size() > before, port);
            });
        }
    }

    private static JsonNode changed(Trial trial) {
        ObjectNode changed = (ObjectNode) trial.orderWith("name", "#1201b");
        ((ObjectNode) changed.path("lineItems").path(0)).put("quantity", changed.path("lineItems").path(0).path("quantity").asInt() + 1).put("sku", "OTHER").put("toShip", 7);
        return changed;
    }

    private static Stream<DynamicTest> ports(Set<String> but, Consumer<Trial> tried) {
        List<DynamicTest> tests = new ArrayList<>();
        CONNECTORS.all().forEach(connector -> connector.ports().keySet().stream().filter(port -> connector.ports().get(port).containsKey("update"))
                .map(port -> connector.system() + "." + port).filter(name -> !but.contains(name)).sorted().forEach(name -> tests.add(DynamicTest.dynamicTest(name, () -> at(name, tried)))));
        assertTrue(tests.size() >= 4, tests.toString());
        return tests.stream();
    }

    /** One port with the vendor of its recordings. */
    private static void at(String name, Consumer<Trial> tried) throws Exception {
        int dot = name.indexOf('.');
        OnTrial.at(name.substring(0, dot), name.substring(dot + 1), Map.of(), tried::accept);
    }
}
