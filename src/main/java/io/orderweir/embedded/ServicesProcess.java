package io.orderweir.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The child process with database and broker, seen from the launcher: it lives while its standard input is open. */
final class ServicesProcess {
    private static final long STOP_SECONDS = 60;

    private final Process process;
    private ServiceAddresses addresses;

    ServicesProcess(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // meant for the application: a debugger's port fits only one
        process = builder.start();
    }

    /** The addresses, or nothing when the services ended before they had any. */
    Optional<ServiceAddresses> awaitAddresses() throws IOException {
        BufferedReader words = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = words.readLine(); line != null; line = words.readLine()) {
            Optional<ServiceAddresses> found = ServiceAddresses.parse(line);
            if (found.isPresent()) {
                addresses = found.get();
                return found;
            }
        }
        return Optional.empty();
    }

    /** Tells the services whom to stop before themselves, should the launcher be killed. */
    void guard(Process application) throws IOException {
        OutputStream words = process.getOutputStream();
        words.write(("application " + application.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        words.flush();
    }

    Process process() {
        return process;
    }

    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        // after a killed services process its database is still there; without sessions it stops at the word
        if (addresses != null) {
            ProcessHandle.of(addresses.postgresPid()).ifPresent(ProcessHandle::destroy);
        }
    }
}
