package io.orderweir.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An HTTP server that is not ours: the one that comes with a language, as src/test/resources/servers has it. */
public final class PlainServer implements AutoCloseable {

    private final Child child;
    private final int port = Engine.freePort();

    private PlainServer(String program, String script) {
        Path folder = Folders.of("servers");
        Path log = folder.resolve(script + ".log");
        child = Child.start(List.of(program, Path.of("src", "test", "resources", "servers", script).toAbsolutePath().toString(), Integer.toString(port)), Map.of(), folder, log,
                ProcessBuilder.Redirect.appendTo(log.toFile()));
        child.await(this::listens, Duration.ofSeconds(30));
    }

    public static PlainServer node(String script) {
        return new PlainServer("node", script);
    }

    public static PlainServer python(String script) {
        return new PlainServer("python3", script);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public JsonNode report() throws IOException {
        return new ObjectMapper().readTree(Api.at(url()).get("/report").asString());
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (ConnectException notYet) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.process().destroy();
    }
}
