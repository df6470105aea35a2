package io.orderweir.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Settings.Connection;
import io.orderweir.connector.Connector.Verb;
import io.orderweir.connector.Connectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is read back of what is written: the ports of a system that have the verb {@code totals}, and what an account says of it among its settings: {@code totals=unread} that nothing is,
 * {@code approve=after-check} that a record is approved when its total is its order's, {@code tolerance} up to which difference it gets one rounding line. And which shops are asked, at the port that
 * has the verb {@code held}, who holds the goods of an order; not those that say {@code held=unasked}.
 */
final class ReadBack {

    private static final String VERB = "totals";
    private static final String HELD = "held";
    private static final String UNASKED = "unasked";
    private static final String UNREAD = "unread";
    private static final String APPROVE = "approve";
    private static final String AFTER_CHECK = "after-check";
    private static final String TOLERANCE = "tolerance";
    /** 1,000 rows are a page of every vendor that is known to answer a query. */
    private static final int MOST = 500;

    private final Connectors connectors;

    ReadBack(Connectors connectors) {
        this.connectors = connectors;
    }

    /** Could a system be asked what its records come to? */
    boolean isPossible(String system) {
        return ports(system, VERB).findAny().isPresent();
    }

    /** How many records of a system are read back in one call. */
    int most(String system) {
        return connectors.find(system).stream().flatMap(connector -> connector.ports().values().stream()).map(port -> port == null ? null : port.get(VERB))
                .filter(verb -> verb != null && verb.most() != null).mapToInt(Verb::most).min().orElse(MOST);
    }

    /** Is anything read back of the account? */
    boolean isDone(Connection account) {
        return isPossible(account.system()) && !UNREAD.equals(account.settings().get(VERB));
    }

    /** {@code {approve, tolerance}} as {@code db/functions/total} takes it, each where the account says so; null of a port of which nothing is read back. */
    JsonNode at(Connection account, String port) {
        if (!isDone(account) || ports(account.system(), VERB).noneMatch(port::equals)) {
            return null;
        }
        ObjectNode reads = JsonNodeFactory.instance.objectNode();
        if (AFTER_CHECK.equals(account.settings().get(APPROVE))) {
            reads.put(APPROVE, true);
        }
        if (account.settings().containsKey(TOLERANCE)) {
            reads.put(TOLERANCE, account.settings().get(TOLERANCE));
        }
        return reads;
    }

    /** The port at which an account is asked who holds the goods of an order; none where it is not called, cannot say it, or is not to be asked. */
    Optional<String> asked(Connection account) {
        return account.url().isEmpty() || UNASKED.equals(account.settings().get(HELD)) ? Optional.empty() : ports(account.system(), HELD).findFirst();
    }

    /** Adds to {@code wrong} what is wrong with the settings of an account whose keys begin with {@code key}. */
    void check(String key, Connection account, List<String> wrong) {
        Map<String, String> settings = account.settings();
        if (!isPossible(account.system())) {
            return;
        }
        if (!settings.getOrDefault(TOLERANCE, "0").matches("[0-9]{1,6}([.][0-9]{1,4})?")) {
            wrong.add(key + ".settings.tolerance = " + settings.get(TOLERANCE) + " is no amount; use one such as 0.02");
        }
        if (UNREAD.equals(settings.get(VERB)) && AFTER_CHECK.equals(settings.get(APPROVE))) {
            wrong.add(key + ".settings.approve = after-check waits for what is never read, because of settings.totals = unread; take one of them out");
        }
    }

    private Stream<String> ports(String system, String verb) {
        return connectors.find(system).stream().flatMap(connector -> connector.ports().entrySet().stream())
                .filter(port -> port.getValue() != null && port.getValue().containsKey(verb)).map(Map.Entry::getKey);
    }
}
