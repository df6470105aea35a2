package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Exchange;

/**
 * NetSuite's customer deposit: an upsert by external id, of a sales order that is there, on its customer and in its currency. Whether NetSuite takes more than the order comes to is not known: here it
 * does, and the order says what of it is still unpaid, below zero then.
 */
@ApplicationScoped
@Named("sandboxNetsuiteDeposit")
@RegisterForReflection
public class NetsuiteDeposit {
    private static final String RECORD = "/services/rest/record/v1/customerDeposit/eid:";
    private static final Set<String> FIELDS = Set.of("customer", "salesOrder", "currency", "payment", "tranDate", "account", "paymentOption", "memo", "class", "department", "location", "subsidiary", "externalId");
    private static final Map<String, Set<String>> RECORDS = Map.of("account", Set.of("12", "13", "14"), "paymentOption", Set.of("7", "8"));

    private final NetsuiteStore store;
    private final Predicate<String> isClosed;

    @Inject
    NetsuiteDeposit(NetsuiteSalesOrder orders) {
        this(orders.store(), orders.rules()::isClosed);
    }

    NetsuiteDeposit(NetsuiteStore store, Predicate<String> isClosed) {
        this.store = store;
        this.isClosed = isClosed;
    }

    /** The variable externalId is empty when the path names no deposit; the variable record is the deposit that is asked for, recordId the internal id of one that was written; both are empty else, and details says why. */
    public void answer(Exchange exchange) {
        String path = OAuthSignature.decode(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
        String externalId = path.startsWith(RECORD) && path.substring(RECORD.length()).matches("[A-Za-z0-9_-]{1,100}") ? path.substring(RECORD.length()) : "";
        exchange.setVariable("externalId", externalId);
        ObjectNode record = store.deposit(externalId);
        exchange.setVariable("record", record == null ? "" : Json.write(record));
        exchange.setVariable("recordId", "");
        if (!externalId.isEmpty() && "PUT".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD))) {
            ArrayNode problems;
            try {
                ObjectNode body = Json.readObject(exchange.getMessage().getBody(String.class));
                problems = problems(body);
                exchange.setVariable("recordId", problems.isEmpty() ? store.deposit(externalId, body) : "");
            } catch (IllegalArgumentException notJson) {
                problems = NetsuiteRules.one(notJson.getMessage(), null, "INVALID_CONTENT");
            }
            exchange.setVariable("details", Json.write(problems));
        }
    }

    /** The first thing that is wrong; empty where nothing is. */
    ArrayNode problems(ObjectNode deposit) {
        for (String field : (Iterable<String>) deposit::fieldNames) {
            if (!FIELDS.contains(field) && !field.startsWith("custbody_ow_")) {
                return NetsuiteRules.one("Unknown reference or field '" + field + "' in the request body. Remove it or correct its name.", field, "INVALID_CONTENT");
            }
        }
        ObjectNode order = store.withId(deposit.path("salesOrder").path("id").asText());
        if (order == null) {
            return wrong("salesOrder", deposit);
        }
        if (!deposit.path("customer").path("id").asText().equals(order.path("entity").path("id").asText())) {
            return wrong("customer", deposit);
        }
        if (deposit.hasNonNull("currency") && !deposit.path("currency").path("refName").asText().equals(order.path("currency").path("refName").asText())) {
            return wrong("currency", deposit);
        }
        if (isClosed.test(deposit.path("tranDate").asText(""))) {
            return NetsuiteRules.one("The accounting period of this transaction is closed. Change its date, or open the period.", "tranDate", "CLOSED_TRAN_PRD");
        }
        JsonNode payment = deposit.path("payment");
        if (!payment.isNumber() || payment.decimalValue().signum() <= 0) {
            return NetsuiteRules.one("Error while accessing a resource. Please enter value(s) for: Payment Amount.", "payment", "USER_ERROR");
        }
        return RECORDS.entrySet().stream().filter(one -> deposit.hasNonNull(one.getKey()) && !one.getValue().contains(deposit.path(one.getKey()).path("id").asText())).findFirst()
                .map(one -> wrong(one.getKey(), deposit)).orElseGet(Json::array);
    }

    private static ArrayNode wrong(String field, ObjectNode deposit) {
        return NetsuiteRules.one("Invalid reference " + deposit.path(field) + " for the field '" + field + "'.", field, "INVALID_KEY_OR_REF");
    }
}
