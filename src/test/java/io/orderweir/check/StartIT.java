package io.orderweir.check;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.check.Mistakes.Mistake;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Launch;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged program refuses its start with the same line that check prints, and with little else. */
@Execution(ExecutionMode.CONCURRENT)
class StartIT {

    private record Ended(int code, List<String> said) {
    }

    /** In every build some of them, which are all told in one way; where a test may last, all. */
    @TestFactory
    Stream<DynamicTest> everyMistakeRefusesTheStartInOneLine() {
        boolean all = System.getProperty("orderweir.chaos") != null;
        return IntStream.range(0, Mistakes.ALL.size()).filter(place -> all || place % 24 == 0).mapToObj(Mistakes.ALL::get).map(mistake -> DynamicTest.dynamicTest(mistake.name(), () -> refusesTheStart(mistake)));
    }

    private static void refusesTheStart(Mistake mistake) throws Exception {
        // Given
        Path work = Folders.fresh("start-" + mistake.name().replaceAll("[^a-z]", "-"));
        Mounted mounted = new Mounted(work);
        mistake.made().accept(mounted);
        // When
        Ended start = application(work, mounted.keys());
        // Then
        assertEquals(1, start.code(), start.said().toString());
        assertEquals("Orderweir does not start: 1 fault", start.said().get(0), start.said().toString());
        assertTrue(Mounted.general(start.said().get(1), mounted).endsWith(": " + mistake.says()), start.said().toString());
        assertEquals(2, start.said().size(), start.said().toString());
    }

    @Test
    void checkSaysTheSameAndEndsWithOne() {
        // Given
        Path work = Folders.fresh("check-wrong");
        Mounted mounted = new Mounted(work).instead(Mistakes.ROUTES, "setVariable:", "setVarible:").instead(Mistakes.FLOWS, "port: drawing", "port: drwing");
        // When it is typed where the configuration lies
        try (Launch check = Launch.of(Folders.orderweir(), work, List.of(), List.of("-Dorderweir.connections.acme.system=acme"), Map.of(), "check", "connectors", "--policy", "policy")) {
            // Then
            assertEquals(1, check.exitCode(), check.said());
            assertEquals(List.of("connectors/acme/routes.camel.yaml:20:11: 'setVarible' is no step and no option that Camel knows; did you mean setVariable?",
                    "policy/flows.yaml:56: no connector has the port 'drwing', so nobody is ever asked; correct it, or take the row out, in {\"type\":\"order\",\"parts\":\"each-gated-line\","
                            + "\"class\":\"factory-built\",\"to\":\"design\",\"port\":\"drwing\",\"behind\":[\"payment\"],\"sends\":[\"name\"]}",
                    "check: 1 files with 5 routes, 1 connections: 2 faults"), check.said().lines().toList());
            assertFalse(Files.exists(work.resolve("orderweir-data")), "it needs no data");
        }
    }

    @Test
    void checkOfWhatIsRightEndsWithNought() {
        Path work = Folders.fresh("check-right");
        Mounted mounted = new Mounted(work);
        try (Launch check = Launch.of(Folders.orderweir(), work, List.of(), List.of("-Dorderweir.connections.acme.system=acme"), Map.of(), "check", mounted.connectors.toString())) {
            assertEquals(0, check.exitCode(), check.said());
            assertEquals(List.of("check: 1 files with 6 routes, 1 connections: nothing is wrong"), check.said().lines().toList());
        }
    }

    @Test
    void aKeyThatIsWrongIsNamedWithItsFileAndLine() throws Exception {
        Path work = Folders.fresh("start-key");
        Files.createDirectories(work.resolve("config"));
        Files.writeString(work.resolve("config/application.properties"), "# ours\norderweir.connections.erp.system=trytn\n");
        Ended start = application(work, Map.of());
        assertEquals("config/application.properties:2: orderweir.connections.erp.system = trytn is no system of a connector there is; use one of [business-central, design, drawings, factory, netsuite, pager, shopify, signals,"
                + " slack, smtp, stripe, twilio, wms], or mount a folder of that name with orderweir.connectors.dir", start.said().get(1), start.said().toString());
    }

    /** What is found out while it starts is a sentence, too. */
    @Test
    void aPortInUseIsToldInOneLine() throws Exception {
        Path work = Folders.fresh("start-port");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended start = application(work, Map.of("orderweir.roles", "sandbox", "quarkus.http.port", String.valueOf(taken.getLocalPort())));
            assertEquals(1, start.code());
            assertEquals(1, start.said().stream().filter(line -> line.startsWith("Orderweir does not start: Port already bound: " + taken.getLocalPort())).count(), start.said().toString());
            assertTrue(start.said().stream().noneMatch(line -> line.startsWith("\tat ")), start.said().toString());
        }
    }

    @Test
    void aFolderOfConnectorsIsReadByTheEngineAsByTheCheck() {
        // Given a door in a folder of its own
        Path work = Folders.fresh("start-mounted");
        Mounted mounted = new Mounted(work).copy("stripe", "payco").instead("payco/door.camel.yaml", "/capture/stripe/", "/capture/payco/");
        try (Engine engine = Engine.named("mounted-connectors").roles("capture").with("quarkus.datasource.active", false).with("kafka.bootstrap.servers", "127.0.0.1:1")
                .with("orderweir.connectors.dir", mounted.connectors).with("orderweir.connections.pay.system", "payco").with("orderweir.connections.pay.secrets", "a-secret-of-theirs").launch()) {
            // When, Then it asks who signs
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() ->
                    assertEquals(401, RestAssured.given().body("{}").post(engine.url() + "/capture/payco/pay").statusCode()));
        }
    }

    /** The application alone, which is what a container runs, in a folder. */
    private static Ended application(Path work, Map<String, String> keys) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        keys.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", Folders.orderweir().resolve("app/quarkus-run.jar").toString()));
        Path log = work.resolve("start.log");
        Process process = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it starts");
        return new Ended(process.exitValue(), Files.readAllLines(log));
    }
}
