package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does what the tutorial says, from an empty folder, sees what it says. */
class TutorialTest {

    private static final Path PAGE = Path.of("docs/howto/write-a-connector.md");
    private static final Pattern FILE = Pattern.compile("(?ms)^```(?:yaml|jq)\\n# (connectors/\\S+)\\n(.*?)^```");
    private static final Pattern SEEN = Pattern.compile("(?ms)^```text\\n(.*?)^```");
    private static final String ROUTES = "connectors/lumen/routes.camel.yaml";
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

    @Test
    void anInventedVendorIsConnectedFromAnEmptyFolder() throws IOException {
        String page = Files.readString(PAGE);
        // Given the files of the page, and no other
        Map<String, String> files = files(page);
        assertEquals(List.of("complaints.yaml", "connector.yaml", "fixtures/account.yaml", "fixtures/order.yaml", "order.out.jq", "routes.camel.yaml"),
                files.keySet().stream().map(file -> file.replace("connectors/lumen/", "")).toList());
        files.forEach(this::write);
        // When, Then both commands say what the page shows
        List<String> seen = SEEN.matcher(page).results().map(block -> block.group(1).strip()).toList();
        assertEquals(seen.get(0), said("check", 0));
        assertEquals(seen.get(1), said("test", 0));
        // and what is broken as the page says is told as it says
        write(ROUTES, files.get(ROUTES).replace("DUPLICATE", "410"));
        String[] lines = said("test", 1).split("\n");
        int red = Arrays.asList(lines).indexOf(Arrays.stream(lines).filter(line -> line.contains(" red: ")).findFirst().orElseThrow());
        assertEquals(seen.get(2), lines[red] + "\n" + lines[red + 1]);
        assertEquals(1, Arrays.stream(lines).filter(line -> line.contains(" red: ")).count());
    }

    private static Map<String, String> files(String page) {
        Map<String, String> files = new TreeMap<>();
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            files.put(file.group(1), file.group(2));
        }
        return files;
    }

    private void write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What a command says of the directory, as it would where that is in the current one. */
    private String said(String command, int code) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> arguments = List.of(directory.resolve("connectors").toString());
        int ended = command.equals("check") ? new Command(told).run(arguments) : new TestCommand(told).run(arguments);
        String said = out.toString(StandardCharsets.UTF_8).replace(directory + "/", "").strip();
        assertEquals(code, ended, said);
        return said;
    }
}
