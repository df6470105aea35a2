package io.orderweir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.mapping.MappingCheck;
import io.orderweir.mapping.SlowPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No regular expression that meets a text from outside takes more than a fixed time for each of its characters, and no such text is without an end. */
class SlowPatternsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    void everyMappingIsQuickOnEveryText() {
        Findings.none(files(".jq").stream().flatMap(file -> MappingCheck.slow(text(file)).stream().map(found -> file + ", " + found)).toList());
        Findings.found(1, "line 2", MappingCheck.slow(".a\n| gsub(\"^\\\\s+|\\\\s+$\"; \"\")"));
        Findings.found(1, "a repeat stands in a repeat", MappingCheck.slow("test(\"^([a-z]+)*$\")"));
        Findings.found(0, "", MappingCheck.slow("trim | test(\"^[0-9]{1,20}$\")"));
    }

    @Test
    void everySchemaIsQuickAndEndsEveryText() throws IOException {
        Findings.none(files("schema.json").stream().flatMap(file -> faults(file.toString(), text(file)).stream()).toList());
        Findings.found(1, "a repeat stands in a repeat", faults("x", "{\"type\":\"string\",\"maxLength\":5,\"pattern\":\"^([a-z]+-?)*$\"}"));
        Findings.found(1, "maxLength", faults("x", "{\"properties\":{\"a\":{\"type\":\"string\"}}}"));
        Findings.found(1, "maxLength", faults("x", "{\"type\":\"string\",\"pattern\":\"^a+$\"}"));
        Findings.found(1, "maxItems", faults("x", "{\"properties\":{\"a\":{\"type\":\"array\"}}}"));
        Findings.found(0, "", faults("x", "{\"type\":\"string\",\"pattern\":\"^[0-9]{1,20}$\"}"));
    }

    private static List<String> faults(String file, String schema) {
        List<String> faults = new ArrayList<>();
        try {
            look(file, "$", JSON.readTree(schema), faults);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return faults;
    }

    private static void look(String file, String path, JsonNode schema, List<String> faults) {
        JsonNode pattern = schema.path("pattern");
        if (pattern.isTextual()) {
            SlowPattern.why(pattern.textValue(), false).ifPresent(why -> faults.add(file + " " + path + ": the pattern " + pattern + " may take for ever: " + why));
        }
        if (schema.path("type").asText().equals("string") && !schema.has("maxLength") && !counted(pattern.asText())) {
            faults.add(file + " " + path + ": a text has no end here; give it a maxLength, or count the repeats of its pattern");
        }
        // the lines of an order are counted when it is planned, where the hold has a sentence of its own
        if (schema.path("type").asText().equals("array") && !schema.has("maxItems") && !path.equals("$.properties.lineItems")) {
            faults.add(file + " " + path + ": a list has no end here; give it a maxItems");
        }
        schema.fields().forEachRemaining(member -> look(file, path + "." + member.getKey(), member.getValue(), faults));
    }

    private static boolean counted(String pattern) {
        String plain = pattern.replaceAll("\\[[^]]*]", "c");
        return plain.startsWith("^") && plain.endsWith("$") && !plain.contains("*") && !plain.contains("+");
    }

    private static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
