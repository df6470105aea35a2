package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.policy.Policies.Policy;
import io.orderweir.policy.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who plays which part, for whom: the table {@code roles} of {@code flows.yaml}. The first row of a role that fits decides. */
final class Casting {

    /** One row; an absent condition is null. {@code made} is a class of gates, which only a line that is asked for alone has. */
    record Part(String role, Set<String> shops, Set<String> shipTo, String made, String connection, Row row) {

        private boolean fits(String source, JsonNode order, String line) {
            return (shops == null || shops.contains(source)) && (shipTo == null || shipTo.contains(order.at("/shippingAddress/country").asText()))
                    && (made == null || made.equals(line));
        }

        /** Whether whatever fits the other one fits this one. */
        private boolean covers(Part other) {
            return covers(shops, other.shops) && covers(shipTo, other.shipTo) && (made == null || made.equals(other.made));
        }

        private static boolean covers(Set<String> these, Set<String> others) {
            return these == null || others != null && these.containsAll(others);
        }
    }

    private static final List<String> COLUMNS = List.of("role", "for", "ship-to", "class", "connection");

    private final List<Part> parts = new ArrayList<>();

    Casting(Policy policy) {
        Row.of(policy, Flows.TABLES, "roles", COLUMNS).forEach(row -> {
            Part part = part(row);
            parts.stream().filter(before -> before.role().equals(part.role()) && before.covers(part)).findFirst().ifPresent(before -> {
                throw row.wrong("no order ever comes to it: whatever fits it fits the row before it " + before.row().columns() + "; put it above that one, or take it out");
            });
            parts.add(part);
        });
    }

    /**
     * The account that plays a role for an order from the connection {@code source}.
     *
     * @param made the class of the line that is asked for alone, or null
     */
    Optional<String> connection(String role, String source, JsonNode order, String made) {
        return parts.stream().filter(part -> part.role().equals(role) && part.fits(source, order, made)).findFirst().map(Part::connection);
    }

    /** The rows of a role, in their order. */
    List<Part> of(String role) {
        return parts.stream().filter(part -> part.role().equals(role)).toList();
    }

    List<Part> all() {
        return List.copyOf(parts);
    }

    Set<String> roles() {
        Set<String> roles = new LinkedHashSet<>();
        parts.forEach(part -> roles.add(part.role()));
        return roles;
    }

    private static Part part(Row row) {
        Set<String> countries = row.has("ship-to") ? Flows.some(row, "ship-to") : null;
        if (countries != null && !countries.stream().allMatch(country -> country.matches("[A-Z]{2}"))) {
            throw row.wrong("ship-to lists countries by their two capitals, such as [DE, AT], and not " + countries);
        }
        if (row.required("role").equals(Flows.SOURCE)) {
            throw row.wrong("source is the shop that an order came from, whoever that is, and no role; take the row out");
        }
        return new Part(row.required("role"), row.has("for") ? Flows.some(row, "for") : null, countries, row.text("class"), row.required("connection"), row);
    }
}
