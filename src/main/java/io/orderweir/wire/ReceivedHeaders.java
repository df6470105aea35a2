package io.orderweir.wire;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Headers from outside are never headers of a message, where they would be taken for what we or Camel put there: one that is named like an input would be one, and
 * {@code CAMELSQLQUERY} would be the statement, because Camel 4.17 tells its own names from foreign ones by their capitals. Whatever answers, webhooks and records
 * bring stands apart, as the variable {@code receivedHeaders}: a map of texts by name in any capitals, from which is read what is asked for by name.
 * It is so at each endpoint of each component that brings headers, and no route has to see to it.
 *
 * <p>Of a header that comes more than once the first counts: those that are read here come once, but for cookies, of which each has a line (RFC 9110, 5.3).
 */
@Unremovable
@ApplicationScoped
public class ReceivedHeaders implements CamelContextCustomizer {

    private static final String VARIABLE = "receivedHeaders";
    private static final String OPTION = "headerFilterStrategy";

    @Override
    public void configure(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            setApart(context, endpoint);
            return endpoint;
        });
    }

    /** What was received under this name, in any capitals; null when nothing was. */
    public static String text(Exchange exchange, String name) {
        Map<?, ?> received = exchange.getVariable(VARIABLE, Map.class);
        return received == null ? null : (String) received.get(name);
    }

    /** Keeps what an endpoint received, bytes as UTF-8. */
    public static void keep(Exchange exchange, String name, Object value) {
        @SuppressWarnings("unchecked")
        Map<String, String> received = exchange.getVariable(VARIABLE, Map.class);
        if (received == null) {
            received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.setVariable(VARIABLE, received);
        }
        String text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
        received.merge(name, text, (first, next) -> name.equalsIgnoreCase("Set-Cookie") ? first + "\n" + next : first);
    }

    private static void setApart(CamelContext context, Endpoint endpoint) {
        PropertyConfigurer options = endpoint.getComponent() == null ? null : endpoint.getComponent().getEndpointPropertyConfigurer();
        if (options instanceof PropertyConfigurerGetter known && known.getOptionType(OPTION, true) != null) {
            options.configure(context, endpoint, OPTION, new Apart((HeaderFilterStrategy) known.getOptionValue(endpoint, OPTION, true)), true);
        }
    }

    /** What is sent is for the component's own strategy to say; what is received goes to the variable, and no header to the message. */
    private record Apart(HeaderFilterStrategy own) implements HeaderFilterStrategy {

        @Override
        public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
            return own != null && own.applyFilterToCamelHeaders(name, value, exchange);
        }

        @Override
        public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
            if (value != null) {
                keep(exchange, name, value);
            }
            return true;
        }
    }
}
