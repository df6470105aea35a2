package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command test: a table of laws, and a code by which a build knows whether they are kept. */
class TestCommandTest {

    /** What tells the processes of tests apart, and is no key of the engine's. */
    private static final String FORK = "orderweir.fork";
    private static String fork;

    @TempDir
    Path directory;

    @BeforeAll
    static void isNoTest() {
        fork = System.clearProperty(FORK);
    }

    @AfterAll
    static void isATest() {
        if (fork != null) {
            System.setProperty(FORK, fork);
        }
    }

    private record Ended(int code, List<String> said) {
    }

    @Test
    void aConnectorThatKeepsItsLawsEndsWithNought() {
        // Given the warehouse's connector and its fixtures under another name, and one of messages
        Mounted mounted = new Mounted(directory).copy("slack", "chat");
        // When
        Ended test = test(mounted.connectors.toString(), "--policy", mounted.policy.toString());
        // Then
        assertEquals(0, test.code(), test.said().toString());
        assertTrue(test.said().contains("acme  fulfilment  commit-then-silence  green"), test.said().toString());
        assertTrue(test.said().contains("chat  message     over-long            not of this connector: field-limits of connector.yaml has no row too-long for it"), test.said().toString());
        assertTrue(test.said().get(test.said().size() - 1).matches("test: 2 connectors: \\d+ green, 0 red, \\d+ not of this connector, 0 not tried"), test.said().toString());
    }

    @Test
    void aBrokenLawEndsWithOneAndSaysWhereItIsMended() {
        // Given a duplicate that is held
        Mounted mounted = new Mounted(directory).instead(Mistakes.ROUTES, "${variable.status} == 409", "${variable.status} == 410");
        // When
        Ended test = test(mounted.connectors.toString());
        // Then
        assertEquals(1, test.code(), test.said().toString());
        List<String> red = test.said().stream().filter(line -> line.contains(" red: ")).toList();
        assertEquals(1, red.size(), red.toString());
        assertTrue(red.get(0).startsWith("acme  fulfilment  doubled-create       red: it ended held, not delivered: the last call was hold ('Order #1201: the warehouse already has a request under this reference."), red.toString());
        String wayOut = test.said().get(test.said().indexOf(red.get(0)) + 1).strip();
        assertEquals(mounted.path(Mistakes.ROUTES) + ": make what the vendor says to a second one of the same reference unsure, or done with the id that it names", wayOut);
    }

    @Test
    void whatTheCheckFindsIsToldFirstAndNoLawIsTried() {
        Mounted mounted = new Mounted(directory).instead(Mistakes.ROUTES, "setVariable:", "setVarible:");
        Ended test = test(mounted.connectors.toString());
        assertEquals(1, test.code());
        assertTrue(test.said().get(0).contains("'setVarible' is no step and no option that Camel knows"), test.said().toString());
        assertEquals(List.of("test: 1 fault of the check; no law is tried before they are mended"), test.said().subList(1, test.said().size()));
    }

    @Test
    void whatAnAccountDemandsBeyondItsSystemIsTriedWithItsPolicy() {
        // Given a mounted table that holds every order for its city
        Mounted mounted = new Mounted(directory).file("policy/limits.yaml", "- { system: acme, port: fulfilment, path: shippingAddress.city, says: too-long, max: 5 }\n# end\n");
        // When, Then the text that fits by the descriptor does not fit
        Ended test = test(mounted.connectors.toString(), "--policy", mounted.policy.toString());
        assertEquals(1, test.code(), test.said().toString());
        assertEquals(List.of("acme  fulfilment  over-long            red: shippingAddress.city with 50 characters is held, and it should fit"), test.said().stream().filter(line -> line.contains(" red: ")).toList());
    }

    @Test
    void whatIsNotUnderstoodEndsWithTwo() {
        assertEquals(new Ended(2, List.of("test: '--polcy' is not understood; write test [<directory of connectors>] [--policy <directory>] [--types <directory>]")), test("--polcy", "x"));
        assertEquals(new Ended(2, List.of("test: no directory of connectors is named, and orderweir.connectors.dir is not set; write test <directory of connectors>")), test());
    }

    private static Ended test(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new TestCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).run(Stream.of(arguments).toList());
        return new Ended(code, out.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
