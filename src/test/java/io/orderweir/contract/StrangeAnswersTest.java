package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.PaperLedger.Ended;
import io.orderweir.contract.Recordings.Said;
import io.orderweir.contract.Vendor.Mood;
import io.orderweir.type.Types;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Answers as targets really give them, to every port of a packaged connector: pages for people, one call that is not let in, a refusal of what is there already. */
class StrangeAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Said MAINTENANCE = page(200, "We are down for scheduled maintenance");
    private static final Said NOBODY_HERE = page(404, "No account here");
    private static final List<String> VERBS = List.of("create", "update", "cancel");

    @TempDir
    Path directory;

    private interface Tried {
        void with(Trial trial);
    }

    @TestFactory
    Stream<DynamicTest> aWebPageOfStatus200IsNoYes() {
        return ports(trial -> {
            for (String verb : VERBS) {
                // Given what a change of it is answered with a page
                Lane lane = begun(trial, verb);
                trial.vendor().refuse((name, call) -> call.does().changesSomething() ? MAINTENANCE : null);
                long before = trial.changes();
                // When
                for (int i = 0; i < 20 && trial.changes() == before; i++) {
                    lane.step();
                }
                // Then
                if (trial.changes() > before) {
                    assertEquals("unsure", lane.last().outcome(), verb + ": " + lane.last().words());
                    assertTrue(lane.last().text("reason").contains("web page (status 200)"), lane.last().words());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aWebPageSaysNeitherThatItIsThereNorThatItIsNot() {
        return ports(trial -> {
            Lane lane = trial.created();
            for (Said page : List.of(MAINTENANCE, NOBODY_HERE)) {
                trial.vendor().refuse((name, call) -> page);
                String outcome = lane.look().outcome();
                assertEquals(page == MAINTENANCE ? "unsure" : "pause", outcome);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aWebPageOfStatus404PausesTheAccountAndHoldsNobody() {
        return ports(trial -> {
            trial.vendor().refuse((name, call) -> NOBODY_HERE);
            assertEquals(State.PAUSED, trial.lane().wants(trial.order(), false).run());
        });
    }

    @TestFactory
    Stream<DynamicTest> aRedirectToALoginPausesTheAccountAndHoldsNobody() {
        return ports(trial -> {
            trial.vendor().refuse((name, call) -> new Said(302, Map.of("Location", "http://127.0.0.1:9/login"), null, null, null, null));
            assertEquals(State.PAUSED, trial.lane().wants(trial.order(), false).run());
        });
    }

    @TestFactory
    Stream<DynamicTest> oneCallThatIsNotLetInIsMadeAgain() {
        return ports(trial -> {
            for (int status : new int[] {401, 403}) {
                trial.vendor().anew();
                boolean[] refused = {false};
                trial.vendor().refuse((name, call) -> !call.does().changesSomething() || refused[0] ? null : refused(refused, status));
                // When
                Lane lane = trial.lane().wants(trial.order(), false);
                trial.is(lane, lane.run(), State.DELIVERED);
                // Then
                assertTrue(refused[0], "nothing was refused");
                assertTrue(lane.ended().stream().noneMatch(end -> end.outcome().equals("pause")), "the account was stopped");
                trial.isThereOnce(lane.reference());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> oneRecordThatWeAreNotLetIntoIsHeldAndTheOthersGoOn() {
        return ports(trial -> {
            trial.vendor().refuse((name, call) -> call.does().changesSomething() ? said(403, "{\"o:errorDetails\":[{\"detail\":\"You need a higher permission.\",\"o:errorCode\":\"INSUFFICIENT_PERMISSION\"}]}") : null);
            // When
            Lane lane = trial.lane().wants(trial.order(), false);
            // Then
            assertEquals(State.HELD, lane.run(), () -> lane.last().words());
            assertTrue(lane.last().text("sentence").contains(trial.order().path("name").asText()), lane.last().words());
            trial.vendor().calm();
            trial.created();
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsRefusedAfterItsAnswerWasLostIsLookedFor() {
        return ports(trial -> {
            // Given it was taken, and nobody heard so
            trial.lose(1, Mood.LOSE_ANSWER);
            Lane lane = trial.lane().wants(trial.order(), false);
            while (trial.vendor().heard().stream().noneMatch(Vendor.Heard::lost)) {
                lane.step();
            }
            if (trial.vendor().records(lane.reference()).stream().noneMatch(record -> record.kind.equals(trial.kind()))) {
                // it has several calls, and this was not the one that makes it
                return;
            }
            // When a second one is refused because it is there
            trial.vendor().calm();
            trial.vendor().refuse((name, call) -> Set.of(Recordings.Does.MAKES, Recordings.Does.PUTS).contains(call.does()) ? said(400, "{\"title\":\"Error\",\"o:errorDetails\":[{\"detail\":\"This record already exists.\",\"o:errorCode\":\"USER_ERROR\"}]}") : null);
            State state = lane.run();
            // Then
            assertTrue(state == State.CONFIRMED || state == State.DELIVERED, () -> state + ": " + lane.last().words());
            trial.isThereOnce(lane.reference());
        });
    }

    @Test
    void anAccountThatIsNotLetInAtAllIsPausedWhateverItAsksFirst() throws Exception {
        // Given a vendor that is asked for its countries before anything is sent to it
        Path rpc = Path.of("src/test/resources/contract/rpc");
        try (Stream<Path> files = Files.walk(rpc)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve("rpc").resolve(rpc.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path routes = directory.resolve("rpc/routes.camel.yaml");
        Files.writeString(routes, Files.readString(routes).replaceFirst("(?m)^# end$", "- route: { id: rpc.test, group: rpc, from: { uri: direct:rpc.test, steps: [ { to: direct:rpc.countries.fetch } ] } }\n# end"));
        at(Connectors.in(directory.toString()), "rpc", trial -> {
            trial.vendor().refuse((name, call) -> said(403, "{\"error\":\"forbidden\"}"));
            // When
            Lane lane = trial.lane().wants(trial.order(), false);
            // Then
            assertEquals(State.PAUSED, lane.run(), () -> lane.last().words());
            assertTrue(lane.ended().size() < 5, () -> lane.ended().size() + " calls");
        });
    }

    @Test
    void aLimitIsKnownByItsCodeInEachOfItsWordsAndNeverByATextThatRepeatsTheOrder() throws Exception {
        at("netsuite", trial -> {
            for (String each : List.of("400 SSS_REQUEST_LIMIT_EXCEEDED", "400 CONCURRENCY_LIMIT_EXCEEDED", "500 WS_REQUEST_BLOCKED", "400 REQUEST_LIMIT_EXCEEDED", "403 EXCEEDED_CONCURRENT_REQUEST_LIMIT")) {
                trial.vendor().refuse((name, call) -> complaint(Integer.parseInt(each.split(" ")[0]), "Request blocked.", each.split(" ")[1], null));
                Ended end = trial.lane().wants(trial.order(), false).step();
                assertEquals("later too-fast", end.outcome() + " " + end.because(), each);
            }
            // and a buyer who lives in a town of that name
            trial.vendor().refuse((name, call) -> complaint(400, "Provide a valid value instead of 'SSS_REQUEST_LIMIT_EXCEEDED'.", "INVALID_CONTENT", "shippingAddress.city"));
            Ended end = trial.lane().wants(trial.order(), false).step();
            assertEquals("hold shippingAddress.city", end.outcome() + " " + end.text("field"));
        });
    }

    @Test
    void aRecordThatWasThereAndIsNotIsNoCancelThatIsDone() throws Exception {
        at("netsuite", trial -> {
            // money that came is not taken back by anybody but a person
            if (trial.port().equals("deposit")) {
                return;
            }
            Lane lane = trial.created();
            Said gone = complaint(404, "The record instance does not exist.", "NONEXISTENT_ID", null);
            trial.vendor().refuse((name, call) -> gone);
            // When
            State state = lane.wants(trial.order(), true).run();
            // Then
            assertEquals(State.HELD, state);
            assertTrue(lane.last().text("sentence").contains("does not know its record " + lane.remoteId() + " any more"), lane.last().words());
            // and what was never booked has nothing to close
            assertTrue(List.of(State.DELIVERED, State.SUPERSEDED).contains(trial.lane().wants(trial.order(), true).run()));
        });
    }

    @Test
    void anOrderThatIsTakenInPartIsHeldWithTheLinesThatAreNot() throws Exception {
        at("wms", trial -> {
            JsonNode lines = trial.order().path("lineItems");
            String all = "{\"id\":\"F-207\",\"lines\":[{\"lineId\":\"%s\",\"status\":201},{\"lineId\":\"%s\",\"status\":%s,\"error\":\"%s\"}]}";
            String first = lines.get(0).path("id").asText();
            String second = lines.get(1).path("id").asText();
            trial.vendor().refuse((name, call) -> call.does().changesSomething() ? said(207, all.formatted(first, second, "422", "OUT_OF_RANGE")) : null);
            // When
            Lane lane = trial.lane().wants(trial.order(), false);
            // Then
            assertEquals(State.HELD, lane.run());
            assertTrue(lane.last().text("sentence").contains("took only a part of it, and not '" + lines.get(1).path("name").asText() + "' ('OUT_OF_RANGE')"), lane.last().words());
            assertEquals("F-207", lane.remoteId(), "what is released is a change of what is there");
            // and one of which all is taken is taken
            trial.vendor().refuse((name, call) -> call.does().changesSomething() ? said(207, all.formatted(first, second, "201", "")) : null);
            assertEquals(State.DELIVERED, trial.lane().wants(trial.order(), false).run());
            // and of one that says nothing of lines nobody knows
            trial.vendor().refuse((name, call) -> call.does().changesSomething() ? said(207, "{\"id\":\"F-208\"}") : null);
            assertEquals("unsure", trial.lane().wants(trial.order(), false).step().outcome());
        });
    }

    @Test
    void anAnswerThatSaysNoIdIsLookedUp() throws Exception {
        at("wms", trial -> {
            boolean[] silent = {false};
            Lane lane = trial.lane().wants(trial.order(), false);
            trial.lose(1, Mood.DO_IT_LATER);
            trial.vendor().refuse((name, call) -> !call.does().changesSomething() || silent[0] ? null : refused(silent, 202));
            assertEquals("unsure", lane.step().outcome());
            assertFalse(trial.vendor().records().size() > 1);
            trial.is(lane, lane.run(), State.DELIVERED);
            trial.isThereOnce(lane.reference());
        });
    }

    /** What is made first is there, and its change or cancel is about to be. */
    private static Lane begun(Trial trial, String verb) {
        trial.vendor().anew();
        return verb.equals("create") ? trial.lane().wants(trial.order(), false) : trial.created().wants(trial.order(), verb.equals("cancel"));
    }

    private static Said refused(boolean[] told, int status) {
        told[0] = true;
        return new Said(status, Map.of(), null, null, null, null);
    }

    private static Said complaint(int status, String detail, String code, String path) {
        return said(status, "{\"title\":\"Error\",\"status\":" + status + ",\"o:errorDetails\":[{\"detail\":\"" + detail + "\",\"o:errorCode\":\"" + code + "\"" + (path == null ? "" : ",\"o:errorPath\":\"" + path + "\"") + "}]}");
    }

    private static Said said(int status, String json) {
        try {
            return new Said(status, Map.of(), JSON.readTree(json), null, null, null);
        } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
            throw new IllegalArgumentException(json, wrong);
        }
    }

    private static Said page(int status, String words) {
        return new Said(status, Map.of("Content-Type", "text/html"), TextNode.valueOf("<!DOCTYPE html><html><head><title>Target</title></head><body>" + words + "</body></html>"), null, null, null);
    }

    /** Every port to which orders, or what becomes of them, are sent. */
    private static Stream<DynamicTest> ports(Tried tried) {
        Connectors packaged = Connectors.in(null);
        return packaged.systems().stream().map(system -> packaged.find(system).orElseThrow()).filter(Connector::delivers).map(connector -> dynamicTest(connector.system(), () -> at(connector.system(), tried)));
    }

    private static void at(String system, Tried tried) throws Exception {
        at(Connectors.in(null), system, tried);
    }

    private static void at(Connectors connectors, String system, Tried tried) throws Exception {
        Connector connector = connectors.find(system).orElseThrow();
        Fixtures fixtures = new Fixtures(connectors, connector);
        Secrets secrets = new Secrets(connector, fixtures.account().credentials());
        try (Vendor vendor = new Vendor(secrets::in); Bench bench = new Bench(connectors, connector, Types.packaged(), Suite.keys(connector, fixtures.account(), secrets, vendor.url(), null))) {
            List<Ended> ended = new ArrayList<>();
            for (String port : connector.ports().keySet().stream().sorted().toList()) {
                Recordings recordings = fixtures.port(port).orElseThrow();
                vendor.become(recordings, fixtures.account().headers());
                tried.with(new Trial(bench, connector, port, recordings, fixtures.order(recordings), vendor, ended));
            }
        }
    }
}
