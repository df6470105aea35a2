package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.orderweir.ledger.Captured;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
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

    @Inject
    Types types;

    public void say(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        JsonNode canonical = exchange.getVariable("canonical", JsonNode.class);
        Type type = types.find(exchange.getVariable("captured", Captured.class).type()).orElse(null);
        String name = canonical == null ? null : Refuse.name(type, null, canonical);
        List<String> faults = new ArrayList<>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonValidationException invalid && invalid.getErrors() != null) {
                for (ValidationMessage violation : invalid.getErrors()) {
                    faults.add(sentence.forViolations(type, name, List.of(violation)).sentence());
                }
            }
        }
        String all = sentence.forError(type, name, thrown, () -> Fault.of(exchange, null, thrown)).sentence();
        throw new Refused(422, all, faults.isEmpty() ? List.of(all) : faults.stream().distinct().toList());
    }
}
