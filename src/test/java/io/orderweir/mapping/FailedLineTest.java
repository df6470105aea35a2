package io.orderweir.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line in which a mapping fails is the line a person looks at. */
class FailedLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private Scope functions;

    @BeforeEach
    void start() {
        camel.getRegistry().bind("trim/0", new Trim());
        camel.start();
        functions = Scope.newChildScope(((JqLanguage) camel.resolveLanguage("jq")).getRootScope());
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, functions);
        functions.addFunction("at", 2, (of, arguments, value, path, output, version) -> arguments.get(1).apply(of, value, path, output, false));
    }

    @AfterEach
    void stop() throws IOException {
        camel.close();
    }

    /** The line that ends with HERE is the one. */
    @ParameterizedTest
    @ValueSource(strings = {
        "# a comment: {\n.customer\n| .name # HERE",
        "{\n  id: .id,\n  customer: .customer.name, # HERE\n  b: 1.5\n}",
        "{\n  lines: [.lines[]\n    | {sku,\n       price: (.price | tonumber), # HERE\n       if: 1}]\n}",
        "def name(of):\n  of\n  | .name; # HERE\n{\n  a: \"the \\(1 + 1) # no comment\",\n  c: name(.customer)\n}",
        "if .id == 7\nthen {a: 1}\n  | .a\n  | .b # HERE\nelse 2 end",
        ".lines as [$first, $second]\n| reduce .lines[] as {price: $p} (0;\n  . + $p) # HERE",
        ".customer as $c\n| {\n  \"a b\": ($c | tostring),\n  (\"c\" + \"d\"): $c.name, # HERE\n  e: .lines[0:1]\n}",
        "(.lines | map(.sku)) as $skus\n| [.lines[]\n  | .price * 2 # HERE\n]",
        "try error(\"caught\") catch .\n| first(range(1000000000; 0; -1))\n| .name # HERE",
        "{a: [.lines[] | try (.price | tonumber) catch \"none\"],\n b: (.lines[0].price\n    | tonumber) # HERE\n}",
    })
    void theLineOfTheSmallestPartThatFailsIsFound(String mapping) throws IOException {
        // Given a number where a customer was expected, and a price that is none
        JsonNode order = JSON.readTree("{\"id\":7,\"customer\":12,\"lines\":[{\"sku\":\"A\",\"price\":\"ten\"},{\"sku\":\"B\",\"price\":{}}]}");
        JsonQueryException thrown = assertThrows(JsonQueryException.class, () -> run(mapping, order));
        int expected = (int) mapping.substring(0, mapping.indexOf("HERE")).chars().filter(c -> c == '\n').count() + 1;
        // When, Then
        assertEquals(OptionalInt.of(expected), FailedLine.of(exchange(), mapping, order, FailedLine.words(thrown)), () -> WatchedText.of("at", mapping));
    }

    @Test
    void jqsOwnWordsAreFound() {
        JsonQueryException thrown = assertThrows(JsonQueryException.class, () -> run(".customer.name", JSON.readTree("{\"customer\":12}")));
        assertEquals("Cannot index number with string \"name\"", FailedLine.words(new IllegalStateException(new JsonQueryException(thrown))));
        assertEquals(null, FailedLine.words(new IllegalStateException()));
    }

    @Test
    void watchedMappingsMakeTheSameOfTheSame() throws IOException {
        // Given all mappings that are built in, and what they are tried with
        List<String> different = new ArrayList<>();
        List<Path> payloads = files(Path.of("src/test/resources/payloads"), ".json");
        int tried = 0;
        for (Path mapping : files(Path.of("src/main/resources/connectors"), ".jq")) {
            String text = Files.readString(mapping);
            JsonQuery plain = JsonQuery.compile(text, Versions.JQ_1_7);
            JsonQuery watched = JsonQuery.compile(WatchedText.of("at", text), Versions.JQ_1_7);
            String system = mapping.getParent().getFileName().toString();
            for (Path envelope : payloads) {
                if (!envelope.getName(4).toString().startsWith(system)) {
                    continue;
                }
                JsonNode in = JSON.readTree(Files.readString(envelope));
                String made = made(plain, in);
                String again = made(watched, in);
                tried++;
                if (!made.equals(again)) {
                    different.add(mapping + " of " + envelope + ": " + made + " and then " + again);
                }
            }
        }
        // Then
        assertEquals(List.of(), different.stream().limit(3).toList());
        assertEquals(true, tried > 100, "too few were tried");
    }

    private String made(JsonQuery mapping, JsonNode in) {
        try {
            return run(mapping, in).toString();
        } catch (JsonQueryException refused) {
            return "refused: " + FailedLine.words(refused);
        }
    }

    private List<JsonNode> run(String text, JsonNode in) throws JsonQueryException {
        return run(JsonQuery.compile(text, Versions.JQ_1_7), in);
    }

    private List<JsonNode> run(JsonQuery mapping, JsonNode in) throws JsonQueryException {
        List<JsonNode> made = new ArrayList<>();
        mapping.apply(Scope.newChildScope(functions), in, made::add);
        return made;
    }

    private Exchange exchange() {
        return new DefaultExchange(camel);
    }

    private static List<Path> files(Path folder, String end) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
