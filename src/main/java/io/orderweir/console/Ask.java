package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Refused;
import io.orderweir.ledger.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.util.PGobject;

/**
 * Asks the ledger one of the questions in {@code sql/console/}, or runs another capability's statement, named with its folder;
 * a row is a map of its columns, as JSON knows values.
 */
@ApplicationScoped
public class Ask {

    private static final Logger LOG = Logger.getLogger(Ask.class);
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int PATIENCE_SECONDS = 10;

    private final Map<String, String> questions = new ConcurrentHashMap<>();

    @Inject
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
            Refused refused = Refused.of(e);
            if (refused.status() < 500) {
                throw refused;
            }
            LOG.warnf("the ledger did not answer %s: %s", question, e.getMessage());
            throw new Refused(503, "The ledger does not answer at the moment. Nothing is lost; try again.");
        }
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
            return INSTANT.format(at.toInstant());
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
