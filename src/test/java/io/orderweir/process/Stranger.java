package io.orderweir.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Somebody at an address of this machine of her own, who need not finish what she begins to send. */
public final class Stranger implements AutoCloseable {
    private final InetAddress address;
    private final URI url;
    private final List<Socket> open = new ArrayList<>();

    public Stranger(String address, String url) {
        try {
            this.address = InetAddress.getByName(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.url = URI.create(url);
    }

    /** Sends it on a connection that stays open until this is closed; whether the other side takes it is seen by its answer. */
    public Socket begins(String text) {
        try {
            Socket socket = new Socket(url.getHost(), url.getPort(), address, 0);
            synchronized (open) {
                open.add(socket);
            }
            socket.setSoTimeout(20_000);
            sends(socket, text);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sends(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException turnedAway) {
            // there is nobody to send it to
        }
    }

    /** Everything that is answered until the other side closes the connection, which it may do without a word. */
    public static String answer(Socket socket) {
        StringBuilder answer = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
                answer.append((char) c);
            }
        } catch (IOException e) {
            answer.append(e.getMessage().contains("reset") ? "" : " " + e.getMessage());
        }
        return answer.toString();
    }

    /** A form as a browser sends it; the whole answer. */
    public String posts(String path, String form) {
        try (Socket socket = begins("POST " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n" + form)) {
            return answer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        open.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
