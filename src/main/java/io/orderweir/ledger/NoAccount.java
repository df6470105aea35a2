package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** No row of the table roles says who plays a part for this order: that is nothing the order could be corrected for. */
@RegisterForReflection
public class NoAccount extends RuntimeException {

    /**
     * For an order, or one of its lines.
     *
     * @param role who is asked for
     * @param source the account it came from
     * @param country where it goes, or empty
     * @param made the class of the line that is asked for alone, or null
     */
    NoAccount(String role, String source, String country, String made) {
        super("no row of the table roles in flows.yaml says who is the " + role + " for " + (made == null ? "an order" : "a line of the class " + made) + " from " + source
                + (country.isEmpty() ? " without a country of delivery" : " to " + country));
    }
}
