package io.orderweir.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.LedgerAway;
import io.orderweir.ledger.Sql;
import io.orderweir.privacy.Scrubber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.camel.Exchange;

/** Ends a call with everything it changed, together with those of other workers that end now. Each keeps its own end time. */
@ApplicationScoped
@Named("callEnd")
@RegisterForReflection
public class CallEnd {

    private static final String END = Sql.of("call/end.sql");
    private static final int MOST = 20;
    /** What a statement takes from the variables of the same name. */
    private static final List<String> TOLD = List.of("call", "outcome", "failure", "status", "remoteId", "final", "wait", "closedFor", "available", "othersAnswered", "patience",
            "longestWait", "breaks", "settles", "grace", "verb", "step", "took", "revision", "reads", "sentDocument");
    /** What only an outcome with a reason has; a connector may have set it for another one before. */
    private static final List<String> REASONS = List.of("reason", "sentence", "field");
    private static final List<String> WITH_REASON = List.of("onward", "later", "unsure", "pause", "hold");
    private static final int LONGEST_REASON = 4_000;
    /** So many bytes of an answer are kept. */
    private static final int KEPT = 64 << 10;
    private static final String CUT = " [...]";

    private final GroupCommit<Ended, String> ends = new GroupCommit<>(MOST, this::end);

    @Inject
    Instance<DataSource> ledger;

    @Inject
    ObjectMapper json;

    @Inject
    Scrubber scrubber;

    /**
     * In: the variables that db/functions/call/R__calls_end.sql names, request and answer. Out: variable sentence, what a person should be told, or null;
     * variable reason, without secrets. Of an answer so much is kept as a person reads, and none of our secrets.
     * Throws {@link LedgerAway}: nothing has changed, and it may be tried again.
     */
    public void write(Exchange exchange) {
        try {
            exchange.setVariable("sentence", ends.write(ended(exchange)));
        } catch (SQLException away) {
            throw new LedgerAway("what became of call " + exchange.getVariable("call") + " is not written down: " + away.getMessage(), away);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("variable found of call " + exchange.getVariable("call") + " is not JSON: " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    private Ended ended(Exchange exchange) throws JsonProcessingException {
        ObjectNode end = json.createObjectNode();
        String outcome = Outcome.of(exchange);
        exchange.setVariable("reason", shown(exchange.getVariable("reason", String.class)));
        exchange.setVariable("sentence", shown(exchange.getVariable("sentence", String.class)));
        TOLD.forEach(name -> end.putPOJO(name, storable(exchange.getVariable(name))));
        end.put("outcome", outcome);
        if (WITH_REASON.contains(outcome) || NothingNew.ended(exchange)) {
            REASONS.forEach(name -> end.putPOJO(name, storable(exchange.getVariable(name))));
        }
        if (outcome.equals("later")) {
            end.put("because", Outcome.because(exchange));
        }
        String found = exchange.getVariable("found", String.class);
        end.set("found", Aside.keep(exchange, outcome, found == null ? null : json.readTree(found)));
        return new Ended(exchange.getVariable("call", Long.class), end, exchange.getVariable("request", String.class), kept(exchange.getVariable("answer", String.class)));
    }

    /** What a target said may stand in it. */
    private String shown(String text) {
        return text == null ? null : scrubber.beginning(text, LONGEST_REASON);
    }

    private String kept(String answer) {
        if (answer == null) {
            return null;
        }
        int length = fitting(answer);
        return scrubber.beginning(answer, length) + (length < answer.length() ? CUT : "");
    }

    /** How many characters of a text its first bytes, in UTF-8, are. */
    private static int fitting(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            // two halves of a pair are four bytes
            bytes += one < 0x80 ? 1 : one < 0x800 || Character.isSurrogate(one) ? 2 : 3;
            if (bytes > KEPT) {
                return Character.isLowSurrogate(one) ? i - 1 : i;
            }
        }
        return text.length();
    }

    private List<String> end(List<Ended> group) throws SQLException {
        ArrayNode ended = json.createArrayNode();
        group.forEach(one -> ended.add(one.end));
        Map<Long, String> told = new HashMap<>();
        try (Connection connection = ledger.get().getConnection(); PreparedStatement end = connection.prepareStatement(END)) {
            end.setBytes(1, ended.toString().getBytes(StandardCharsets.UTF_8));
            end.setArray(2, connection.createArrayOf("text", texts(group, Ended::request)));
            end.setArray(3, connection.createArrayOf("text", texts(group, Ended::answer)));
            end.setNull(4, Types.TIMESTAMP_WITH_TIMEZONE);
            try (ResultSet rows = end.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString("alert") != null) {
                        told.put(rows.getLong("call"), rows.getString("alert"));
                    }
                }
            }
        }
        return group.stream().map(one -> told.get(one.call)).toList();
    }

    private static Object[] texts(List<Ended> group, Function<Ended, String> text) {
        return group.stream().map(one -> storable(text.apply(one))).toArray();
    }

    /** PostgreSQL stores no NUL in a text, whatever a target answers. */
    private static Object storable(Object value) {
        return value instanceof String text ? text.replace('\0', '\uFFFD') : value;
    }

    private record Ended(long call, ObjectNode end, String request, String answer) {
    }
}
