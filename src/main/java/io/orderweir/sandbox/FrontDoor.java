package io.orderweir.sandbox;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.service.ServiceHelper;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stamps every call to a pretend vendor on the event loop, before any queue, hands it to the vendor's route, and answers as the vendor's front end does.
 *
 * <p>The platform-http consumer keeps a worker thread for as long as a route takes. A vendor that stays silent for a
 * minute towards hundreds of callers would run out of them, so this door passes calls on without waiting.
 */
@ApplicationScoped
public class FrontDoor {
    private static final int FIRST_OF_ALL = 1_000_000;

    private final Vendors vendors;
    private final CamelContext camel;
    private final List<String> roles;
    private final AnswerHeaders headers = new AnswerHeaders();
    private final Map<String, AsyncProducer> routes = new ConcurrentHashMap<>();
    private final ExecutorService hands = Executors.newFixedThreadPool(8, task -> {
        Thread thread = new Thread(task, "sandbox-hand");
        thread.setDaemon(true);
        return thread;
    });

    FrontDoor(Vendors vendors, CamelContext camel,
            @ConfigProperty(name = "orderweir.roles", defaultValue = "capture,process,deliver,console") List<String> roles) {
        this.vendors = vendors;
        this.camel = camel;
        this.roles = roles;
    }

    void open(@Observes Filters filters) {
        if (roles.contains("sandbox")) {
            filters.register(this::enter, FIRST_OF_ALL);
        }
    }

    private void enter(RoutingContext context) {
        String path = context.request().path();
        for (Vendor vendor : vendors.all()) {
            if (path.startsWith("/" + vendor.name + "/")) {
                arrive(vendor, context);
                return;
            }
        }
        context.next();
    }

    private void arrive(Vendor vendor, RoutingContext context) {
        Call call = vendor.arrive();
        HttpServerRequest request = context.request();
        if (call == null) {
            request.connection().close();
            return;
        }
        context.addHeadersEndHandler(about -> headers.add(call, request));
        context.response().closeHandler(closed -> call.depart(false));
        context.response().exceptionHandler(broken -> call.depart(false));
        context.response().endHandler(ended -> call.depart(true));
        Context eventLoop = context.vertx().getOrCreateContext();
        request.body().onSuccess(body -> hands.execute(() -> pass(call, context, body.getBytes(), eventLoop)))
                .onFailure(broken -> call.depart(false));
        request.resume();
    }

    private void pass(Call call, RoutingContext context, byte[] body, Context eventLoop) {
        AsyncProducer route = route(call.vendor);
        Exchange exchange = route.getEndpoint().createExchange(ExchangePattern.InOut);
        HttpServerRequest request = context.request();
        request.headers().forEach(header -> exchange.getMessage().setHeader(header.getKey(), header.getValue()));
        exchange.getMessage().removeHeaders("Camel*");
        exchange.getMessage().removeHeader("Retry-After");
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, request.method().name());
        exchange.getMessage().setHeader(Exchange.HTTP_URL, request.absoluteURI());
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, request.path().substring(call.vendor.name.length() + 1));
        exchange.getMessage().setHeader(Exchange.HTTP_QUERY, request.query() == null ? "" : request.query());
        exchange.getMessage().setBody(new String(body, StandardCharsets.UTF_8));
        exchange.setProperty("call", call);
        exchange.setVariable("base", request.scheme() + "://" + request.authority() + "/" + call.vendor.name);
        exchange.setVariable("admission", call.admission);
        exchange.setVariable("fault", call.fault);
        exchange.setVariable("latencyMs", call.latencyMs);
        exchange.setVariable("answer", "send");
        route.process(exchange, doneSync -> eventLoop.runOnContext(now -> answer(call, context, exchange)));
    }

    private void answer(Call call, RoutingContext context, Exchange exchange) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        String answer = exchange.getVariable("answer", String.class);
        if (exchange.getException() != null) {
            context.fail(exchange.getException());
        } else if ("silence".equals(answer)) {
            context.vertx().setTimer(Math.max(1, call.vendor.settings.number("silenceMs")),
                    late -> context.request().connection().close());
        } else if ("close".equals(answer)) {
            context.request().connection().close();
        } else {
            context.response().setStatusCode(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class));
            String location = exchange.getMessage().getHeader("Location", String.class);
            if (location != null) {
                context.response().putHeader("Location", location);
            }
            String retryAfter = exchange.getMessage().getHeader("Retry-After", String.class);
            if (retryAfter != null) {
                context.response().putHeader("Retry-After", retryAfter);
            }
            String body = exchange.getMessage().getBody(String.class);
            if (body == null || context.response().getStatusCode() == 204) {
                context.response().end();
            } else {
                context.response().putHeader("Content-Type", exchange.getVariable("contentType", "application/json;charset=UTF-8", String.class)).end(body);
            }
        }
    }

    private AsyncProducer route(Vendor vendor) {
        return routes.computeIfAbsent(vendor.name, name -> {
            try {
                AsyncProducer route = camel.getEndpoint("direct:sandbox." + name).createAsyncProducer();
                ServiceHelper.startService(route);
                return route;
            } catch (Exception e) {
                throw new IllegalStateException("the sandbox has no route for " + name, e);
            }
        });
    }

    @PreDestroy
    void close() {
        hands.shutdownNow();
    }
}
