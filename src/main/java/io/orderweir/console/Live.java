package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.hold.Refused;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;

/**
 * Tells a page, once a second, a text that is another one when something changed. One ticker serves all who listen, and none runs when nobody does;
 * it asks nothing while its last question is unanswered.
 */
@Path("/live")
@RolesAllowed(Role.VIEWER)
@Singleton
public class Live {

    private static final Duration BEAT = Duration.ofSeconds(1);

    @Inject
    FlowQuestions flow;

    private Multi<String> beats;

    @PostConstruct
    void share() {
        beats = Multi.createFrom().ticks().every(BEAT).onOverflow().drop()
                .emitOn(Infrastructure.getDefaultWorkerPool(), 1).map(tick -> pulse()).broadcast().withCancellationAfterLastSubscriberDeparture().toAllSubscribers();
    }

    @GET
    @Path("/flow")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> flow() {
        return beats.onOverflow().drop();
    }

    private String pulse() {
        try {
            return flow.pulse();
        } catch (Refused away) {
            return "the ledger does not answer";
        }
    }
}
