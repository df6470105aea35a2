package io.orderweir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every route file against the schema of Camel's YAML DSL, which is stricter than the loader: a misspelt step is found before a start. */
class RouteSchemaTest {

    private static final JsonSchema DSL = dsl();

    @Test
    void everyRouteFileIsValidYamlDsl() {
        Findings.none(RouteFile.all().stream().flatMap(file -> invalid(file).stream()).toList());
        Findings.found(1, "throtle", invalid(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { id: a, from: { uri: direct:a, steps: [ { throtle: { timePeriodMillis: "1" } } ] } }
                """)).stream().filter(found -> found.contains("throtle")).limit(1).toList());
        Findings.found(1, "/0/route/from/steps/0/setBody/constant", invalid(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { id: a, from: { uri: direct:a, steps: [ { setBody: { constant: 202 } } ] } }
                """)).stream().filter(found -> found.contains("/constant")).limit(1).toList());
        Findings.found(0, "", invalid(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - routeTemplate: { id: a, from: { uri: direct:a, steps: [ { threads: { poolSize: "{{workers}}" } } ] } }
                """)));
    }

    static List<String> invalid(RouteFile file) {
        JsonNode yaml = file.yaml().json();
        Set<ValidationMessage> messages = DSL.validate(yaml);
        return messages.stream().filter(message -> !isPlaceholder(message, yaml))
                .map(message -> place(file.yaml(), message.getInstanceLocation().toString()) + ": " + message + "; see schema/camelYamlDsl.json in camel-yaml-dsl, constants are quoted strings").toList();
    }

    private static String place(YamlNode at, String pointer) {
        for (String name : pointer.split("/")) {
            List<YamlNode> children = at.children();
            at = name.matches("\\d+") && Integer.parseInt(name) < children.size() ? children.get(Integer.parseInt(name)) : at.get(name).orElse(at);
        }
        return at.place();
    }

    /** The schema does not know that {{...}} becomes a number before the loader reads it. */
    private static boolean isPlaceholder(ValidationMessage message, JsonNode yaml) {
        JsonNode value = yaml.at(message.getInstanceLocation().toString());
        return message.getType().equals("type") && value.isTextual() && value.textValue().matches("\\{\\{[^{}]+}}") && message.getMessage().matches(".*\\b(number|integer|boolean) expected.*");
    }

    private static JsonSchema dsl() {
        try (InputStream schema = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(new ObjectMapper().readTree(schema),
                    SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
