package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** NetSuite's customer record: an upsert by external id, and nothing else. */
@ApplicationScoped
@Named("sandboxNetsuiteCustomer")
@RegisterForReflection
public class NetsuiteCustomer {
    private static final String RECORD = "/services/rest/record/v1/customer/eid:";

    private final NetsuiteSalesOrder orders;
    private final NetsuiteRules rules;

    NetsuiteCustomer(NetsuiteSalesOrder orders, Vendors vendors) {
        this.orders = orders;
        this.rules = new NetsuiteRules(new Catalogue(), vendors.get("netsuite").settings, orders.store().customers());
    }

    /** The variable recordId is its internal id; it is empty where the call is refused, and details says why. */
    public void upsert(Exchange exchange) {
        String path = OAuthSignature.decode(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
        String externalId = path.startsWith(RECORD) ? path.substring(RECORD.length()) : "";
        ArrayNode problems;
        String id = null;
        if (!"PUT".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD)) || !externalId.matches("[A-Za-z0-9_-]{1,100}")) {
            problems = NetsuiteRules.one("Invalid external ID. Only letters, digits, _ and - are allowed.", "externalId", "INVALID_CONTENT");
        } else {
            try {
                ObjectNode body = Json.readObject(exchange.getMessage().getBody(String.class));
                problems = rules.customerProblems(body, "Error".equals(exchange.getMessage().getHeader("X-NetSuite-PropertyNameValidation")));
                id = problems.isEmpty() ? orders.store().customers().upsert(externalId, body) : null;
                if (id == null && problems.isEmpty()) {
                    problems = NetsuiteRules.one("A customer record with this ID already exists. You must enter a unique customer ID for each record you create.", "entityId", "UNIQUE_CUST_ID_REQD");
                }
            } catch (IllegalArgumentException notJson) {
                problems = NetsuiteRules.one(notJson.getMessage(), null, "INVALID_CONTENT");
            }
        }
        exchange.setVariable("details", Json.write(problems));
        exchange.setVariable("recordId", id == null ? "" : id);
    }
}
