package io.orderweir.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderweir.arrival.BodyDoor;
import io.orderweir.connection.Bounds;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;

/**
 * Keeps what arrives at /capture as the bytes that were signed, whatever the sender calls them, and no more of it than there is memory for.
 * The HTTP server would parse a form and throw its bytes away; a form is therefore announced as plain bytes and routed afresh,
 * because the content type is read when a request enters the router.
 */
@ApplicationScoped
public class RawDoor {

    private static final String DOORS = "/capture/*";
    private static final String BYTES = "application/octet-stream";
    /** What is read for a name that no sender can have a secret of, so that it is answered like any other. */
    private static final long STRANGER = 16_384;

    @Inject
    Settings settings;

    @Inject
    Connections connections;

    @Inject
    MeterRegistry metrics;

    @Inject
    Refusals refusals;

    void open(@Observes Router router) {
        long most = settings.capture().maxBody().asLongValue();
        BodyDoor door = new BodyDoor("capture", Bounds.underWay(settings), settings.arrivals().within(), metrics);
        router.route(DOORS).order(Integer.MIN_VALUE + 1).handler(request -> enter(router, request, door, most));
        router.route(DOORS).failureHandler(RawDoor::fail);
        router.route(DOORS).order(Integer.MAX_VALUE - 1).handler(request -> BodyDoor.refuse(request, 404, "there is no such door"));
    }

    private void enter(Router router, RoutingContext context, BodyDoor door, long most) {
        HttpServerRequest request = context.request();
        // a query is signed by nobody, and would be taken for headers that were not sent
        context.queryParams().clear();
        String connection = context.normalizedPath().replaceFirst(".*/", "");
        boolean known = !connections.secrets(connection).isEmpty();
        if (request.method() != HttpMethod.POST) {
            context.response().putHeader(HttpHeaders.ALLOW, "POST");
            BodyDoor.refuse(context, 405, "a webhook is sent with POST");
        } else if (BodyDoor.length(request) > most) {
            tooLarge(context, connection);
        } else if (!known && BodyDoor.length(request) > STRANGER) {
            unsigned(context);
        } else if (isForm(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, BYTES);
            router.handle(request);
        } else {
            door.read(context, known ? most : STRANGER, () -> {
                if (known) {
                    tooLarge(context, connection);
                } else {
                    unsigned(context);
                }
            });
        }
    }

    private static boolean isForm(String type) {
        if (type == null) {
            return false;
        }
        String lower = type.trim().toLowerCase(Locale.ROOT);
        return lower.startsWith("application/x-www-form-urlencoded") || lower.startsWith("multipart/");
    }

    private static void fail(RoutingContext context) {
        // a sender who has gone, or was answered already, is told nothing more
        if (!context.response().ended() && !context.response().closed()) {
            context.next();
        }
    }

    private void tooLarge(RoutingContext context, String connection) {
        refusals.count(connection, Refusal.TOO_LARGE);
        BodyDoor.refuse(context, 413, "the body is larger than orderweir.capture.max-body");
    }

    private static void unsigned(RoutingContext context) {
        BodyDoor.refuse(context, 401, "no secret of a connection of this name made the signature");
    }
}
