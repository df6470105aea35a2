package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The customers NetSuite has besides those that were there before, one for an external id. It calls each by a name that is unique too: their own, where a caller gives none. */
final class NetsuiteCustomers {
    private final Map<String, ObjectNode> customers = new LinkedHashMap<>();
    private long lastId = 8_000;

    /** Its internal id; null where another customer is called the same. */
    synchronized String upsert(String externalId, ObjectNode body) {
        ObjectNode before = customers.get(externalId);
        ObjectNode customer = before == null ? Json.object() : before.deepCopy();
        customer.setAll(body);
        String name = name(customer);
        if (customers.entrySet().stream().anyMatch(other -> !other.getKey().equals(externalId) && name(other.getValue()).equalsIgnoreCase(name))) {
            return null;
        }
        customer.put("externalId", externalId).put("id", before == null ? String.valueOf(++lastId) : before.path("id").asText());
        customers.put(externalId, customer);
        return customer.path("id").asText();
    }

    synchronized boolean knows(String id) {
        return customers.values().stream().anyMatch(customer -> customer.path("id").asText().equals(id));
    }

    /** The internal ids of those with this address, written in any capitals, the oldest first. */
    synchronized List<String> withMail(String mail) {
        return customers.values().stream().filter(customer -> customer.path("email").asText().toLowerCase(Locale.ROOT).equals(mail)).map(customer -> customer.path("id").asText()).toList();
    }

    synchronized int count() {
        return customers.size();
    }

    synchronized void reset() {
        customers.clear();
    }

    private static String name(ObjectNode customer) {
        String own = customer.path("isPerson").asBoolean() ? customer.path("firstName").asText() + " " + customer.path("lastName").asText() : customer.path("companyName").asText();
        return customer.path("entityId").asText(own);
    }
}
