package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.money.Worth;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;

/** The parts of an order do not come to what it says that it is worth. */
@RegisterForReflection
public class DoesNotAddUp extends RuntimeException {

    private final String path;

    private DoesNotAddUp(String said, String path) {
        super(said);
        this.path = path;
    }

    /** Throws where the total, or the tax in it, is not what the parts come to. What is cancelled, or has nothing left that is paid for, is booked by nobody. */
    static void check(JsonNode order) {
        if (order.path("status").asText().equals("cancelled") || order.path("lineItems").findValues("quantity").stream().allMatch(quantity -> quantity.asLong() == 0)
                && new BigDecimal(order.path("totalPrice").asText("0")).signum() == 0) {
            return;
        }
        Worth worth = Worth.of(order);
        String currency = order.path("currency").asText();
        if (worth.difference().signum() != 0) {
            throw new DoesNotAddUp("its parts come to " + worth.total().toPlainString() + " " + currency + " (" + worth.parts() + "), and its total is " + order.path("totalPrice").asText() + ": "
                    + apart(worth.difference()), "totalPrice");
        }
        if (worth.taxDifference().signum() != 0) {
            throw new DoesNotAddUp("the taxes of its parts come to " + worth.tax().toPlainString() + " " + currency + ", and its tax is " + order.path("orderTax").asText() + ": " + apart(worth.taxDifference()), "orderTax");
        }
    }

    String path() {
        return path;
    }

    private static String apart(BigDecimal difference) {
        return difference.abs().toPlainString() + (difference.signum() > 0 ? " more" : " less") + " than they explain";
    }
}
