package io.orderweir.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.orderweir.process.Stranger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that greets whoever comes in over a doorstep for three of one address. */
@Timeout(30)
class DoorstepTest {

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final int port = ((InetSocketAddress) new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
            .handler(new Doorstep(3, Duration.ofSeconds(1))).childHandler(new Greeting()).bind("127.0.0.1", 0).syncUninterruptibly().channel().localAddress()).getPort();

    @AfterEach
    void stop() {
        loops.shutdownGracefully();
    }

    @Test
    void threeOfOneAddressComeInAndAnotherAddressDoes() throws IOException {
        try (Stranger one = from("127.0.0.2"); Stranger other = from("127.0.0.3")) {
            // When
            List<Socket> came = IntStream.range(0, 5).mapToObj(i -> one.begins("")).toList();
            // Then those who came in are greeted until their time for saying something is over, and the others turned away
            assertEquals("", Stranger.answer(came.get(3)));
            assertEquals("", Stranger.answer(came.get(4)));
            assertEquals("hello", Stranger.answer(other.begins("")));
            assertEquals("hello", Stranger.answer(came.get(0)));
            // and who has gone leaves her place
            Awaitility.await().until(() -> Stranger.answer(one.begins("")).equals("hello"));
        }
    }

    private Stranger from(String address) {
        return new Stranger(address, "http://127.0.0.1:" + port);
    }

    private static final class Greeting extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel connection) {
            connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext context) {
                    context.writeAndFlush(context.alloc().buffer().writeBytes("hello".getBytes()));
                }
            });
        }
    }
}
