package io.orderweir.capture;

import io.orderweir.connection.Settings;
import io.vertx.core.Future;
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
 * Keeps what arrives at /capture as the bytes that were signed, whatever the sender calls them.
 * The HTTP server would parse a form and throw its bytes away; a form is therefore announced as plain bytes and routed afresh,
 * because the content type is read when a request enters the router.
 */
@ApplicationScoped
public class RawDoor {

    private static final String DOORS = "/capture/*";
    private static final String BYTES = "application/octet-stream";

    @Inject
    Settings settings;

    void open(@Observes Router router) {
        long most = settings.capture().maxBody().asLongValue();
        router.route(DOORS).order(Integer.MIN_VALUE).handler(request -> enter(router, request, most));
        router.route(DOORS).failureHandler(RawDoor::fail);
        router.route(DOORS).order(Integer.MAX_VALUE - 1).handler(request -> answer(request, 404, "there is no such door"));
    }

    private static void enter(Router router, RoutingContext context, long most) {
        HttpServerRequest request = context.request();
        // a query is signed by nobody, and would be taken for headers that were not sent
        context.queryParams().clear();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.method() != HttpMethod.POST) {
            context.response().putHeader(HttpHeaders.ALLOW, "POST");
            answer(context, 405, "a webhook is sent with POST");
        } else if (length != null && Long.parseLong(length) > most) {
            tooLarge(context);
        } else if (isForm(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, BYTES);
            router.handle(request);
        } else {
            context.next();
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
        if (context.statusCode() == 413) {
            tooLarge(context);
        } else {
            context.next();
        }
    }

    private static void tooLarge(RoutingContext context) {
        // the rest of the body is not read, so the connection cannot be used again
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        answer(context, 413, "the body is larger than orderweir.capture.max-body")
                .onComplete(answered -> context.request().connection().close());
    }

    private static Future<Void> answer(RoutingContext context, int status, String error) {
        return context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end("{\"error\":\"" + error + "\"}");
    }
}
