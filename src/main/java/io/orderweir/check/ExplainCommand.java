package io.orderweir.check;

import io.orderweir.connection.Accounts;
import io.orderweir.connection.Settings;
import io.orderweir.explain.Explanation;
import io.orderweir.explain.TypedOrder;
import io.smallrye.config.SmallRyeConfig;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code explain <order>}: why each lane of an order is as it is, read from the ledger of the process; nothing is called and nothing is written. The code is 0, 1 where no order, or more than
 * one, is called so, 2 where the command is not understood or there is no ledger.
 */
final class ExplainCommand {

    private static final String NAME = "explain";

    private final PrintStream out;
    private final Map<String, String> keys;

    ExplainCommand(PrintStream out) {
        this(out, Map.of());
    }

    /** With some keys of the configuration given otherwise. */
    ExplainCommand(PrintStream out, Map<String, String> keys) {
        this.out = out;
        this.keys = keys;
    }

    int run(List<String> arguments) {
        if (arguments.size() != 1 || arguments.get(0).isBlank()) {
            return say("write " + NAME + " <order>: its number, its key, or the shop's id", Command.NOT_UNDERSTOOD);
        }
        SmallRyeConfig config = Accounts.read(keys);
        try {
            Optional<KeptTraffic> ledger = KeptTraffic.of(config);
            if (ledger.isEmpty()) {
                return say("no ledger is configured; set " + KeptTraffic.LEDGER + ", .username and .password as the process that runs has them", Command.NOT_UNDERSTOOD);
            }
            try (KeptTraffic kept = ledger.get()) {
                return explain(arguments.get(0).strip(), kept, config.getConfigMapping(Settings.class));
            }
        } catch (SQLException away) {
            return say(KeptTraffic.why(away, config), Command.NOT_UNDERSTOOD);
        }
    }

    private int explain(String typed, KeptTraffic kept, Settings settings) throws SQLException {
        List<Map<String, Object>> orders = kept.orders(typed, TypedOrder.keys(typed, settings.connections().keySet()));
        if (orders.size() != 1) {
            return say(orders.isEmpty() ? "there is no order " + typed + "; write its number, its key such as <connection>/<id>, or the shop's id"
                    : "several orders are called " + typed + "; write one of their keys: " + orders.stream().map(order -> order.get("key").toString()).collect(Collectors.joining(", ")), Command.WRONG);
        }
        Map<String, Object> order = orders.get(0);
        List<Map<String, Object>> lanes = kept.lanes((Long) order.get("id"));
        out.println((order.get("name") == null ? "" : order.get("name") + " ") + order.get("key") + (lanes.isEmpty() ? ": nothing of it is planned for a target" : ""));
        for (Map<String, Object> lane : lanes) {
            Explanation why = Explanation.of(lane);
            out.println();
            out.println(lane.get("connection") + " " + lane.get("port") + ", part " + lane.get("part"));
            out.println("  wanted: " + why.wanted());
            out.println("  there:  " + why.there());
            out.println("  next:   " + why.next());
        }
        return 0;
    }

    private int say(String sentence, int code) {
        out.println(NAME + ": " + sentence);
        return code;
    }
}
