package io.orderweir.arrival;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.quarkus.arc.Unremovable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whatever comes to the HTTP port comes whole within a time, and not too much of it from one address; who it is, is asked later. */
@Unremovable
@ApplicationScoped
public class Arrivals {

    private static final Pattern WEBHOOKS = Pattern.compile("/capture(/.*)?");
    private static final Pattern READ_ONLY = Pattern.compile("/(drawings|live|q)(/.*)?");

    @Inject
    Settings settings;

    @Inject
    Connections connections;

    /** Then all connections come from the proxy, and who comes is known with the request only. */
    @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
    boolean proxied;

    Doorstep doorstep() {
        return new Doorstep(proxied ? Integer.MAX_VALUE : settings.arrivals().perAddress(), settings.arrivals().within());
    }

    void open(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::begin);
    }

    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        Arrival arrival = Arrival.of(((ConnectionBase) request.connection()).channel());
        if (arrival != null) {
            arrival.begins();
            context.addEndHandler(answered -> arrival.ends());
        }
        if (BodyDoor.isAnnounced(request) && !takesBodies(context.normalizedPath())) {
            BodyDoor.refuse(context, 413, "nothing is taken here");
        } else {
            context.next();
        }
    }

    /** Only doors that count them read bodies; the pretend vendors are nobody's business but their own. */
    private boolean takesBodies(String path) {
        return WEBHOOKS.matcher(path).matches() || connections.hasRole("console") && isForPeople(path) || connections.hasRole("sandbox");
    }

    /** Whether it is a page or an operation of the API, and neither a door nor a place where nothing is to be had but what is there. */
    public static boolean isForPeople(String path) {
        return !WEBHOOKS.matcher(path).matches() && !READ_ONLY.matcher(path).matches();
    }
}
