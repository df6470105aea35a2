package io.orderweir.arrival;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;

/**
 * Lets bodies in while there is room for them, each whole within a time. What is refused is refused before it is read, and its connection closed.
 * They are read here, and not by whoever answers them: that may be late, and then the sender would be told that the body was.
 */
public final class BodyDoor {

    private final Bodies bodies;
    private final Duration within;

    public BodyDoor(String name, long most, Duration within, MeterRegistry metrics) {
        this.within = within;
        bodies = new Bodies(most);
        Gauge.builder("orderweir.bodies.bytes", bodies, Bodies::underWay).tag("door", name).register(metrics);
    }

    /** Whether a body comes with the request. */
    public static boolean isAnnounced(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length(request) > 0;
    }

    /** How long the body is, as the request says; -1 when it does not say it. */
    public static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    /** Reads the body, as the bytes that came; one that does not say its length until it is larger than {@code most}, which {@code tooLarge} answers. */
    public void read(RoutingContext context, long most, Runnable tooLarge) {
        Bodies.Body body = admit(context);
        if (body == null) {
            return;
        }
        HttpServerRequest request = context.request();
        boolean counted = length(request) >= 0;
        Buffer all = Buffer.buffer();
        long deadline = context.vertx().setTimer(within.toMillis(), over -> refuse(context, 408, "the body did not arrive within " + within.toSeconds() + " s"));
        // or every body would stay in memory so long
        context.addEndHandler(answered -> context.vertx().cancelTimer(deadline));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.exceptionHandler(broken -> body.end());
        request.handler(bytes -> {
            if (context.response().ended()) {
                return;
            }
            if (!counted && body.bytes() + bytes.length() > most) {
                tooLarge.run();
            } else if (counted || body.grow(bytes.length())) {
                all.appendBuffer(bytes);
            } else {
                full(context);
            }
        });
        request.endHandler(whole -> {
            context.vertx().cancelTimer(deadline);
            if (!context.response().ended()) {
                ((RoutingContextInternal) context).setBody(all);
                ((RoutingContextInternal) context).visitHandler(RoutingContextInternal.BODY_HANDLER);
                context.next();
            }
        });
    }

    private Bodies.Body admit(RoutingContext context) {
        Bodies.Body body = bodies.from(context.request().remoteAddress().hostAddress());
        if (!body.grow(Math.max(0, length(context.request())))) {
            full(context);
            return null;
        }
        context.addEndHandler(answered -> body.end());
        return body;
    }

    private static void full(RoutingContext context) {
        refuse(context, 503, "too much is under way; send it again");
    }

    /** Answers before the body was read; so the connection cannot be used again. */
    public static void refuse(RoutingContext context, int status, String error) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            context.request().connection().close();
            return;
        }
        if (status == 503 || status == 429) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONNECTION, "close").putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end("{\"error\":\"" + error + "\"}").onComplete(answered -> context.request().connection().close());
    }
}
