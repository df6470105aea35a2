package io.orderweir.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A target that answers with headers exactly as a test writes them, in any capitals and as often as it says, which no HTTP server of a library would do.
 * It keeps connections open, and says so.
 */
public final class LoudTarget implements AutoCloseable {

    /** What it says to a request; headers are whole lines. */
    public record Answer(int status, List<String> headers, String body) implements Speech {

        @Override
        public boolean speak(OutputStream out) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " As asked\r\nConnection: keep-alive\r\n");
            if (status != 204) {
                head.append("Content-Length: ").append(bytes.length).append("\r\n");
            }
            headers.forEach(header -> head.append(header).append("\r\n"));
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
            return true;
        }
    }

    /** Anything it may do instead: bytes as they are written, at any pace. */
    public interface Speech {
        /** Whether the connection stays open for the next request. */
        boolean speak(OutputStream out) throws IOException;
    }

    /** What it was asked: {@code PUT /orders/1}, and the lines of the headers. */
    public record Request(String asked, List<String> headers) {
    }

    private final ServerSocket door;
    /** Each request it had: method and path. */
    public final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger callers = new AtomicInteger();
    private final Function<Request, Speech> answers;

    private LoudTarget(ServerSocket door, Function<Request, Speech> answers) {
        this.door = door;
        this.answers = answers;
    }

    /** Answers a request, such as {@code PUT /orders/1}, as the function says. */
    public static LoudTarget that(Function<String, Answer> answers) {
        return speaking(request -> answers.apply(request.asked()));
    }

    /** Does to a request what the function says. */
    public static LoudTarget speaking(Function<Request, Speech> answers) {
        try {
            LoudTarget target = new LoudTarget(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
            daemon(target::listen);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many requests it was busy with at most, until now. */
    public int mostAtOnce() {
        return most.get();
    }

    /** How many connections were opened to it. */
    public int callers() {
        return callers.get();
    }

    public String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    private void listen() {
        try {
            while (true) {
                Socket caller = door.accept();
                callers.incrementAndGet();
                daemon(() -> serve(caller));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket caller) {
        try (caller; InputStream in = new BufferedInputStream(caller.getInputStream())) {
            boolean stays = true;
            for (String request = line(in); stays && !request.isEmpty(); request = stays ? line(in) : "") {
                int length = 0;
                List<String> headers = new ArrayList<>();
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    headers.add(header);
                    if (header.toLowerCase().startsWith("content-length:")) {
                        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
                    }
                }
                in.readNBytes(length);
                String asked = request.substring(0, request.lastIndexOf(' '));
                requests.add(asked);
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                try {
                    stays = answers.apply(new Request(asked, headers)).speak(caller.getOutputStream());
                } finally {
                    open.decrementAndGet();
                }
            }
        } catch (IOException gone) {
            // so is the caller
        }
    }

    /** Without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "loud-target");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
