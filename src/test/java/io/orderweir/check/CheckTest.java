package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.check.Mistakes.Mistake;
import io.orderweir.connector.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What an integrator gets wrong is told in one line: the file, the line of it, what stands there and the way out. */
class CheckTest {

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

    @TestFactory
    Stream<DynamicTest> everyMistakeIsToldInOneLine() {
        return Mistakes.ALL.stream().map(mistake -> DynamicTest.dynamicTest(mistake.name(), () -> isToldInOneLine(mistake)));
    }

    private void isToldInOneLine(Mistake mistake) {
        // Given a folder that is right but for one thing
        Mounted mounted = new Mounted(directory.resolve(mistake.name().replace(' ', '-')));
        mistake.made().accept(mounted);
        // When
        List<Fault> faults = Check.with(mounted.keys()).faults();
        // Then
        assertEquals(1, faults.size(), faults.toString());
        Fault fault = faults.get(0);
        assertEquals(mistake.says(), Mounted.general(fault.says(), mounted));
        if (!mistake.file().isEmpty()) {
            assertEquals(mounted.path(mistake.file()).toString(), fault.file());
        }
        String line = fault.line() == 0 ? "" : Mounted.read(mounted.path(mistake.file())).split("\\R", -1)[fault.line() - 1].strip();
        assertTrue(line.startsWith(mistake.at()) && (line.isEmpty() || !mistake.at().isEmpty()), fault + " names the line " + line);
    }

    @Test
    void aFolderThatIsRightIsToldInOneLine() {
        // Given a connector with ports, and one with a door
        Mounted mounted = new Mounted(directory).copy("stripe", "payco").instead("payco/door.camel.yaml", "/capture/stripe/", "/capture/payco/");
        // When, Then
        assertEquals(List.of("check: 2 files with 10 routes, 0 connections: nothing is wrong", "0"), said(mounted.connectors.toString()));
    }

    @Test
    void whatAVendorEndsIsListedForWhoUsesIt() {
        // Given a store that is called with no version of its own
        Map<String, String> keys = new TreeMap<>(new Mounted(directory).keys());
        keys.putAll(Map.of("orderweir.connections.us.system", "shopify", "orderweir.connections.us.url", "http://127.0.0.1:9", "orderweir.connections.us.credentials.token", "t"));
        // When
        List<End> ends = Check.with(keys).ends().get("us");
        // Then
        assertEquals(1, ends.size(), ends.toString());
        LocalDate day = ends.get(0).on();
        assertTrue(ends.get(0).said(day.minusDays(1)).startsWith("API version 2026-04 ends on 2027-04-01: "), ends.toString());
        assertTrue(ends.get(0).said(day).startsWith("API version 2026-04 ended on 2027-04-01: "), ends.toString());
    }

    @Test
    void aFolderOfOneConnectorIsNoDirectoryOfConnectors() {
        Mounted mounted = new Mounted(directory);
        List<String> said = said(mounted.path("acme").toString());
        assertEquals(List.of("complaints.yaml", "connector.yaml", "fulfilment.out.jq", "routes.camel.yaml"), said.stream().filter(line -> line.contains(": nobody reads it here: "))
                .map(line -> line.replaceFirst(": .*", "").replaceFirst(".*/", "")).toList());
        assertEquals("1", said.get(said.size() - 1));
    }

    @Test
    void whatKubernetesKeepsBesideAMountedFileIsNotReadTwice() throws IOException {
        // Given a ConfigMap: links to the files of its newest version
        Mounted mounted = new Mounted(directory);
        Path version = Files.createDirectories(mounted.connectors.resolve("acme/..2026_11_29"));
        Path routes = mounted.path(Mistakes.ROUTES);
        Files.move(routes, version.resolve("routes.camel.yaml"));
        Files.createSymbolicLink(mounted.connectors.resolve("acme/..data"), version);
        Files.createSymbolicLink(routes, version.resolve("routes.camel.yaml"));
        // When, Then
        assertEquals(List.of("check: 1 files with 6 routes, 0 connections: nothing is wrong", "0"), said(mounted.connectors.toString()));
    }

