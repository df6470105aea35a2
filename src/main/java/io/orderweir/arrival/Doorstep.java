package io.orderweir.arrival;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where connections come in, before a byte of them is read: so many from one address, and none that never says what it wants. */
@Sharable
final class Doorstep extends ChannelInboundHandlerAdapter {

    private final int most;
    private final Duration within;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();

    Doorstep(int most, Duration within) {
        this.most = most;
        this.within = within;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel connection = (Channel) accepted;
        if (connection.remoteAddress() instanceof InetSocketAddress remote) {
            InetAddress address = remote.getAddress();
            if (open.merge(address, 1, Integer::sum) > most) {
                left(address);
                connection.unsafe().closeForcibly();
                return;
            }
            connection.closeFuture().addListener(closed -> left(address));
        }
        connection.pipeline().addFirst(new Arrival(within));
        context.fireChannelRead(connection);
    }

    private void left(InetAddress address) {
        open.computeIfPresent(address, (who, connections) -> connections == 1 ? null : connections - 1);
    }
}
