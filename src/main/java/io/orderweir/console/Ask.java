package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Refused;
import io.orderweir.ledger.Sql;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.hibernate.jpa.SpecHints;
import org.jboss.logging.Logger;
import org.postgresql.util.PGobject;

/**
 * Asks the ledger: for a page of a list's entities; or one of the questions in {@code sql/console/}, or another capability's statement, named
 * with its folder, where a row is a map of its columns, as JSON knows values. Each answers within ten seconds, or is refused with 503.
 */
@ApplicationScoped
public class Ask {

    private static final Logger LOG = Logger.getLogger(Ask.class);
    private static final int PATIENCE_SECONDS = 10;

    private final Map<String, String> questions = new ConcurrentHashMap<>();

    @Inject
    @io.quarkus.agroal.DataSource("console")
    Instance<DataSource> ledger;

    @Inject
    ObjectMapper json;

    public List<Map<String, Object>> rows(String question, Object... values) {
        try (Connection connection = ledger.get().getConnection();
                PreparedStatement statement = connection.prepareStatement(questions.computeIfAbsent(question, Ask::read))) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i] instanceof String[] list ? connection.createArrayOf("text", list) : values[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw refused(question, e);
        }
    }

    /** So many of the first of a list. */
    public <T> List<T> list(PanacheQuery<T> list, int most) {
        return list(list, 0, most);
    }

    /** So many of a list, after as many as are skipped. */
    public <T> List<T> list(PanacheQuery<T> list, int skipped, int most) {
        try {
            return list.withHint(SpecHints.HINT_SPEC_QUERY_TIMEOUT, 1_000 * PATIENCE_SECONDS).range(skipped, skipped + most - 1).list();
        } catch (PersistenceException e) {
            throw refused("a list", e);
        }
    }

    private static Refused refused(String question, Exception failure) {
        Refused refused = Refused.of(failure);
        if (refused.status() < 500) {
            return refused;
        }
        LOG.warnf("the ledger did not answer %s: %s", question, failure.getMessage());
        return new Refused(503, "The ledger does not answer at the moment. Nothing is lost; try again.");
    }

    public Optional<Map<String, Object>> one(String question, Object... values) {
        return rows(question, values).stream().findFirst();
    }

    private Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.put(result.getMetaData().getColumnLabel(i), value(result.getObject(i)));
        }
        return row;
    }

    private Object value(Object value) throws SQLException {
        if (value instanceof Timestamp at) {
            return Instants.text(at.toInstant());
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros().scale() <= 0 ? (Object) number.longValueExact() : (Object) number.doubleValue();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof PGobject document) {
            try {
                return json.readValue(document.getValue(), Object.class);
            } catch (JsonProcessingException e) {
                throw new SQLException("the ledger holds a document that is not JSON", e);
            }
        }
        return value;
    }

    private static String read(String question) {
        return Sql.of((question.contains("/") ? question : "console/" + question) + ".sql");
    }
}
