package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.orderweir.connector.Auth;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.connector.End;
import io.orderweir.connector.QuotaTerms;
import io.orderweir.connector.Signature;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a connector's descriptor may say: facts that the schema, the engine and the routes agree about. */
class DescriptorRulesTest {

    private static final Path SCHEMA = Path.of("src/editor/connector.schema.json");
    private static final Path PAGE = Path.of("docs/reference/connector.md");
    private static final Pattern PORT = Pattern.compile("direct:([a-z0-9-]+)\\.([a-z0-9-]+)\\.(create|update|cancel|find|send|totals|held)");
    /** Of those we know; a comment may name one, as the source of a fact. */
    private static final Pattern VENDOR = Pattern.compile("(?i)(shopify|bigcommerce|magento|netsuite|business.?central|stripe|adyen|paypal|twilio|pagerduty|opsgenie)|\"[^\"\\n]*\\bslack\\b[^\"\\n]*\"");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)(?<![:\"])//.*?$");
    /** What ends the value of a key that would be computed. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{|\\{\\{|\\$simple|jq:|=>");

    @Test
    void everyDescriptorFollowsTheSchemaAndHasNoExpression() throws IOException {
        for (String system : Connectors.in(null).systems()) {
            String yaml = Files.readString(RouteFile.RESOURCES.resolve("connectors/" + system + "/connector.yaml"));
            Findings.none(wrong(system, yaml));
        }
        Findings.found(1, "lable", wrong("acme", "{ system: acme, label: Acme, lable: x }"));
        Findings.found(1, "expression", wrong("acme", "{ system: acme, label: 'Acme ${variable.x}' }"));
    }

    @Test
    void editorsAndTheEngineKnowTheSameKeys() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMA));
        JsonNode properties = schema.path("properties");
        JsonNode ends = properties.at("/ends/items/properties");
        assertEquals(Set.of("what", "on", "do", "when"), names(ends));
        assertEquals(components(End.When.class), names(ends.at("/when/properties")));
        Map.of(Connector.class, properties, Connector.Limit.class, properties.at("/plans/items/properties"), Connector.FieldLimit.class, properties.at("/field-limits/items/properties"),
                Connector.Setting.class, properties.at("/settings/additionalProperties/properties"), Connector.Verb.class, schema.at("/$defs/verb/properties"), Connector.Known.class, properties.at("/knows/additionalProperties/properties"),
                QuotaTerms.class, properties.at("/quota/properties"), Auth.class, properties.at("/auth/properties"), Signature.class, properties.at("/signature/properties"),
                Signature.Secret.class, properties.at("/signature/properties/secret/properties")).forEach((type, keys) -> assertEquals(components(type), names(keys), type.getSimpleName()));
    }

    @Test
    void everyPortThatADescriptorNamesIsServedAndEveryPortThatIsServedIsNamed() {
        List<RouteFile> files = RouteFile.all();
        Findings.none(unequal(served(files), Connectors.in(null).all().flatMap(DescriptorRulesTest::named).collect(Collectors.toSet())));
        Findings.found(2, "acme.order.create", unequal(Set.of("acme.order.create"), Set.of("acme.order.find")));
    }

    @Test
    void noJavaNamesAVendor() {
        Findings.none(SourceFiles.java().stream().filter(file -> !file.toString().contains("/sandbox/")).flatMap(file -> vendors(file.toString(), RouteFile.read(file)).stream()).toList());
        Findings.found(1, "Shopify", vendors("A.java", "/** Of Stripe. */\nif (system.equals(\"x\")) { // NetSuite\n    newShopify(); }"));
        Findings.found(1, "slack", vendors("A.java", "int slack = 5;\nreturn \"a slack channel\";"));
    }

    @Test
    void thePageSaysWhatTheSchemaSays() throws IOException {
        new SchemaPage("""
                # connector.yaml

                Written by a test from `src/editor/connector.schema.json`; change the description there. An editor completes and checks the file by that schema when its head has
                `# yaml-language-server: $schema=<path>/connector.schema.json`. What is wrong in it refuses the start, with file, line and the way out. Values are facts: no key takes
                an expression; what depends on the message is a `choice` in the routes.
                """).table(new ObjectMapper().readTree(Files.readString(SCHEMA))).isAt(PAGE);
    }

    static List<String> wrong(String system, String yaml) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        List<String> found = new ArrayList<>(schema.validate(new YAMLMapper().readTree(yaml)).stream().map(violation -> system + ": " + violation.getMessage()).toList());
        if (EXPRESSION.matcher(yaml).find()) {
            found.add(system + ": its descriptor has an expression; what is computed stands in its routes");
        }
        return found;
    }

    private static List<String> vendors(String file, String java) {
        return VENDOR.matcher(COMMENT.matcher(java).replaceAll("")).results().map(found -> file + " names a vendor, " + found.group() + "; what a system is and can stands in its folder").toList();
    }

    private static Set<String> served(List<RouteFile> files) {
        Set<String> served = new TreeSet<>();
        files.stream().filter(file -> file.name().startsWith("connectors/")).flatMap(file -> file.yaml().all()).filter(node -> node.key().equals("from"))
                .map(from -> PORT.matcher(from.text("uri"))).filter(Matcher::matches).forEach(port -> served.add(port.group().substring("direct:".length())));
        return served;
    }

    private static Stream<String> named(Connector connector) {
        return connector.ports().entrySet().stream().flatMap(port -> port.getValue().keySet().stream().map(verb -> connector.system() + "." + port.getKey() + "." + verb));
    }

    private static List<String> unequal(Set<String> served, Set<String> named) {
        List<String> found = new ArrayList<>();
        served.stream().filter(port -> !named.contains(port)).forEach(port -> found.add("direct:" + port + " is served, and connector.yaml does not name it under ports; add it"));
        named.stream().filter(port -> !served.contains(port)).forEach(port -> found.add("connector.yaml names the port " + port + ", and no route serves direct:" + port));
        return found;
    }

    private static Set<String> components(Class<?> type) {
        KebabCaseStrategy kebab = new KebabCaseStrategy();
        return Stream.of(type.getRecordComponents()).map(component -> kebab.translate(component.getName())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
