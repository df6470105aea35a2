package io.orderweir.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/** Opens one step of what a person asked for a whole group, and says why it could not be done. */
@RegisterForReflection
@ApplicationScoped
@Named("groupWork")
public class GroupWork {

    private static final Logger LOG = Logger.getLogger(GroupWork.class);

    @Inject
    ObjectMapper json;

    /** In: the body, a row of sql/hold/take-steps.sql. Out: variables job, hold, by, what, request, pricing, reason. */
    public void open(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> step = exchange.getMessage().getBody(Map.class);
        for (String column : List.of("job", "hold", "by", "what")) {
            exchange.setVariable(column, step.get(column));
        }
        JsonNode request = json.readTree((String) step.get("request"));
        exchange.setVariable("request", request);
        // whether she might was asked when it was started
        exchange.setVariable("pricing", true);
        exchange.setVariable("reason", request.path("reason").textValue());
    }

    /** Out: variables answer, a sentence, and again: the ledger's own trouble, so that it is tried once more. */
    public void failed(Exchange exchange) {
        Refused refused = Refused.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (refused.status() == 500) {
            LOG.errorf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), "hold %s of work %s failed", exchange.getVariable("hold"), exchange.getVariable("job"));
        }
        exchange.setVariable("again", refused.status() == 503);
        exchange.setVariable("answer", refused.getMessage());
    }
}
