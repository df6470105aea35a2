package io.orderweir.connection;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.connection.Settings.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;

/**
 * What each connection may say of an order: its own {@code may-say}, or what {@code policy/signals.yaml}, or the file of that name in
 * {@code orderweir.policy.dir}, says of its system. Who is named by neither says nothing.
 */
final class Sayings {

    private static final String BUILT_IN = "policy/signals.yaml";
    /** It takes whatever somebody signs, so nothing may be taken for granted. */
    private static final String ANYTHING = "signals";
    private static final String KIND = "[a-z][a-z-]{0,39}";
    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Map<String, List<String>> systems = new TreeMap<>();

    /** {@code directory} is that of mounted tables, or null. */
    Sayings(Path directory) {
        Path mounted = directory == null ? null : directory.resolve("signals.yaml");
        String file = mounted != null && Files.exists(mounted) ? mounted.toString() : BUILT_IN;
        try (InputStream in = file.equals(BUILT_IN) ? Sayings.class.getResourceAsStream("/" + BUILT_IN) : Files.newInputStream(mounted)) {
            JsonNode table = YAML.readTree(in);
            if (!table.isArray()) {
                throw new IllegalStateException(file + ": it is one list of rows; see the head of the built-in " + BUILT_IN);
            }
            for (JsonNode row : table) {
                if (!row.path("system").isTextual() || !row.path("says").isArray() || row.size() != 2) {
                    throw new IllegalStateException(file + ": a row has system and says, a list such as [scheduled, built], in " + row);
                }
                List<String> says = new ArrayList<>();
                row.get("says").forEach(kind -> says.add(kind.asText()));
                systems.put(row.get("system").textValue(), says);
            }
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    List<String> of(Connection connection) {
        return connection.maySay().orElse(systems.getOrDefault(connection.system(), List.of()));
    }

    /** Every kind that some system says. */
    Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        systems.values().forEach(kinds::addAll);
        return kinds;
    }

    void check(String name, Connection connection, List<String> wrong) {
        String key = "orderweir.connections." + name + ".may-say";
        if (connection.system().equals(ANYTHING) && of(connection).isEmpty()) {
            wrong.add(key + " is missing: whoever signs for " + name + " could say anything of any order, that it is paid too; list what it may say, such as " + key + "=scheduled,built");
        }
        connection.maySay().orElse(List.of()).stream().filter(kind -> !kind.matches(KIND)).forEach(kind ->
                wrong.add(key + " = " + kind + " is no kind of signal; use some of " + kinds() + ", or what opened-by and closed-by of gates.yaml name"));
    }
}
