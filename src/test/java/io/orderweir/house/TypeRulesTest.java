package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.orderweir.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A type of events is its folder: the code, the routes and the statements know kinds, and no type by its name. */
class TypeRulesTest {

    private static final Path EDITOR = Path.of("src/editor");
    private static final Path PAGE = Path.of("docs/reference/type.md");
    /** A comparison, a list or a choice by the name of a type; what an order is called in sentences and documents is another thing. */
    private static final Pattern NAMED = Pattern.compile("type(\\(\\))?\\s*(=|==|in|is|<>)\\s*\\(?'(order|product|signal)'|\\.type\\(\\)\\.equals\\(\"|\"(order|product|signal)\"\\.equals\\(|(?:List|Set)\\.of\\(\"(order|product|signal)\"(, \"\\w+\")*\\)"
            + "|captured\\.(order|product|signal)\\b|\\}\\.(order|product|signal)\\.(map|products)\\b|(schemas|types)/(order|product|signal)");
    /** Members of a command, and of a document: they are no types. */
    private static final List<String> MEMBERS = List.of("List.of(\"order\", \"line\", \"gate\", \"reason\")", "List.of(\"signal\", \"at\")");

    @Test
    void everyFolderFollowsTheSchemas() throws IOException {
        for (String type : Types.packaged().names()) {
            Path folder = RouteFile.RESOURCES.resolve("types").resolve(type);
            Findings.none(wrong("type", Files.readString(folder.resolve("type.yaml"))));
            Findings.none(wrong("words", Files.readString(folder.resolve("words.yaml"))));
        }
        Findings.found(1, "knid", wrong("type", "{ type: price, kind: record, word: price, knid: x }"));
        Findings.found(1, "expect", wrong("words", "{ amount: { word: price, expect: x } }"));
    }

    @Test
    void editorsAndTheEngineKnowTheSameKeys() throws IOException {
        Set<String> keys = new TreeSet<>();
        schema("type").path("properties").fieldNames().forEachRemaining(keys::add);
        assertEquals(new TreeSet<>(Types.KEYS), keys);
    }

    @Test
    void nothingGoesByTheNameOfAType() {
        List<String> found = new ArrayList<>();
        Stream.concat(Stream.concat(SourceFiles.java().stream(), files("db/functions")), Stream.concat(files("sql"), files("routes"))).filter(file -> !file.toString().contains("/sandbox/"))
                .forEach(file -> found.addAll(named(file.toString(), RouteFile.read(file))));
        Findings.none(found);
        Findings.found(1, "type = 'order'", named("a.sql", "select * from orderweir.entity where type = 'order'"));
        Findings.found(1, "type == 'product'", named("a.yaml", "- simple: ${body.type} == 'product'".replace("}", "")));
        Findings.found(1, "equals", named("A.java", "if (captured.type().equals(\"x\")) {"));
        Findings.found(1, "List.of", named("A.java", "List.of(\"order\", \"product\")"));
        Findings.found(1, "captured.order", named("a.yaml", "uri: kafka:orderweir.captured.order"));
    }

    @Test
    void thePageSaysWhatTheSchemaSays() throws IOException {
        new SchemaPage("""
                # type.yaml and words.yaml

                Written by a test from `src/editor/type.schema.json` and `words.schema.json`; change the descriptions there. An editor completes and checks a file by its schema when its head has
                `# yaml-language-server: $schema=<path>/type.schema.json`. Both stand in the folder of a type, beside `schema.json`: [types](../concepts/types.md).

                ## type.yaml
                """).table(schema("type")).head("""
                ## words.yaml

                By the path of a field (`amount`, `shippingAddress.city`, `lineItems[].sku`):
                """).table(schema("words").path("additionalProperties")).isAt(PAGE);
    }

    private static List<String> wrong(String schema, String yaml) throws IOException {
        JsonSchema rules = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema(schema));
        return rules.validate(new YAMLMapper().readTree(yaml)).stream().map(violation -> schema + ": " + violation.getMessage()).toList();
    }

    private static JsonNode schema(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readString(EDITOR.resolve(name + ".schema.json")));
    }

    private static List<String> named(String file, String text) {
        String types = MEMBERS.stream().reduce(text, (rest, members) -> rest.replace(members, ""));
        return NAMED.matcher(types).results().map(found -> file + " goes by the name of a type: " + found.group() + "; go by its kind, or write it into its folder").toList();
    }

    private static Stream<Path> files(String folder) {
        try (Stream<Path> files = Files.walk(RouteFile.RESOURCES.resolve(folder))) {
            return files.filter(file -> file.toString().matches(".*\\.(sql|yaml)")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
