package io.orderweir.ledger;

import io.orderweir.type.Kind;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Says what the engine does with a captured event: routes go by the kind of its type. */
@ApplicationScoped
@Named("eventType")
@RegisterForReflection
public class EventType {

    private final Types types;

    /** For the client proxy only. */
    protected EventType() {
        this(null);
    }

    @Inject
    public EventType(Types types) {
        this.types = types;
    }

    /** In: variable captured. Out: variable typeKind (order, record or signal; null where nobody declared its type). */
    public void tell(Exchange exchange) {
        exchange.setVariable("typeKind", of(exchange).map(type -> type.kind().word()).orElse(null));
    }

    /** In: variable captured. */
    public boolean isOrder(Exchange exchange) {
        return of(exchange).filter(type -> type.kind() == Kind.ORDER).isPresent();
    }

    /** In: variable captured, of a type that is declared. Out: variable note. */
    public void note(Exchange exchange) {
        Type type = of(exchange).orElseThrow();
        exchange.setVariable("note", type.kind() == Kind.SIGNAL ? "waits to be heard" : "news of " + type.one());
    }

    private Optional<Type> of(Exchange exchange) {
        return types.find(exchange.getVariable("captured", Captured.class).type());
    }
}
