package io.orderweir.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderweir.arrival.Arrivals;
import io.orderweir.arrival.Bodies;
import io.orderweir.arrival.BodyDoor;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Lets in what is sent to the console: short forms, and a whole order only where a held one is corrected. It has memory and worker threads of its own,
 * so that whatever is done to the console, webhooks find theirs.
 */
@ApplicationScoped
public class FormDoor {

    private static final Pattern EDITED_HOLD = Pattern.compile("(/api)?/holds/(\\d+/(check|release|dry-run)|(group/)?work)");
    /** Of the 200 worker threads. */
    private static final int AT_ONCE = 64;

    private final AtomicInteger busy = new AtomicInteger();

    @Inject
    Settings settings;

    @Inject
    Connections connections;

    @Inject
    MeterRegistry metrics;

    void open(@Observes Router router) {
        if (connections.hasRole("console")) {
            long largest = settings.capture().maxBody().asLongValue();
            BodyDoor door = new BodyDoor("console", Math.max(3 * largest, Runtime.getRuntime().maxMemory() / 16), settings.arrivals().within(), metrics);
            router.route().order(Integer.MIN_VALUE + 1).handler(request -> enter(request, door, largest));
        }
    }

    private void enter(RoutingContext context, BodyDoor door, long largest) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        if (!Arrivals.isForPeople(path)) {
            context.next();
            return;
        }
        long most = EDITED_HOLD.matcher(path).matches() ? largest : Bodies.SMALL;
        if (busy.incrementAndGet() > AT_ONCE) {
            busy.decrementAndGet();
            BodyDoor.refuse(context, 503, "too many ask at once; try again");
            return;
        }
        context.addEndHandler(answered -> busy.decrementAndGet());
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            BodyDoor.refuse(context, 411, "the request does not say how long its body is");
        } else if (BodyDoor.length(request) > most) {
            BodyDoor.refuse(context, 413, "the body is larger than " + most + " bytes");
        } else if (BodyDoor.isAnnounced(request)) {
            door.read(context, most, () -> { });
        } else {
            context.next();
        }
    }
}
