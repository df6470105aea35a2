package io.orderweir.ledger;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * Gives statements their parameters. camel-sql reads the whole text of a statement again at every call, and copies the exchange for each
 * {@code :#${variable.name}}: a quarter of what a delivery cost its process. Here a text is read once, and
 * the parameters it has are counted.
 *
 * <p>An input of a statement is a variable, and nothing else: no header and no body can be one, whatever came with them from outside. {@code :#name} must be there;
 * {@code :#${variable.name}} may be absent, which is NULL.
 */
@Unremovable
@ApplicationScoped
public class NamedParameters extends DefaultSqlPrepareStatementStrategy implements CamelContextCustomizer {

    /** As camel-sql hands it over, with its placeholder {@code #} become {@code ?}. */
    private static final Pattern PARAMETER = Pattern.compile(":\\?(?:\\$\\{variable\\.(?<variable>\\w+)}|(?<name>\\w+))");

    private final Map<String, Statement> statements = new ConcurrentHashMap<>();

    @Override
    public void configure(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            if (endpoint instanceof SqlEndpoint sql) {
                sql.setPrepareStatementStrategy(this);
                sql.setParametersCount(inputs(context, sql));
            }
            return endpoint;
        });
    }

    @Override
    public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) {
        return statement(query).prepared();
    }

    @Override
    public Iterator<?> createPopulateIterator(String query, String prepared, int expected, Exchange exchange, Object body) {
        List<Object> values = new ArrayList<>(expected);
        for (Parameter parameter : statement(query).parameters()) {
            values.add(parameter.mayBeAbsent() ? exchange.getVariable(parameter.name()) : present(parameter.name(), exchange));
        }
        return values.iterator();
    }

    /** How many there are: without it camel-sql asks the driver, which asks the database at every call and prepares the statement anew. */
    private int inputs(CamelContext context, SqlEndpoint sql) {
        try {
            return statement(SqlHelper.resolveQuery(context, sql.getQuery(), sql.getPlaceholder())).parameters().size();
        } catch (IOException | NoTypeConversionAvailableException e) {
            throw new IllegalArgumentException(sql.getQuery() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Object present(String name, Exchange exchange) {
        Object value = exchange.getVariable(name);
        if (value == null) {
            throw new IllegalArgumentException("a statement asks for :#" + name + ", and there is no such variable; set it before the statement, or write :#${variable."
                    + name + "} if it may be absent");
        }
        return value;
    }

    private Statement statement(String query) {
        return statements.computeIfAbsent(query, Statement::of);
    }

    private record Parameter(String name, boolean mayBeAbsent) {
    }

    private record Statement(String prepared, List<Parameter> parameters) {

        static Statement of(String query) {
            List<Parameter> parameters = new ArrayList<>();
            StringBuilder prepared = new StringBuilder();
            Matcher found = PARAMETER.matcher(query);
            while (found.find()) {
                boolean variable = found.group("variable") != null;
                parameters.add(new Parameter(variable ? found.group("variable") : found.group("name"), variable));
                found.appendReplacement(prepared, "?");
            }
            return new Statement(found.appendTail(prepared).toString(), List.copyOf(parameters));
        }
    }
}
