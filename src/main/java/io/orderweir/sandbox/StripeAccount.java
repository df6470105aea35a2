package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/**
 * What the pretend Stripe answers: the balance (docs.stripe.com/api/balance/balance_retrieve), and no other question.
 *
 * <p>A call has been judged by the limits already. Sets the answer's status and body, and the variable outcome.
 */
@ApplicationScoped
@Named("sandboxStripeAccount")
@RegisterForReflection
public class StripeAccount {
    private final Settings settings;

    StripeAccount(Vendors vendors) {
        this.settings = vendors.settings("stripe");
    }

    public void ask(Exchange exchange) {
        String question = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class) + " " + exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
        if (!Signature.same("Bearer " + settings.text("key"), exchange.getMessage().getHeader("Authorization", "", String.class))) {
            refuse(exchange, 401, "Invalid API Key provided.", null, "auth");
        } else if (!exchange.getVariable("admission", "granted", String.class).equals("granted")) {
            refuse(exchange, 429, "Too many requests.", "rate_limit", "limitWindow");
        } else if (!question.equals("GET /v1/balance")) {
            refuse(exchange, 404, "Unrecognized request URL (" + question.replace(" ", ": ") + ").", null, "unknownRecord");
        } else {
            ObjectNode balance = Json.object().put("object", "balance").put("livemode", settings.flag("livemode"));
            balance.putArray("available").addObject().put("amount", 0).put("currency", "usd");
            balance.putArray("pending");
            answer(exchange, 200, balance, "found");
        }
    }

    private static void refuse(Exchange exchange, int status, String sentence, String code, String outcome) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("message", sentence).put("type", "invalid_request_error");
        if (code != null) {
            error.put("code", code);
        }
        answer(exchange, status, body, outcome);
    }

    private static void answer(Exchange exchange, int status, ObjectNode body, String outcome) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(Json.write(body));
        exchange.setVariable("outcome", outcome);
    }
}
