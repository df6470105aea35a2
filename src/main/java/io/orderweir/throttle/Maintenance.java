package io.orderweir.throttle;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.List;

/** Says whether a connection is in the hours in which nothing is sent to it. */
@RegisterForReflection
@ApplicationScoped
@Named("maintenance")
public class Maintenance {

    private final Clock clock;

    @Inject
    Connections connections;

    public Maintenance() {
        this(Clock.systemUTC());
    }

    Maintenance(Clock clock) {
        this.clock = clock;
    }

    public boolean during(String connection) {
        Connection account = connections.connection(connection);
        return account.maintenance().orElse(List.of()).stream().anyMatch(hours -> hours.hold(clock.instant().atZone(account.zone())));
    }
}
