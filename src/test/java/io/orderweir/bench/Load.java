package io.orderweir.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Plays a store that sends signed orders over keep-alive connections, from one thread, so that the sender costs little.
 * Everything is signed before the clock starts; only the digits of the webhook id change per request.
 * Arguments: port, path, secret, connections, seconds to warm up, seconds to measure, orders per second (0: as fast as answered).
 */
public final class Load {

    private static final int BODY = 6 * 1024;
    private static final int MOST = 4_000_000;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END_OF_CHUNKS = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Selector selector = Selector.open();
    private final Deque<Line> idle = new ArrayDeque<>();
    private final long[] micros = new long[MOST];
    private boolean measured;
    private int kept;
    private int answered;
    private int refused;
    private long sent;

    private Load() throws IOException {
    }

    public static void main(String[] args) throws Exception {
        new Load().run(Integer.parseInt(args[0]), args[1], args[2], Integer.parseInt(args[3]),
                Integer.parseInt(args[4]), Integer.parseInt(args[5]), Double.parseDouble(args[6]));
    }

    private void run(int port, String path, String secret, int connections, int warmUp, int seconds, double rate) throws Exception {
        for (int i = 0; i < connections; i++) {
            idle.add(new Line(port, request(path, secret, i)));
        }
        send(connections, warmUp, rate);
        measured = true;
        long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
        double took = send(connections, seconds, rate);
        cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() - cpu;
        int count = kept;
        Arrays.sort(micros, 0, count);
        System.out.printf(Locale.ROOT, "{\"perSecond\":%.0f,\"p50Ms\":%.2f,\"p99Ms\":%.2f,\"maxMs\":%.2f,\"refused\":%d,\"sent\":%d,\"senderCores\":%.2f}%n",
                count / took, quantile(count, 0.5), quantile(count, 0.99), quantile(count, 1), refused, answered, cpu / 1e9 / took);
    }

    /** Sends for so many seconds, waits for the last answer and returns the seconds it took. */
    private double send(int connections, int seconds, double rate) throws IOException {
        long first = sent;
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        for (long now = start; now < end || idle.size() < connections; now = System.nanoTime()) {
            while (now < end && !idle.isEmpty() && (rate == 0 || due(start, sent - first, rate) <= now)) {
                // a paced order counts from the moment it was due, so that waiting for a free connection is not hidden
                idle.poll().send(rate == 0 ? System.nanoTime() : due(start, sent - first, rate), sent++);
            }
            if (rate > 0 && !idle.isEmpty() && now < end) {
                selector.select(this::answer, 1);
            } else {
                selector.select(this::answer);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static long due(long start, long number, double rate) {
        return start + (long) (number * 1e9 / rate);
    }

    private double quantile(int count, double q) {
        return micros[Math.max(0, (int) Math.ceil(count * q) - 1)] / 1000.0;
    }

    private void answer(SelectionKey key) {
        Line line = (Line) key.attachment();
        try {
            if (line.answered()) {
                if (measured) {
                    micros[kept++] = (System.nanoTime() - line.since) / 1000;
                }
                answered++;
                refused += line.accepted() ? 0 : 1;
                idle.add(line);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The server closed a connection", e);
        }
    }

    private static byte[] request(String path, String secret, int number) throws GeneralSecurityException {
        String head = "{\"id\":" + (5_324_830_114_000L + number) + ",\"name\":\"#" + number + "\",\"note\":\"";
        byte[] body = (head + "x".repeat(BODY - head.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] head2 = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nX-Shopify-Topic: orders/create\r\nX-Shopify-Triggered-At: 2026-11-27T00:00:00.000000Z\r\nX-Shopify-Shop-Domain: example.myshopify.com"
                + "\r\nX-Shopify-Hmac-Sha256: " + Base64.getEncoder().encodeToString(mac.doFinal(body))
                + "\r\nX-Shopify-Webhook-Id: " + Line.BLANK_ID + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head2, head2.length + body.length);
        System.arraycopy(body, 0, all, head2.length, body.length);
        return all;
    }

    /** One keep-alive connection with at most one request under way. */
    private final class Line {
        static final String BLANK_ID = "000000000000";
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer response = ByteBuffer.allocate(8192);
        private final int idEnd;
        private long since;

        Line(int port, byte[] bytes) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            request = ByteBuffer.wrap(bytes);
            idEnd = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        }

        void send(long at, long number) throws IOException {
            since = at;
            for (int i = idEnd - 1; i >= idEnd - BLANK_ID.length(); i--, number /= 10) {
                request.put(i, (byte) ('0' + number % 10));
            }
            request.rewind();
            response.clear();
            while (request.hasRemaining()) {
                // the socket's buffer holds more than one order, so this does not spin
                channel.write(request);
            }
        }

        boolean answered() throws IOException {
            if (channel.read(response) < 0) {
                throw new IOException("closed, after the answer: " + new String(response.array(), 0, response.position(), StandardCharsets.ISO_8859_1));
            }
            byte[] bytes = response.array();
            int length = response.position();
            int head = indexOf(bytes, END_OF_HEAD, length);
            if (head < 0) {
                return false;
            }
            String fields = new String(bytes, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            int at = fields.indexOf("content-length:");
            if (at < 0) {
                return endsWith(bytes, length, END_OF_CHUNKS);
            }
            int line = fields.indexOf('\r', at);
            return length - head - 4 == Integer.parseInt(fields.substring(at + 15, line < 0 ? fields.length() : line).trim());
        }

        boolean accepted() {
            return response.get(9) == '2' && response.get(10) == '0' && response.get(11) == '2';
        }

        private static int indexOf(byte[] bytes, byte[] what, int length) {
            for (int i = 0; i <= length - what.length; i++) {
                if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
                    return i;
                }
            }
            return -1;
        }

        private static boolean endsWith(byte[] bytes, int length, byte[] what) {
            return length >= what.length && Arrays.equals(bytes, length - what.length, length, what, 0, what.length);
        }
    }
}
