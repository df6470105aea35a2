package io.orderweir.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.hold.Causes;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** States what the watch and the senders of alerts go by: who is told of what and when, and how often their connections may be called. */
@ApplicationScoped
@Named("alerts")
@RegisterForReflection
public class Alerts {

    /** As for a delivery: to connect, and to write down the outcome. */
    private static final double CONNECT = 2;
    private static final double SLACK = 5;

    private final Settings settings;
    private final Connections connections;
    private final Types types;
    private final Clock clock;
    private final Causes causes = new Causes();

    /** For the client proxy only. */
    protected Alerts() {
        this(null, null, null, null);
    }

    @Inject
    public Alerts(Settings settings, Connections connections, Types types) {
        this(settings, connections, types, Clock.systemUTC());
    }

    public Alerts(Settings settings, Connections connections, Types types, Clock clock) {
        this.settings = settings;
        this.connections = connections;
        this.types = types;
        this.clock = clock;
    }

    /** The terms of sql/alert/watch.sql as JSON text. In: variable skew (s, or null). */
    public String terms(Exchange exchange) {
        ObjectNode terms = JsonNodeFactory.instance.objectNode();
        terms.put("zone", settings.alerts().zone().getId()).put("url", settings.alerts().url().map(url -> url.replaceAll("/+$", "")).orElse(null));
        terms.put("quiet", quiet()).put("escalateAfter", seconds(settings.alerts().escalateAfter())).put("awayGrace", seconds(settings.alerts().awayGrace()));
        terms.put("skew", exchange.getVariable("skew", Double.class)).put("diskFreePercent", settings.alerts().diskFree());
        terms.put("databaseSize", settings.alerts().databaseSize().map(size -> size.asLongValue()).orElse(null));
        Disk.measure(terms);
        settings.alerts().urgent().forEach(terms.putArray("urgent")::add);
        ArrayNode accounts = terms.putArray("connections");
        connections.names().forEach(name -> accounts.addObject().put("connection", name).put("label", connections.label(name))
                .put("resting", connections.inMaintenance(name)));
        ArrayNode ends = terms.putArray("ends");
        connections.names().forEach(name -> connections.ends(name).forEach(end -> ends.addObject().put("connection", name).put("label", connections.called(name))
                .put("what", end.what()).put("on", end.on().toString()).put("todo", end.todo())));
        terms.set("words", causes.words());
        ArrayNode objectives = terms.putArray("objectives");
        promised().forEach((type, time) -> objectives.addObject().put("type", type).put("seconds", seconds(time)));
        ArrayNode channels = terms.putArray("channels");
        settings.alerts().channels().forEach((name, channel) -> {
            ObjectNode row = channels.addObject().put("channel", name).put("connection", channel.connection())
                    .put("system", connections.system(channel.connection())).put("recipient", channel.to().orElse(null)).put("step", channel.step());
            channel.kinds().ifPresent(kinds -> kinds.forEach(row.withArray("kinds")::add));
        });
        return terms.toString();
    }

    private Map<String, Duration> promised() {
        return !settings.alerts().objectives().isEmpty() ? settings.alerts().objectives()
                : types.all().stream().filter(type -> type.promisedWithin() != null).collect(Collectors.toMap(Type::type, Type::promisedWithin));
    }

    /** The connections of a system, as sql/alert/take.sql takes them. */
    public String accounts(String system) {
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        connections.names().forEach(name -> {
            Settings.Connection connection = connections.connection(name);
            if (connection.system().equals(system) && !connections.inMaintenance(name)) {
                accounts.addObject().put("connection", name).put("limits", connection.limits().size()).put("settles", seconds(connection.settlesWithin()))
                        .put("lease", CONNECT + seconds(connection.timeout()) + seconds(connection.grace()) + SLACK);
            }
        });
        return accounts.toString();
    }

    /** Is this an hour in which only what is urgent is told? */
    boolean quiet() {
        return settings.alerts().quiet().orElse(List.of()).stream().anyMatch(hours -> hours.hold(ZonedDateTime.now(clock.withZone(settings.alerts().zone()))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
