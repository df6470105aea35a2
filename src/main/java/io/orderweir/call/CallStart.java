package io.orderweir.call;

import io.orderweir.ledger.LedgerAway;
import io.orderweir.ledger.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.Exchange;

/** Commits that a call is about to leave, together with those of other workers; what cannot be committed is not sent. */
@ApplicationScoped
@Named("callStart")
@RegisterForReflection
public class CallStart {

    private static final String START = Sql.of("call/start.sql");
    private static final int MOST = 50;

    private final GroupCommit<Leaving, Boolean> starts = new GroupCommit<>(MOST, this::start);

    @Inject
    Instance<DataSource> ledger;

    @Inject
    CallTime time;

    /** In: variables call (its number) and needs (s it may take at most). Out: variables started (false: nothing may be sent) and callBegan. Throws {@link LedgerAway}. */
    public void begin(Exchange exchange) {
        time.begin(exchange);
        try {
            exchange.setVariable("started", starts.write(new Leaving(exchange.getVariable("call", Long.class), exchange.getVariable("needs", Double.class))));
        } catch (SQLException away) {
            throw new LedgerAway("the ledger did not note that call " + exchange.getVariable("call") + " leaves: " + away.getMessage(), away);
        }
    }

    private List<Boolean> start(List<Leaving> group) throws SQLException {
        Set<Long> started = new HashSet<>();
        try (Connection connection = ledger.get().getConnection(); PreparedStatement start = connection.prepareStatement(START)) {
            start.setNull(1, Types.TIMESTAMP_WITH_TIMEZONE);
            start.setArray(2, connection.createArrayOf("bigint", group.stream().map(Leaving::call).toArray()));
            start.setArray(3, connection.createArrayOf("float8", group.stream().map(Leaving::needs).toArray()));
            try (ResultSet rows = start.executeQuery()) {
                while (rows.next()) {
                    started.add(rows.getLong("call"));
                }
            }
        }
        return group.stream().map(leaving -> started.contains(leaving.call)).toList();
    }

    private record Leaving(long call, double needs) {
    }
}
