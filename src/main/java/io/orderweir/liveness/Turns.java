package io.orderweir.liveness;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/**
 * How often a route that looks for work really looks: at each tick of its timer while it finds some, at some of them when it has found none for a while.
 * An engine that has nothing to do costs little then, and one that has work looks as often as its timer says.
 */
@RegisterForReflection
@ApplicationScoped
@Named("turns")
public class Turns {

    /** So many ticks without anything are a lull. */
    private static final int LULL = 20;

    /** By route: ticks since something was found. */
    private final Map<String, Integer> ticks = new ConcurrentHashMap<>();

    /** Whether the route that asks looks at this tick; in a lull it does at one of {@code rarely}. */
    public boolean isNext(Exchange exchange, int rarely) {
        int since = ticks.merge(exchange.getFromRouteId(), 1, Integer::sum);
        return since <= LULL || since % rarely == 0;
    }

    /** Notes for {@code route} that it found the body; an empty one is nothing. */
    public void found(@Body Object body, String route) {
        if (body instanceof Collection<?> several ? !several.isEmpty() : body != null) {
            ticks.put(route, 0);
        }
    }
}
