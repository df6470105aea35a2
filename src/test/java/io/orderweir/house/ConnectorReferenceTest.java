package io.orderweir.house;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What connectors use of the engine stands in the reference, and what stands there can be used. */
class ConnectorReferenceTest {

    /** Watches a folder with beans of its own, which are no vendor's. */
    private static final String FOLDER = "drawings";
    private static final Path PAGE = Path.of("docs/reference/connector-variables.md");
    private static final Pattern READ = Pattern.compile("\\$\\{variable\\.(\\w+)");
    private static final Pattern INLINE = Pattern.compile("bean:(\\w+)\\?method=(\\w+)");
    private static final Pattern CODE = Pattern.compile("`(?:\\$\\{variable\\.)?(\\w+)`");
    private static final Pattern BEAN = Pattern.compile("(?m)^\\| `(\\w+)` \\| `(\\w+)");
    private static final Pattern ROUTE = Pattern.compile("(?m)^\\| `(direct:[\\w.-]+)`");

    @Test
    void whatAConnectorUsesStandsInTheReference() throws IOException {
        String page = Files.readString(PAGE);
        List<RouteFile> connectors = RouteFile.all().stream().filter(file -> file.name().startsWith("connectors/") && !file.subject().equals(FOLDER)).toList();
        Findings.none(missing(page, connectors));
        Findings.found(3, "painter", missing(page, List.of(RouteFile.parse("connectors/acme/routes.camel.yaml", """
                - route: { id: acme.order.create, from: { uri: direct:acme.order.create, steps: [ { setVariable: { name: method, simple: "${variable.colour}" } },
                    { bean: { ref: painter, method: paint } }, { to: direct:deliver.take } ] } }
                """))));
    }

    @Test
    void whatStandsThereExists() throws IOException {
        String page = Files.readString(PAGE);
        Findings.none(invented(page));
        Findings.found(3, "hueOfNothing", invented("## Variables\n| `hueOfNothing` | set | | x |\n## Beans\n| `naming` | `rename` | x |\n## Routes\n| `direct:nowhere` | x |\n"));
    }

    private static List<String> missing(String page, List<RouteFile> files) {
        Set<String> variables = documented(page);
        Set<String> beans = BEAN.matcher(page).results().map(bean -> bean.group(1) + "." + bean.group(2)).collect(Collectors.toSet());
        Set<String> routes = ROUTE.matcher(page).results().map(route -> route.group(1)).collect(Collectors.toSet());
        Set<String> found = new TreeSet<>();
        files.stream().collect(Collectors.groupingBy(RouteFile::subject)).forEach((system, own) -> {
            Set<String> set = own.stream().flatMap(file -> file.yaml().all()).filter(node -> node.key().equals("name") && node.parent() != null).map(YamlNode::text).collect(Collectors.toSet());
            own.forEach(file -> {
                file.yaml().texts().forEach(text -> {
                    READ.matcher(text.text()).results().map(read -> read.group(1)).filter(name -> !variables.contains(name) && !set.contains(name))
                            .forEach(name -> found.add(text.place() + ": the variable " + name + " does not stand in " + PAGE));
                    INLINE.matcher(text.text()).results().map(use -> use.group(1) + "." + use.group(2)).filter(use -> !beans.contains(use))
                            .forEach(use -> found.add(text.place() + ": the bean " + use + " does not stand in " + PAGE));
                });
                file.yaml().all().filter(node -> node.key().equals("bean") && !node.text("ref").isEmpty())
                        .map(node -> node.text("ref") + "." + node.text("method")).filter(use -> !beans.contains(use)).forEach(use -> found.add(file.name() + ": the bean " + use + " does not stand in " + PAGE));
                file.endpoints().stream().filter(endpoint -> endpoint.kind().equals("to") && endpoint.uri().startsWith("direct:") && !endpoint.uri().startsWith("direct:" + system + ".")
                        && !routes.contains(endpoint.uri())).forEach(endpoint -> found.add(endpoint + " does not stand in " + PAGE));
            });
        });
        return new ArrayList<>(found);
    }

    private static List<String> invented(String page) throws IOException {
        List<String> found = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        for (Path file : SourceFiles.java()) {
            code.append(Files.readString(file));
        }
        RouteFile.all().forEach(file -> file.yaml().texts().forEach(text -> code.append('"').append(text.text()).append('"')));
        String everything = code.toString();
        documented(page).stream().filter(name -> !everything.contains('"' + name + '"') && !everything.contains("variable." + name)).forEach(name -> found.add("nobody knows the variable " + name));
        Map<String, JavaClass> beans = NamesInYamlTest.beans();
        BEAN.matcher(page).results().filter(bean -> !beans.containsKey(bean.group(1)) || beans.get(bean.group(1)).getAllMethods().stream().noneMatch(method -> method.getName().equals(bean.group(2))))
                .forEach(bean -> found.add("there is no bean " + bean.group(1) + " with a method " + bean.group(2)));
        ROUTE.matcher(page).results().map(route -> route.group(1)).filter(route -> !everything.contains('"' + route + '"')).forEach(route -> found.add("there is no route " + route));
        return found;
    }

    private static Set<String> documented(String page) {
        String table = page.substring(page.indexOf("## Variables"), page.indexOf("## Beans"));
        return table.lines().filter(line -> line.startsWith("| `")).map(line -> line.split("\\|")[1]).flatMap(cell -> CODE.matcher(cell).results()).map(name -> name.group(1)).collect(Collectors.toSet());
    }
}
