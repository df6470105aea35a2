package io.orderweir.arrival;

import io.netty.bootstrap.ServerBootstrap;
import io.quarkus.arc.Arc;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;

/** Puts the {@link Doorstep} before the HTTP server: Vert.x has no other place where a connection can be turned away before it has sent a request. */
public final class DoorstepTransport extends JDKTransport implements VertxServiceProvider {

    @Override
    public void init(VertxBuilder builder) {
        if (builder.findTransport() instanceof JDKTransport) {
            builder.findTransport(this);
        }
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap server) {
        super.configure(options, domainSocket, server);
        // a Vert.x outside the application has no doorstep
        if (Arc.container() != null) {
            server.handler(Arc.container().instance(Arrivals.class).get().doorstep());
        }
    }
}
