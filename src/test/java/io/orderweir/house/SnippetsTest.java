package io.orderweir.house;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.capability.Configured;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the docs offer to be copied is taken by the program: properties start it, YAML follows its schema, commands name what there is. */
class SnippetsTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern INDENTED = Pattern.compile("(?m)(?<=\\n\\n)((?: {4,}.*\\n|\\n(?= {4}))+)");
    private static final Pattern CLASS = Pattern.compile("io\\.orderweir\\.[\\w.]*\\.[A-Z]\\w+");
    private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");

    private record Snippet(String page, String kind, String text) {
    }

    @Test
    void propertiesOfAPageStartAnEngine() throws IOException {
        for (String page : pages()) {
            Findings.none(refused(page, snippets(page).filter(snippet -> snippet.kind().equals("properties")).map(Snippet::text).toList()));
        }
        Findings.found(1, "custmer", refused("a.md", List.of("orderweir.connections.erp.system=netsuite\norderweir.connections.erp.settings.custmer=7\n")));
    }

    @Test
    void yamlIsWhatTheProgramReads() throws IOException {
        List<String> found = new ArrayList<>();
        for (String page : pages()) {
            snippets(page).forEach(snippet -> found.addAll(wrongYaml(snippet)));
        }
        Findings.none(found);
        Findings.found(1, "lable", wrongYaml(new Snippet("a.md", "", "system: a\nlable: A\nlabel: A\n")));
        Findings.found(1, "a.md", wrongYaml(new Snippet("a.md", "yaml", "system: [\n")));
    }

    @Test
    void commandsNameWhatThereIs() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        List<String> found = new ArrayList<>();
        for (String page : pages()) {
            snippets(page).forEach(snippet -> found.addAll(lost(snippet, pom)));
        }
        Findings.none(found);
        Findings.found(2, "nowhere", lost(new Snippet("a.md", "", "mvn -Pnowhere -Dbench=io.orderweir.bench.Nowhere\n"), pom));
    }

    private static List<String> refused(String page, List<String> blocks) throws IOException {
        Properties properties = new Properties();
        for (String block : blocks) {
            properties.load(new StringReader(block));
        }
        Map<String, String> keys = new TreeMap<>();
        // a file that the reader has and this machine has not
        properties.forEach((key, value) -> keys.put(key.toString().replace(".secrets-file", ".secrets"), value.toString().replaceAll("\\$\\{\\w+}", "given")));
        try {
            Configured.connections(keys);
            return List.of();
        } catch (RuntimeException e) {
            return List.of(page + ": " + e.getMessage());
        }
    }

    private static List<String> wrongYaml(Snippet snippet) {
        JsonNode yaml;
        try {
            yaml = new YAMLMapper().readTree(snippet.text().stripIndent());
        } catch (JsonProcessingException e) {
            return snippet.kind().equals("yaml") ? List.of(snippet.page() + ": " + e.getOriginalMessage()) : List.of();
        }
        try {
            return yaml.has("system") && yaml.has("label") ? DescriptorRulesTest.wrong(snippet.page(), snippet.text().stripIndent())
                    : yaml.isArray() && yaml.findParents("route").size() == yaml.size() ? RouteSchemaTest.invalid(RouteFile.parse("connectors/snippet/" + snippet.page(), snippet.text().stripIndent())) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lost(Snippet snippet, String pom) {
        List<String> found = new ArrayList<>();
        if (snippet.text().contains("mvn ")) {
            PROFILE.matcher(snippet.text()).results().map(profile -> profile.group(1)).filter(profile -> !pom.contains("<id>" + profile + "</id>"))
                    .forEach(profile -> found.add(snippet.page() + ": there is no profile " + profile));
            CLASS.matcher(snippet.text()).results().map(type -> type.group()).filter(type -> !Files.exists(Path.of("src/test/java", type.replace('.', '/') + ".java")))
                    .forEach(type -> found.add(snippet.page() + ": there is no " + type));
        }
        return found.stream().sorted((a, b) -> b.compareTo(a)).toList();
    }

    private static Stream<Snippet> snippets(String page) {
        try {
            String text = Files.readString(Path.of(page));
            List<Snippet> snippets = new ArrayList<>();
            Matcher fenced = FENCED.matcher(text);
            while (fenced.find()) {
                snippets.add(new Snippet(page, fenced.group(1), fenced.group(2)));
            }
            INDENTED.matcher(fenced.replaceAll("")).results().forEach(block -> snippets.add(new Snippet(page, "", block.group(1))));
            return snippets.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> pages = Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md")), Files.walk(Path.of("docs")))) {
            return pages.map(Path::toString).filter(page -> page.endsWith(".md")).sorted().collect(Collectors.toList());
        }
    }
}
