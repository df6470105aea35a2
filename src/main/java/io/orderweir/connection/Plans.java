package io.orderweir.connection;

import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The limits that vendors publish, by plan: a connection with a {@code plan} has those that the descriptor of its connector lists. What the connection says of a
 * limit itself counts before them, key by key.
 */
public class Plans implements ConfigSourceFactory {

    private static final Pattern SYSTEM = Pattern.compile("(orderweir\\.connections\\.[^.]+)\\.system");
    /** Less than any other place in which somebody says a limit. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> limits = new TreeMap<>();
        Connectors connectors = null;
        for (Iterator<String> names = context.iterateNames(); names.hasNext();) {
            String name = names.next();
            Matcher connection = SYSTEM.matcher(name);
            String plan = connection.matches() ? RoleRoutes.value(context, connection.group(1) + ".plan") : null;
            if (plan != null) {
                connectors = connectors == null ? Connectors.understood(RoleRoutes.value(context, "orderweir.connectors.dir")) : connectors;
                connectors.find(RoleRoutes.value(context, name)).stream().flatMap(connector -> connector.plans().stream()).filter(limit -> limit.plan().equals(plan))
                        .forEach(limit -> said(limit).forEach((key, value) -> limits.put(connection.group(1) + ".limits." + limit.limit() + "." + key, value)));
            }
        }
        return limits.isEmpty() ? List.of() : List.of(new PropertiesConfigSource(limits, "the plans of connectors", ORDINAL));
    }

    private static Map<String, String> said(Connector.Limit limit) {
        Map<String, String> said = new TreeMap<>(Map.of("calls", limit.calls().toString(), "window", limit.window().toString()));
        if (limit.bucket() != null) {
            said.put("bucket", limit.bucket().toString());
        }
        if (limit.cost() != null) {
            said.put("cost", limit.cost().toString());
        }
        return said;
    }
}
