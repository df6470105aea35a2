package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import org.apache.camel.Exchange;

/** NetSuite's sales order record: checks a call's body, and commits it at one instant. */
@ApplicationScoped
@Named("sandboxNetsuiteOrder")
@RegisterForReflection
public class NetsuiteSalesOrder {
    private static final String RECORD = "/services/rest/record/v1/salesOrder/";
    /** Of a page (docs.oracle.com, NetSuite help, section_156414087576). */
    private static final int MOST = 1_000;

    private final Vendors vendors;
    private final NetsuiteStore store;
    private final NetsuiteRules rules;

    NetsuiteSalesOrder(Vendors vendors) {
        this.vendors = vendors;
        Settings settings = vendors.get("netsuite").settings;
        this.store = new NetsuiteStore(new NetsuiteTotals(new NetsuiteItems(new Catalogue(), settings.texts("extraItems")), false));
        this.rules = new NetsuiteRules(new Catalogue(), settings, store.customers());
    }

    /** The variable externalId is empty when the path names no sales order; details has an entry per problem of the body. */
    public void check(Exchange exchange) {
        String path = OAuthSignature.decode(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
        exchange.setVariable("all", (path + "/").equals(RECORD));
        ObjectNode known = path.startsWith(RECORD) ? store.withId(path.substring(RECORD.length())) : null;
        exchange.setVariable("externalId", known != null ? known.path("externalId").asText() : path.startsWith(RECORD + "eid:") ? path.substring(RECORD.length() + 4) : "");
        ArrayNode problems;
        if (!exchange.getVariable("externalId", String.class).matches("[A-Za-z0-9_-]{1,100}")) {
            problems = NetsuiteRules.one("Invalid external ID. Only letters, digits, _ and - are allowed.", "externalId", "INVALID_CONTENT");
        } else {
            try {
                ObjectNode body = Json.readObject(exchange.getMessage().getBody(String.class));
                exchange.setProperty("order", body);
                problems = rules.problems(body, store.find(exchange.getVariable("externalId", String.class)), "PUT".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD)),
                        "Error".equals(exchange.getMessage().getHeader("X-NetSuite-PropertyNameValidation")));
            } catch (IllegalArgumentException notJson) {
                problems = NetsuiteRules.one(notJson.getMessage(), null, "INVALID_CONTENT");
            }
        }
        exchange.setVariable("details", Json.write(problems));
        exchange.setVariable("valid", problems.isEmpty());
    }

    /** With the handling that a script of the account adds to every order, where it does. */
    public void upsert(Exchange exchange) {
        ObjectNode body = exchange.getProperty("order", ObjectNode.class);
        int cents = vendors.get("netsuite").settings.number("handlingCents");
        if (cents > 0) {
            body.put("handlingCost", BigDecimal.valueOf(cents, 2));
        }
        NetsuiteStore.Order order = store.upsert(exchange.getVariable("externalId", String.class), body, replacesItems(exchange), System.currentTimeMillis());
        exchange.setVariable("recordId", order.id);
    }

    public void change(Exchange exchange) {
        NetsuiteStore.Order order = store.change(exchange.getVariable("externalId", String.class), exchange.getProperty("order", ObjectNode.class),
                replacesItems(exchange), System.currentTimeMillis());
        exchange.setVariable("recordId", order == null ? "" : order.id);
    }

    public void find(Exchange exchange) {
        ObjectNode order = store.find(exchange.getVariable("externalId", String.class));
        exchange.setVariable("record", order == null ? "" : Json.write(order));
    }

    /** The variable page is the list of orders, {@code {"links","count","hasMore","items":[{"links","id"}],"offset","totalResults"}}; empty for a wrong limit or offset. */
    public void list(Exchange exchange) {
        String limit = RestCall.parameter(exchange, "limit");
        String offset = RestCall.parameter(exchange, "offset");
        boolean right = (limit.isEmpty() || limit.matches("[1-9]\\d{0,2}|1000")) && (offset.isEmpty() || offset.matches("\\d{1,6}"));
        exchange.setVariable("page", right ? Json.write(page(limit.isEmpty() ? MOST : Integer.parseInt(limit), offset.isEmpty() ? 0 : Integer.parseInt(offset))) : "");
        exchange.setVariable("details", Json.write(NetsuiteRules.one("Invalid paging parameters. Limit is 1 to 1000, offset not negative.", null, "INVALID_PARAMETER")));
    }

    private ObjectNode page(int limit, int offset) {
        List<ObjectNode> all = store.all();
        ObjectNode page = Json.object();
        page.putArray("links");
        ArrayNode items = Json.array();
        all.stream().skip(offset).limit(limit).forEach(order -> items.addObject().put("id", order.path("id").asText()).putArray("links"));
        page.put("count", items.size()).put("hasMore", offset + items.size() < all.size()).set("items", items);
        return page.put("offset", offset).put("totalResults", all.size());
    }

    NetsuiteRules rules() {
        return rules;
    }

    NetsuiteStore store() {
        return store;
    }

    private static boolean replacesItems(Exchange exchange) {
        return List.of(RestCall.parameter(exchange, "replace").split(",")).contains("item");
    }
}
