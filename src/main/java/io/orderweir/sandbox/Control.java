package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/** The levers behind the pretend vendors: settings, outages, picking, records, a fresh start. */
@ApplicationScoped
@Named("sandboxControl")
@RegisterForReflection
public class Control {
    private final Vendors vendors;
    private final ShopTraffic traffic;
    private final NetsuiteSalesOrder netsuite;
    private final WmsFulfilment wms;

    Control(Vendors vendors, ShopTraffic traffic, NetsuiteSalesOrder netsuite, WmsFulfilment wms) {
        this.vendors = vendors;
        this.traffic = traffic;
        this.netsuite = netsuite;
        this.wms = wms;
    }

    /** All or nothing: one wrong key and no vendor changes. */
    public String settings(String body) {
        List<Runnable> changes = new ArrayList<>();
        Json.readObject(body).fields().forEachRemaining(part -> {
            Vendor vendor = vendors.get(part.getKey());
            ObjectNode next = vendor.settings.checked(part.getValue());
            changes.add(() -> {
                vendor.settings.use(next);
                if (part.getValue().has("seed")) {
                    vendor.seed();
                }
            });
        });
        changes.forEach(Runnable::run);
        ObjectNode all = Json.object();
        vendors.all().forEach(vendor -> all.set(vendor.name, vendor.settings.all()));
        return Json.write(all);
    }

    public String outage(Exchange exchange) {
        Vendor vendor = vendors.get(exchange.getMessage().getHeader("vendor", String.class));
        JsonNode plan = Json.readObject(exchange.getMessage().getBody(String.class));
        vendor.outages.plan(vendors.watch().now(), plan);
        return Json.write(Json.object().set("outages", vendor.outages.report(vendors.watch())));
    }

    public String pick(String body) {
        String reference = Json.readObject(body).path("reference").asText("");
        boolean picked = wms.store().pick(reference, System.currentTimeMillis());
        return Json.write(Json.object().put("reference", reference).put("picked", picked));
    }

    /** Records, counts, outages and the shop's books are forgotten; settings stay unless asked for. */
    public String reset(String body) {
        boolean settingsToo = Json.readObject(body).path("settings").asBoolean();
        traffic.reset();
        netsuite.store().reset();
        wms.store().reset();
        for (Vendor vendor : vendors.all()) {
            if (settingsToo) {
                vendor.settings.reset();
            }
            vendor.forget();
        }
        return "{\"reset\":true}";
    }

    /** Why a lever could not be pulled. */
    public String explain(Exchange exchange) {
        return Json.write(Json.object().put("error", exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage()));
    }

    /** An empty answer when there is no such record. */
    public String record(Exchange exchange) {
        String name = exchange.getMessage().getHeader("name", String.class);
        boolean erp = "netsuite".equals(exchange.getMessage().getHeader("vendor"));
        ObjectNode record = erp ? netsuite.store().find(name) : wms.store().findReference(name);
        return record == null ? "" : Json.write(record);
    }
}
