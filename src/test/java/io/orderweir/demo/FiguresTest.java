package io.orderweir.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The demo's arithmetic: every promise is kept on a good day, and each kind of fault breaks its own. */
class FiguresTest {
    private static final Ledger.Equation BALANCED = new Ledger.Equation(12, 10, 2, 20, 20, 0);
    private static final int ORDERS = 4;

    /** Four orders: one plain, one with a built-to-order line, one cancelled before it was sent, one held. */
    private final Day drained = new Day().order("s-1").order("s-2", "21").order("s-3").order("s-4").atErp("s-1", "s-2").atWms("s-1", "11").atWms("s-2", "20");
    private final Day end = new Day().order("s-1").order("s-2", "21").order("s-3").order("s-4").atErp("s-1", "s-2", "s-4")
            .atWms("s-1", "11").atWms("s-2", "20").atWms("s-4", "41").atWms("s-2-21", "21");
    private Set<String> superseded = Set.of("s-3");
    private Ledger.Equation equation = BALANCED;

    @Test
    void aGoodDayKeepsEveryPromise() {
        assertEquals(List.of(), broken());
        Figures figures = figures();
        assertEquals(List.of(4L, 2L, 2L, 1L, 1L, 1L, 0L), List.of(figures.captured(), figures.deliveredErp(), figures.requestedWms(),
                figures.gated(), figures.held(), figures.releasedDelivered(), figures.lost()));
    }

    @Test
    void theReportHasTheNamesThatWereAgreed() {
        List<String> names = new ArrayList<>();
        Http.JSON.valueToTree(figures()).fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("captured", "deliveredErp", "requestedWms", "gated", "held", "releasedDelivered", "duplicatesSeen", "duplicatesMade",
                "erpLimit", "erpWindowMs", "erpMaxCallsInAnyWindow", "erpRejected", "erpAllowanceUsed", "lost", "seconds"), names);
    }

    @Test
    void anOrderNowhereToBeFoundIsLost() {
        superseded = Set.of();
        assertEquals(1, figures().lost());
        assertTrue(broken().contains("orders acknowledged and lost"));
    }

    @Test
    void anOrderThatVanishesAfterwardsIsLostToo() {
        end.report.withObject("/netsuite").withArray("records").remove(0);
        assertEquals(1, figures().lost());
    }

    @Test
    void everyKindOfDoubleCounts() {
        end.report.withObject("/netsuite").put("secondRecords", 1).put("linesBeyond", 2);
        end.report.withObject("/wms").put("unitsBeyond", 4);
        assertEquals(7, figures().duplicatesMade());
        assertTrue(broken().contains("second records, lines or units made"));
    }

    @Test
    void aRepeatIsCountedOnlyWhenItWasAcknowledged() {
        ArrayNode history = end.report.withObject("/shopify").withArray("list").get(0).withArray("history");
        history.addObject().put("sent", 3).put("answered2xx", 3);
        history.addObject().put("sent", 2).put("answered2xx", 1);
        assertEquals(2, figures().duplicatesSeen());
    }

    @Test
    void oneCallOverTheLimitBreaksTheDay() {
        end.report.withObject("/netsuite").put("mostInAnyWindowWithOutage", 100);
        assertTrue(broken().contains("most ERP calls in any window, wherever it starts"));
    }

    @Test
    void eitherLimitsRefusalCounts() {
        end.report.withObject("/netsuite").withObject("refused").put("limitWindow", 1).put("limitConcurrency", 2).put("validation", 5);
        assertEquals(3, figures().erpRejected());
    }

    @Test
    void anAllowanceLeftUnusedBreaksTheDay() {
        drained.report.withObject("/netsuite").put("allowanceUsed", 0.9699);
        assertEquals(List.of("share of the ERP's allowance used while orders waited"), broken());
    }

    @Test
    void goodsOfAHeldOrderMustNotMove() {
        drained.atWms("s-4-42", "42");
        assertEquals(List.of("warehouse requests for held or cancelled orders"), broken());
    }

    @Test
    void aLineBeforeItsGateBreaksTheDay() {
        drained.atWms("s-2-21", "21");
        assertEquals(List.of("build-to-order lines at the warehouse before their gate"), broken());
    }

    @Test
    void aDocumentOfAnotherTotalBreaksTheDay() {
        end.report.withObject("/netsuite").put("otherTotals", 1);
        assertEquals(List.of("documents at the ERP with another total than their order"), broken());
    }

    @Test
    void booksThatDoNotBalanceBreakTheDay() {
        equation = new Ledger.Equation(13, 10, 2, 20, 20, 1);
        assertEquals(List.of("difference in the equation of the ledger"), broken());
    }

    private Figures figures() {
        return Figures.of(drained(), end(), 100, 90);
    }

    private List<String> broken() {
        return figures().promises(drained(), end(), ORDERS, 1).stream().filter(promise -> !promise.kept()).map(Promise::name).toList();
    }

    private Scene drained() {
        return new Scene(drained.report, Set.of("s-4"), superseded, 1, equation);
    }

    private Scene end() {
        return new Scene(end.report, Set.of(), superseded, 0, BALANCED);
    }

    /** A sandbox's report, written by hand. */
    private static final class Day {
        private final ObjectNode report = Http.JSON.createObjectNode();

        private Day() {
            report.putObject("netsuite").put("windowMs", 3_000).put("mostInAnyWindowWithOutage", 99).put("allowanceUsed", 0.98).put("distinct", 0).put("otherTotals", 0);
            report.putObject("wms").put("distinct", 0);
            report.putObject("shopify").put("answered2xx", 0);
        }

        private Day order(String key, String... builtToOrderLines) {
            ObjectNode shop = report.withObject("/shopify");
            ObjectNode order = shop.withArray("list").addObject().put("key", key).put("answered2xx", true);
            List.of(builtToOrderLines).forEach(order.withArray("btoLines")::add);
            shop.put("answered2xx", shop.path("list").size());
            return this;
        }

        private Day atErp(String... externalIds) {
            ObjectNode erp = report.withObject("/netsuite");
            for (String externalId : externalIds) {
                erp.withArray("records").addObject().put("externalId", externalId);
            }
            erp.put("distinct", erp.path("records").size());
            return this;
        }

        private Day atWms(String reference, String line) {
            ObjectNode wms = report.withObject("/wms");
            wms.withArray("records").addObject().put("reference", reference).withArray("lines").addObject().put("lineId", line);
            wms.put("distinct", wms.path("records").size());
            return this;
        }
    }
}
