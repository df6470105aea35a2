package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.jsonvalidator.JsonValidationException;

/** Refuses a release whose order still cannot be understood, with one sentence per fault. */
@RegisterForReflection
@ApplicationScoped
@Named("reject")
public class Reject {

    @Inject
    Sentence sentence;

    public void say(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        JsonNode canonical = exchange.getVariable("canonical", JsonNode.class);
        String order = canonical == null ? null : canonical.path("name").asText(null);
        List<String> faults = new ArrayList<>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonValidationException invalid && invalid.getErrors() != null) {
                for (ValidationMessage violation : invalid.getErrors()) {
                    faults.add(sentence.forViolations(order, List.of(violation)).sentence());
                }
            }
        }
        String all = sentence.forError(order, thrown, () -> Fault.of(exchange, null, thrown)).sentence();
        throw new Refused(422, all, faults.isEmpty() ? List.of(all) : faults.stream().distinct().toList());
    }
}
