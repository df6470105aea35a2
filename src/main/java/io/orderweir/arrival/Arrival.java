package io.orderweir.arrival;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection. What comes first are the headers of a request, whole, within a time; so it is again after each answer, from the first byte on.
 * A connection that says nothing between two requests is not its concern.
 */
final class Arrival extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<Arrival> KEY = AttributeKey.valueOf(Arrival.class, "arrival");

    private final Duration within;
    private ChannelHandlerContext channel;
    private ScheduledFuture<?> deadline;
    private boolean served;

    Arrival(Duration within) {
        this.within = within;
    }

    /** Of a connection that came in through the {@link Doorstep}; null for any other. */
    static Arrival of(Channel channel) {
        return channel.attr(KEY).get();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context;
        context.channel().attr(KEY).set(this);
        if (context.channel().isActive()) {
            await();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        await();
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        await();
        super.channelRead(context, bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        served = true;
        arrived();
        super.channelInactive(context);
    }

    /** The headers are there, and the request is being served. */
    void begins() {
        inLoop(() -> {
            served = true;
            arrived();
        });
    }

    /** It was answered; what comes now is the next request, or the rest of a body that nobody reads. */
    void ends() {
        inLoop(() -> served = false);
    }

    private void await() {
        if (!served && deadline == null) {
            deadline = channel.executor().schedule(() -> {
                channel.close();
            }, within.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void arrived() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void inLoop(Runnable change) {
        if (channel.executor().inEventLoop()) {
            change.run();
        } else {
            channel.executor().execute(change);
        }
    }
}
