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
    private final BusinessCentralCompany businessCentral;
    private final WmsFulfilment wms;
    private final FactoryFloor factory;
    private final DesignDesk design;
    private final StripeLevers stripe;
    private final ShopifyAdmin shopify;
    private final Messengers messengers;

    Control(Vendors vendors, ShopTraffic traffic, NetsuiteSalesOrder netsuite, BusinessCentralCompany businessCentral, WmsFulfilment wms, FactoryFloor factory, DesignDesk design,
            StripeLevers stripe, ShopifyAdmin shopify, Messengers messengers) {
        this.vendors = vendors;
        this.traffic = traffic;
        this.netsuite = netsuite;
        this.businessCentral = businessCentral;
        this.wms = wms;
        this.factory = factory;
        this.design = design;
        this.stripe = stripe;
        this.shopify = shopify;
        this.messengers = messengers;
    }

    /** All or nothing: one wrong key and no vendor changes. */
    public String settings(String body) {
        List<Runnable> changes = new ArrayList<>();
        Json.readObject(body).fields().forEachRemaining(part -> {
            Settings settings = vendors.settings(part.getKey());
            ObjectNode next = settings.checked(part.getValue());
            changes.add(() -> {
                settings.use(next);
                if (part.getValue().has("seed")) {
                    seed(part.getKey());
                }
            });
        });
        changes.forEach(Runnable::run);
        ObjectNode all = Json.object();
        vendors.settings().forEach((name, settings) -> all.set(name, settings.all()));
        return Json.write(all);
    }

    private void seed(String name) {
        vendors.all().stream().filter(vendor -> vendor.name.equals(name)).forEach(Vendor::seed);
        factory.callbacks().seed();
        stripe.callbacks().seed();
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
        if (settingsToo) {
            vendors.settings().values().forEach(Settings::reset);
        }
        traffic.reset(settingsToo);
        netsuite.store().reset();
        businessCentral.reset();
        wms.store().reset();
        factory.reset();
        design.reset();
        stripe.reset();
        shopify.store().reset();
        messengers.reset();
        vendors.all().forEach(Vendor::forget);
        return "{\"reset\":true}";
    }

    /** Why a lever could not be pulled. */
    public String explain(Exchange exchange) {
        return Json.write(Json.object().put("error", exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage()));
    }

    /** An empty answer when there is no such record. */
    public String record(Exchange exchange) {
        String name = exchange.getMessage().getHeader("name", String.class);
        String vendor = exchange.getMessage().getHeader("vendor", String.class);
        ObjectNode record = switch (vendor) {
            case "netsuite" -> netsuite.store().record(name);
            case "business-central" -> businessCentral.record(name);
            case "wms" -> wms.store().findReference(name);
            case "factory" -> factory.store().findReference(name);
            case "design" -> design.store().findReference(name);
            case "stripe" -> stripe.books().record(name);
            case "shopify" -> shopify.store().record(name);
            case "twilio", "slack", "pager" -> messengers.record(vendor, name);
            default -> throw new IllegalArgumentException("The sandbox has no vendor " + vendor + " with records.");
        };
        return record == null ? "" : Json.write(record);
    }
}
