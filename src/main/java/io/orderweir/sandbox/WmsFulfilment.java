package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/** The WMS's fulfilment: checks a call's body, and commits it at one instant. */
@ApplicationScoped
@Named("sandboxWmsFulfilment")
@RegisterForReflection
public class WmsFulfilment {
    private final Vendors vendors;
    private final WmsStore store = new WmsStore();
    private final WmsRules rules;
    private final ScheduledExecutorService picker = Timers.named("sandbox-picker", 1);

    WmsFulfilment(Vendors vendors) {
        this.vendors = vendors;
        this.rules = new WmsRules(new Catalogue(), vendors.get("wms").settings);
    }

    /** The variable fields has an entry per problem of the body. */
    public void check(Exchange exchange) {
        ArrayNode problems;
        try {
            ObjectNode body = Json.readObject(exchange.getMessage().getBody(String.class));
            exchange.setProperty("request", body);
            problems = rules.problems(body);
        } catch (IllegalArgumentException notJson) {
            problems = Json.array();
            problems.addObject().put("path", "").put("message", notJson.getMessage());
        }
        exchange.setVariable("fields", Json.write(problems));
        exchange.setVariable("valid", problems.isEmpty());
    }

    public void create(Exchange exchange) {
        ObjectNode request = exchange.getProperty("request", ObjectNode.class);
        ObjectNode created = store.create(request, System.currentTimeMillis());
        exchange.setVariable("record", Json.write(created != null ? created : store.findReference(request.path("reference").textValue())));
        int pickAfterMs = vendors.get("wms").settings.number("pickAfterMs");
        if (created != null && pickAfterMs > 0) {
            picker.schedule(() -> store.pick(created.path("reference").textValue(), System.currentTimeMillis()), pickAfterMs, TimeUnit.MILLISECONDS);
        }
        exchange.setVariable("created", created != null);
    }

    /** The variable was says what it was: {@code new}, {@code cancelled}, {@code picked}, {@code none}; {@code other} for a wrong reference. */
    public void change(Exchange exchange) {
        String id = exchange.getVariable("id", String.class);
        String was = store.change(id, exchange.getProperty("request", ObjectNode.class), System.currentTimeMillis());
        keep(exchange, id, was);
    }

    /** The variable was says what it was: {@code new}, {@code cancelled}, {@code picked} or {@code none}. */
    public void cancel(Exchange exchange) {
        String id = exchange.getVariable("id", String.class);
        keep(exchange, id, store.cancel(id, System.currentTimeMillis()));
    }

    /** The variable was says {@code found} or {@code none}. */
    public void find(Exchange exchange) {
        String id = exchange.getVariable("id", String.class);
        keep(exchange, id, store.find(id) == null ? "none" : "found");
    }

    public void list(Exchange exchange) {
        ArrayNode found = Json.array();
        ObjectNode one = store.findReference(RestCall.parameter(exchange, "reference"));
        if (one != null) {
            found.add(one);
        }
        exchange.getMessage().setBody(Json.write(Json.object().set("fulfilments", found)));
    }

    WmsStore store() {
        return store;
    }

    private void keep(Exchange exchange, String id, String was) {
        ObjectNode now = store.find(id);
        exchange.setVariable("record", now == null ? "" : Json.write(now));
        exchange.setVariable("was", was);
    }

    @PreDestroy
    void close() {
        picker.shutdownNow();
    }
}
