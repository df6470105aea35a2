package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.orderweir.capability.Configured;
import io.orderweir.connector.Connectors;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.Complaints;
import io.orderweir.hold.FieldLimits;
import io.orderweir.ledger.Flows;
import io.orderweir.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables of policy and of complaints may say: facts that the schema and the engine agree about. */
class PolicyRulesTest {

    private static final Path EDITOR = Path.of("src/editor");
    private static final Path PAGE = Path.of("docs/reference/policy.md");
    /** How a column, a table or a key is refused that is none. */
    private static final Pattern KNOWN = Pattern.compile("is not a (?:column|table|key).*?(?:use|there are) (?:some of )?\\[([^\\]]*)]", Pattern.DOTALL);

    @TempDir
    Path mounted;

    @Test
    void whatIsPackagedFollowsTheSchema() throws IOException {
        for (String file : List.of("flows", "gates")) {
            Findings.none(wrong(file, Files.readString(RouteFile.RESOURCES.resolve("policy/" + file + ".yaml"))));
        }
        for (String system : Connectors.in(null).systems()) {
            Path file = RouteFile.RESOURCES.resolve("connectors/" + system + "/complaints.yaml");
            if (Files.exists(file)) {
                Findings.none(wrong("complaints", Files.readString(file)));
            }
        }
        Findings.found(1, "flws", wrong("flows", "{ roles: [], flws: [], flows: [ { type: order, parts: whole, to: erp, port: order, sends: [name] } ] }"));
        Findings.found(1, "prt", wrong("limits", "[ { system: wms, path: name, says: required, prt: order } ]"));
        Findings.found(1, "max", wrong("limits", "[ { system: wms, path: name, says: too-long } ]"));
        Findings.found(1, "text", wrong("complaints", "{ details: /errors, path: path, fields: {} }"));
    }

    @Test
    void editorsAndTheEngineKnowTheSameColumns() throws IOException {
        assertEquals(tables("flows"), known("flows", "{ nonsense: [] }"));
        assertEquals(columns("flows", "roles"), known("flows", "{ roles: [ { nonsense: x } ] }"));
        assertEquals(columns("flows", "flows"), known("flows", "{ roles: [ { role: erp, connection: a } ], flows: [ { nonsense: x } ] }"));
        assertEquals(tables("gates"), known("gates", "{ nonsense: [] }"));
        for (String table : tables("gates")) {
            assertEquals(columns("gates", table), known("gates", "{ " + table + ": [ { nonsense: x } ] }"), table);
        }
        assertEquals(names(schema("limits").at("/items/properties")), known("limits", "[ { nonsense: x } ]"));
        assertEquals(tables("complaints"), known("complaints", "{ nonsense: x }"));
    }

    @Test
    void thePageSaysWhatTheSchemasSay() throws IOException {
        SchemaPage page = new SchemaPage("""
                # Tables of policy, and of complaints

                Written by a test from the schemas in `src/editor`; change the descriptions there. An editor completes and checks a file by its schema when its head has
                `# yaml-language-server: $schema=<path>/flows.schema.json`. A file of `orderweir.policy.dir` replaces the built-in one of its name, but for `limits.yaml`, which
                adds to what connectors know. What is wrong in one refuses the start, with file, line and the way out; its last line is `# end`. Values are facts: no column takes
                an expression.
                """);
        for (String file : List.of("flows", "gates", "limits", "complaints")) {
            JsonNode schema = schema(file);
            page.head("## " + schema.path("title").asText() + "\n" + (schema.has("description") ? "\n" + schema.path("description").asText() + "\n" : "")).table(schema);
        }
        page.isAt(PAGE);
    }

    private static List<String> wrong(String file, String yaml) throws IOException {
        return new ArrayList<>(JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(EDITOR.resolve(file + ".schema.json")))
                .validate(new YAMLMapper().readTree(yaml)).stream().map(violation -> file + ": " + violation.getMessage()).toList());
    }

    private static JsonNode schema(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(EDITOR.resolve(file + ".schema.json")));
    }

    private static Set<String> tables(String file) throws IOException {
        return names(schema(file).path("properties"));
    }

    private static Set<String> columns(String file, String table) throws IOException {
        return names(schema(file).at("/properties/" + table + "/items/properties"));
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What the engine says that could stand in the place of nonsense. */
    private Set<String> known(String file, String yaml) throws IOException {
        String said = assertThrows(IllegalStateException.class, () -> reads(file, yaml)).getMessage();
        Matcher known = KNOWN.matcher(said);
        assertEquals(true, known.find(), said);
        return new TreeSet<>(List.of(known.group(1).split(", ")));
    }

    private void reads(String file, String yaml) throws IOException {
        if (file.equals("complaints")) {
            Path folder = Files.createDirectories(mounted.resolve("connectors/acme"));
            Files.writeString(folder.resolve("connector.yaml"), "system: acme\nlabel: Acme\n# end\n");
            Files.writeString(folder.resolve("complaints.yaml"), yaml);
            new Complaints(Connectors.in(mounted.resolve("connectors").toString()), "acme");
            return;
        }
        Path folder = Files.createDirectories(mounted.resolve("policy"));
        Files.writeString(folder.resolve(file + ".yaml"), yaml);
        Policies policies = new Policies(Configured.settings(Map.of("orderweir.policy.dir", folder.toString())));
        if (file.equals("limits")) {
            new FieldLimits(Connectors.in(null), policies);
        } else {
            new Flows(policies, new GateClasses(policies, Configured.connections(Map.of())));
        }
    }
}
