package io.orderweir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The demo's figures, under the names they have in report.json; from the sandbox's end wherever both ends could say. */
record Figures(long captured, long deliveredErp, long requestedWms, long gated, long held, long releasedDelivered, long duplicatesSeen,
        long duplicatesMade, long erpLimit, long erpWindowMs, long erpMaxCallsInAnyWindow, long erpRejected, double erpAllowanceUsed,
        long lost, double seconds) {

    /**
     * Drained: the backlog is gone and nobody has touched the Error Hold bin. End: the held order was corrected and two gates were opened.
     * The share of the allowance is drained's, because afterwards no work waits that could use it.
     */
    static Figures of(Scene drained, Scene end, int erpLimit, double seconds) {
        JsonNode erp = end.report().path("netsuite");
        Set<String> lost = new TreeSet<>(drained.lost());
        lost.addAll(end.lost());
        return new Figures(
                drained.report().path("shopify").path("answered2xx").asLong(),
                drained.report().path("netsuite").path("distinct").asLong(),
                drained.report().path("wms").path("distinct").asLong(),
                drained.gatedLines(),
                drained.held().size(),
                released(drained, end),
                end.repeatsAcknowledged(),
                end.duplicates(),
                erpLimit,
                erp.path("windowMs").asLong(),
                // also those that found the line dead during the outage
                erp.path("mostInAnyWindowWithOutage").asLong(),
                erp.path("refused").path("limitWindow").asLong() + erp.path("refused").path("limitConcurrency").asLong(),
                drained.report().path("netsuite").path("allowanceUsed").asDouble(),
                lost.size(),
                seconds);
    }

    /** Orders held when the backlog was gone that are at the ERP and at the warehouse now. */
    private static long released(Scene drained, Scene end) {
        Set<String> released = new HashSet<>(drained.held());
        released.removeAll(end.held());
        released.retainAll(end.atErp());
        released.retainAll(end.atWms());
        return released.size();
    }

    List<Promise> promises(Scene drained, Scene end, int orders, int gatesOpened) {
        return List.of(
                Promise.exactly("every order of the shop was taken", orders, captured),
                Promise.exactly("orders acknowledged and lost", 0, lost),
                Promise.exactly("second records, lines or units made", 0, duplicatesMade),
                Promise.exactly("lines or units missing at the ERP", 0, end.missing()),
                Promise.exactly("documents at the ERP with another total than their order", 0, end.otherTotals()),
                Promise.atMost("most ERP calls in any window, wherever it starts", Cast.ERP_CALLS, erpMaxCallsInAnyWindow),
                Promise.exactly("calls the ERP refused for a limit", 0, erpRejected),
                Promise.atLeast("share of the ERP's allowance used while orders waited", 0.97, erpAllowanceUsed),
                Promise.exactly("orders that wait for a person", 1, held),
                Promise.exactly("of these corrected, released and delivered", 1, releasedDelivered),
                Promise.exactly("warehouse requests for held or cancelled orders", 0, drained.shippedAgainstAStop() + end.shippedAgainstAStop()),
                Promise.exactly("build-to-order lines at the warehouse before their gate", 0, drained.builtToOrderLinesAtWms().size()),
                Promise.exactly("build-to-order lines at the warehouse after their gate was opened", gatesOpened, end.builtToOrderLinesAtWms().size()),
                Promise.exactly("difference in the equation of the ledger", 0, drained.equation().difference() + end.equation().difference()));
    }
}
