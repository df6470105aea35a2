package io.orderweir.call;

import io.orderweir.privacy.Scrubber;
import io.orderweir.privacy.SentRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Keeps a request as it is sent, for the log of calls: method, path, query, headers and body, without secrets. */
@ApplicationScoped
@Named("sent")
@RegisterForReflection
public class Sent {

    @Inject
    Scrubber scrubber;

    /** In: variables method, path and query, the headers, and the body as text. Out: variables request, and sentBody for who must know what a complaint is about. */
    public void keep(Exchange exchange) {
        exchange.setVariable("sentBody", exchange.getMessage().getBody(String.class));
        exchange.setVariable("request", SentRequest.of(exchange.getVariable("method", String.class), exchange.getVariable("path", String.class),
                exchange.getVariable("query", String.class), SentRequest.headers(exchange.getMessage().getHeaders()), exchange.getMessage().getBody(String.class), scrubber).text());
    }
}
