package io.orderweir.demo;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.Set;

/** Says what became of everything, in words a Head of Operations understands. */
final class Table {
    private final StringBuilder text = new StringBuilder();

    static String of(Figures figures, Scene drained, Scene end, PlainConnector.Run plain, List<Promise> promises, Tempo tempo, int gatesOpened) {
        Table table = new Table();
        table.orders(figures, drained);
        table.goods(figures, drained, gatesOpened);
        table.erp(figures, tempo);
        table.equation(drained.equation(), end.equation());
        table.plain(figures, plain, tempo);
        table.promises(promises);
        return table.text.toString();
    }

    private void orders(Figures figures, Scene drained) {
        Set<String> beforeSent = new TreeSet<>(drained.superseded());
        beforeSent.removeAll(drained.atErp());
        long sum = figures.deliveredErp() + beforeSent.size() + figures.held() + figures.lost();
        title("What became of the orders");
        row("taken from the shop and acknowledged", figures.captured());
        row("  booked at the ERP", figures.deliveredErp());
        row("  cancelled by the buyer before anything was sent", beforeSent.size());
        row("  in the Error Hold bin, waiting for a person", figures.held());
        row("  lost", figures.lost());
        row("  together" + (sum == figures.captured() ? "" : ", which is NOT what was taken"), sum);
        row("corrected, released, booked and at the warehouse since", figures.releasedDelivered());
        row("webhooks the shop sent twice (each counted once)", figures.duplicatesSeen());
        row("doubled records, lines or units at a target", figures.duplicatesMade());
    }

    private void goods(Figures figures, Scene drained, int gatesOpened) {
        title("What became of the goods");
        row("requests at the warehouse", figures.requestedWms());
        row("  for held or cancelled orders", drained.shippedAgainstAStop());
        row("build-to-order lines waiting at their gate", figures.gated());
        row("  at the warehouse although their gate was closed", drained.builtToOrderLinesAtWms().size());
        row("gates opened by command afterwards, line requested", gatesOpened);
    }

    private void erp(Figures figures, Tempo tempo) {
        String window = tempo.isRealTime() ? "a minute" : String.format(Locale.ROOT, "%.0f s (the minute, shortened)", tempo.window().toMillis() / 1e3);
        title("How the ERP was treated: " + figures.erpLimit() + " calls in " + window + " allowed, " + Cast.ERP_CALLS + " configured");
        row("most calls in any such window", figures.erpMaxCallsInAnyWindow());
        row("calls refused for a limit", figures.erpRejected());
        line("share of the allowance used while orders waited", String.format(Locale.ROOT, "%.1f %%", figures.erpAllowanceUsed() * 100));
        line("from the first webhook to an empty backlog", String.format(Locale.ROOT, "%.0f s, outage included", figures.seconds()));
    }

    private void equation(Ledger.Equation drained, Ledger.Equation end) {
        title("The books balance");
        text.append(String.format(Locale.ROOT, "  %,d events taken in = %,d messages + %,d repeats%n", drained.intake(), drained.messages(), drained.repeats()));
        text.append(String.format(Locale.ROOT, "  %,d deliveries planned = %,d rows in the ledger%n", end.planned(), end.deliveries()));
        row("difference", drained.difference() + end.difference());
    }

    private void plain(Figures figures, PlainConnector.Run plain, Tempo tempo) {
        title("Beside it: the same traffic one by one through a plain connector, same ERP, no outage");
        text.append(String.format(Locale.ROOT, "  measured: %d orders in %.1f s; scaled from that: %,d orders take %.0f s%s%n", plain.measured(),
                plain.measuredSeconds(), plain.place() - 1, plain.secondsToTheStop(), tempo.isRealTime() ? "" : " (in the shortened minute)"));
        text.append(String.format(Locale.ROOT, "  then %s is refused: %s%n", plain.stoppedAt(), plain.answer()));
        text.append(String.format(Locale.ROOT, "  everything behind it waits: %,d orders stand still until somebody corrects one address. Orderweir held back %d.%n",
                plain.waiting(), figures.held()));
    }

    private void promises(List<Promise> promises) {
        title("Promises");
        promises.forEach(promise -> text.append(String.format(Locale.ROOT, "  %-7s %-68s expected %-13s seen %s%n", promise.kept() ? "kept" : "BROKEN",
                promise.name(), promise.expected(), promise.seen() instanceof Double share ? String.format(Locale.ROOT, "%.4f", share) : promise.seen())));
    }

    private void title(String title) {
        text.append(String.format("%n%s%n", title));
    }

    private void row(String words, long number) {
        line(words, String.format(Locale.ROOT, "%,d", number));
    }

    private void line(String words, String value) {
        text.append(String.format("  %-60s %10s%n", words, value));
    }
}
