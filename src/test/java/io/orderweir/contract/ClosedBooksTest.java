package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Said;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order of a day whose books are closed is no order that is wrong. */
class ClosedBooksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({"CLOSED_TRAN_PRD, -", "CLOSED_TRAN_PRD, tranDate", "USER_ERROR, tranDate", "INVALID_CONTENT, postingPeriod"})
    void allOfThemAreHeldForOneCauseAndNoField(String code, String path) throws Exception {
        OnTrial.at("netsuite", "order", Map.of(), trial -> {
            trial.vendor().refuse((name, call) -> closed(code, path));
            for (String day : new String[] {"2026-10-30", "2026-09-02"}) {
                // When
                Lane lane = trial.lane().wants(trial.orderWith("placedOn", day), false);
                // Then
                assertEquals(State.HELD, lane.run());
                assertEquals("period-closed", lane.last().text("reason"));
                assertNull(lane.last().text("field"));
                assertTrue(lane.last().text("sentence").startsWith("Order #1201: the books of netsuite are closed for its day"), lane.last().words());
            }
        });
    }

    @Test
    void aCancelOfWhatStandsInClosedBooksIsHeldForTheSameCause() throws Exception {
        OnTrial.at("netsuite", "order", Map.of("closed-period", "next-open-day"), trial -> {
            Lane lane = trial.created();
            trial.vendor().refuse((name, call) -> call.does().changesSomething() ? closed("CLOSED_TRAN_PRD", "tranDate") : null);
            assertEquals(State.HELD, lane.wants(trial.order(), true).run());
            assertEquals("period-closed", lane.last().text("reason"));
        });
    }

    @Test
    void theNextOpenDayIsAskedForAndTheOrderKeepsItsOwnInTheMemo() throws Exception {
        OnTrial.at("netsuite", "order", Map.of("closed-period", "next-open-day", "customers", "by-email"), trial -> {
            // Given NetSuite that takes the third day it is told of: look, make, order, look for the day, order
            trial.vendor().refuse((name, call) -> name.equals("upsert") && trial.vendor().heard().size() < 3 ? closed("CLOSED_TRAN_PRD", "tranDate") : null);
            Lane lane = trial.lane().wants(trial.orderWith("placedOn", "2026-10-30"), false);
            // When
            trial.is(lane, lane.run(), State.DELIVERED);
            // Then
            assertEquals(5, trial.vendor().heard().size());
            assertTrue(sent(trial, 3).path("q").asText().contains("startdate > TO_DATE('2026-10-30', 'YYYY-MM-DD')"));
            assertEquals("2026-12-01", sent(trial, 4).path("tranDate").asText());
            assertEquals("Ordered on 2026-10-30; Please ring twice", sent(trial, 4).path("memo").asText());
            assertEquals(sent(trial, 2).path("entity"), sent(trial, 4).path("entity"), "it is still its buyer's");
            trial.isThereOnce(lane.reference());
        });
    }

    @Test
    void whereThatIsClosedTooOrNoneIsOpenAPersonIsAsked() throws Exception {
        OnTrial.at("netsuite", "order", Map.of("closed-period", "next-open-day"), trial -> {
            trial.vendor().refuse((name, call) -> name.equals("upsert") ? closed("CLOSED_TRAN_PRD", "tranDate") : null);
            Lane lane = trial.lane().wants(trial.order(), false);
            assertEquals(State.HELD, lane.run());
            assertEquals("period-closed", lane.last().text("reason"));
            assertEquals(3, trial.vendor().heard().size());
            // and what is released begins anew
            trial.vendor().calm();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            // and where its books say no day
            trial.vendor().refuse((name, call) -> name.equals("upsert") ? closed("CLOSED_TRAN_PRD", "tranDate") : new Said(200, Map.of(), JSON.createObjectNode().set("items", JSON.createArrayNode()), null, null, null));
            Lane other = trial.lane().wants(trial.order(), false);
            assertEquals(State.HELD, other.run());
            assertEquals("period-closed", other.last().text("reason"));
            assertTrue(other.last().told().path("found").isNull() || other.last().told().path("found").isMissingNode(), "what is released begins with its own day");
        });
    }

    private static Said closed(String code, String path) {
        ObjectNode body = JSON.createObjectNode().put("title", "Bad Request").put("status", 400);
        ObjectNode detail = body.putArray("o:errorDetails").addObject().put("detail", "The accounting period is closed.").put("o:errorCode", code);
        if (!path.equals("-")) {
            detail.put("o:errorPath", path);
        }
        return new Said(400, Map.of(), body, null, null, null);
    }

    private static JsonNode sent(Trial trial, int call) throws Exception {
        return JSON.readTree(trial.vendor().heard().get(call).body());
    }
}