    @Test
    void aPolicyAloneIsHeldAgainstTheBuiltInConnectors() {
        Mounted mounted = new Mounted(directory).instead(Mistakes.FLOWS, "connection: acme", "connection: wms").instead(Mistakes.FLOWS, "port: drawing", "port: drwing");
        List<String> said = said("--policy", mounted.policy.toString());
        assertTrue(said.get(0).matches(mounted.policy + "/flows.yaml:\\d+: no connector has the port 'drwing', so nobody is ever asked; correct it, or take the row out, in .*"), said.get(0));
        assertEquals(List.of("check: no connectors are mounted, 0 connections: 1 fault", "1"), said.subList(1, said.size()));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceByFileAndLine() {
        // Given mistakes of every kind in one folder
        Mounted mounted = new Mounted(directory).copy("slack", "chat")
                .instead(Mistakes.ROUTES, "name: path", "nam: path")
                .instead(Mistakes.ROUTES, "        - to: direct:call\n", "        - to: direct:cal\n        - to: direkt:call\n")
                .instead("acme/fulfilment.out.jq", "| known", "| | known")
                .instead("chat/routes.camel.yaml", "direct:call\n", "direct:cll\n")
                .instead(Mistakes.FLOWS, "port: fulfilment", "prot: fulfilment");
        // When
        List<String> said = said(mounted.connectors.toString(), "--policy", mounted.policy.toString());
        // Then
        List<String> files = said.stream().filter(line -> line.startsWith(directory.toString())).map(line -> line.substring(directory.toString().length() + 1).replaceFirst("(:\\d+).*", "$1")).toList();
        assertEquals(List.of("acme/fulfilment.out.jq", "acme/routes.camel.yaml", "acme/routes.camel.yaml", "acme/routes.camel.yaml", "chat/routes.camel.yaml", "flows.yaml"),
                files.stream().map(file -> file.replaceFirst("^(connectors|policy)/", "").replaceFirst(":\\d+$", "")).toList(), said.toString());
        assertEquals(said.size() - 1, files.size() + 1, "and the summary: " + said);
        assertEquals("1", said.get(said.size() - 1));
    }

    @Test
    void aWrongRecordingIsToldByTheCommandAndRefusesNoStart() {
        // Given a key that is none, a port that is none, an answer that nobody asks for, half a file, a setting that is none, and no JSON
        Mounted mounted = new Mounted(directory).copy("slack", "chat")
                .instead("acme/fixtures/fulfilment.yaml", "    does: makes\n", "    does: makes\n    twice: no\n")
                .file("acme/fixtures/fulfillment.yaml", "calls: {}\n# end\n")
                .file("acme/fixtures/account.yaml", "settings:\n  lager: north\n# end\n")
                .file("chat/fixtures/account.yaml", "credentials: {}\n")
                .file("chat/fixtures/message.yaml", "calls:\n  post:\n    does: makes\n    asks: { method: POST, path: /x }\n    answers: { sucess: {} }\nanswers: {}\n# end\n");
        // When
        List<String> said = said(mounted.connectors.toString());
        // Then
        assertEquals(7, said.size(), said.toString());
        assertEquals(List.of("acme/fixtures/account.yaml:2: connector.yaml lists no setting 'lager'; there are [token-url]",
                "acme/fixtures/fulfillment.yaml: there is no port of this name, so it is read for nothing; give it the name of a port [fulfilment], account.yaml or door.yaml"),
                said.subList(0, 2).stream().map(line -> line.replace(mounted.connectors + "/", "")).toList());
        assertTrue(said.get(2).matches(".*/fulfilment.yaml:\\d+: 'twice' is not a key; there are \\[answers, asks, .*"), said.get(2));
        assertTrue(said.get(3).endsWith("chat/fixtures/account.yaml:1: it does not end in the line '# end', so it may be the first half of a file; save it whole, or write that line at its end"), said.get(3));
        assertTrue(said.get(4).matches(".*/message.yaml:\\d+: 'sucess' is no answer that is asked for here; there are \\[absent, .*"), said.get(4));
        assertEquals("1", said.get(6));
        // and nothing that runs reads them
        assertEquals(List.of(), Check.with(mounted.keys()).faults());
    }

    @Test
    void whatIsNoCommandIsSaidWithTheCommand() {
        assertEquals(List.of("check: '--polcy' is not understood; write check [<directory of connectors>] [--policy <directory>] [--types <directory>]", "2"), said("--polcy", "x"));
        assertEquals(List.of(directory + ": it holds no folder, and each folder in it would be a connector", "check: no connectors are mounted, 0 connections: 1 fault", "1"), said(directory.toString()));
        assertEquals(List.of("configuration: orderweir.connectors.dir = " + directory + "/none is no directory; mount it, correct the path, or remove the key",
                "check: no connectors are mounted, 0 connections: 1 fault", "1"), said(directory + "/none"));
    }

    /** The base of an installation mounts an empty volume, for connectors to come. */
    @Test
    void anEmptyDirectoryRefusesNoStart() {
        assertEquals(List.of(), Check.with(Map.of("orderweir.connectors.dir", directory.toString())).faults());
    }

    /** Whatever a file loses after a line, it is refused: its last line is the one that says that it is whole. */
    @Test
    void aFileThatWasCutIsNeverTakenForAWholeOne() throws IOException {
        int cuts = 0;
        for (Path file : builtIn()) {
            String[] lines = Mounted.read(file).split("(?<=\\n)");
            for (int kept = 0; kept < lines.length; kept++) {
                Faults faults = new Faults();
                String cut = String.join("", List.of(lines).subList(0, kept));
                Whole.look(new RouteText(file.toString(), cut), faults);
                assertTrue(faults.anyOf(file.toString()) || cut.isBlank(), () -> file + " is taken for a whole one:\n" + cut);
                cuts++;
            }
            Faults none = new Faults();
            Whole.look(RouteText.of(file), none);
            assertEquals(List.of(), none.all());
        }
        assertTrue(cuts > 3000, cuts + " cuts");
    }

    /** The same through the whole look, with the other files beside it: routes, mapping and table. */
    @Test
    void aCutFileIsNamedWhereverItWasCut() {
        for (String file : List.of(Mistakes.ROUTES, "acme/fulfilment.out.jq", Mistakes.FLOWS)) {
            Mounted mounted = new Mounted(directory);
            String[] lines = Mounted.read(mounted.path(file)).split("(?<=\\n)");
            for (int kept = lines.length - 1; kept >= 0; kept -= 7) {
                mounted.file(file, String.join("", List.of(lines).subList(0, kept)));
                List<Fault> faults = Check.with(mounted.keys()).faults();
                int after = kept;
                assertTrue(faults.stream().anyMatch(fault -> fault.file().equals(mounted.path(file).toString())), () -> file + " cut after line " + after + ": " + faults);
            }
        }
    }

    /** What a connector needs is missed also where somebody wrote the last line under the first half. */
    @Test
    void aConnectorThatLostARouteIsToldWhichOne() {
        // Given the routes in their order, each file one route shorter
        Mounted mounted = new Mounted(directory);
        String whole = Mounted.read(mounted.path(Mistakes.ROUTES));
        for (int end = whole.lastIndexOf("\n- route:"); end > whole.indexOf("\n- route:"); end = whole.lastIndexOf("\n- route:", end - 1)) {
            mounted.file(Mistakes.ROUTES, whole.substring(0, end) + "\n# end\n");
            // When, Then
            String left = whole.substring(0, end);
            List<Fault> faults = Check.with(mounted.keys()).faults();
            assertTrue(faults.stream().anyMatch(fault -> fault.says().contains("direct:acme.")), () -> left + faults);
        }
    }

    private static List<Path> builtIn() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(Mounted.RESOURCES.resolve("policy")), Files.walk(Mounted.RESOURCES.resolve("connectors")))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The lines that the command prints, and its exit code. */
    private static List<String> said(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new Command(new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(arguments));
        return Stream.concat(out.toString(StandardCharsets.UTF_8).lines(), Stream.of(String.valueOf(code))).toList();
    }
}
