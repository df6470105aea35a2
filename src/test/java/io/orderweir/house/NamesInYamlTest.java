package io.orderweir.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What YAML names must exist: beans and their methods, files, classes; and a native program must have kept them. */
class NamesInYamlTest {

    private static final List<RouteFile> FILES = RouteFile.all();
    private static final JavaClasses OURS = OurClasses.ALL;
    private static final Path RESOURCES = Path.of("target/classes");
    /** Known to Quarkus and the JDK's image builder, whoever names them. */
    private static final Set<String> ALWAYS_THERE = Set.of("java.lang.String", "java.lang.Exception", "java.lang.Throwable");
    private static final Set<String> FOLDERS = Set.of("routes", "connectors", "types", "schemas", "sql", "policy", "db", "templates");

    /** A bean that YAML names, with the method it calls; empty when there is none to call. */
    private record Use(YamlNode node, String bean, String method) {
    }

    @Test
    void everyBeanIsAScopedCdiBeanWithTheMethodThatIsCalled() {
        Findings.none(uses(FILES).stream().flatMap(use -> wrongBean(use, beans()).stream()).toList());
        Findings.found(5, "nobody", uses(List.of(RouteFile.parse("routes/2-process.camel.yaml", """
                - route:
                    from:
                      uri: kafka:x
                      parameters: { offsetRepository: "#nobody" }
                      steps:
                        - bean: { ref: batch, method: fetch }
                        - setBody: { simple: "${bean:connections?method=systems(${variable.x})} and ${bean:connections?method=system(${variable.x})}" }
                        - setBody: { method: { ref: nothing } }
                        - bean: { ref: unscoped, method: refuse }
                        - bean: { ref: entry, method: "write(${exchange}, 'a')" }
                """))).stream().flatMap(use -> wrongBean(use, with(beans(), "unscoped", OURS.get("io.orderweir.hold.Refusal"))).stream()).toList());
    }

    @Test
    void everyFileIsThere() {
        Findings.none(FILES.stream().flatMap(file -> missingFiles(file).stream()).toList());
        Findings.found(3, "sql/deliver/settel.sql", missingFiles(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { from: { uri: direct:x, steps: [ { to: "sql:classpath:sql/deliver/settel.sql" }, { to: "json-validator:classpath:schemas/none.json?failOnNullBody=true" },
                    { transform: { jq: "resource:connector:acme/order.in.jq" } }, { to: "sql:classpath:sql/call/end.sql?outputType=SelectOne" } ] } }
                """)));
    }

    @Test
    void everyClassIsThereAndKeptByANativeProgram() {
        Findings.none(FILES.stream().flatMap(file -> lostClasses(file, registered()).stream()).toList());
        Findings.found(2, "io.orderweir.ledger.Nothing", lostClasses(RouteFile.parse("routes/0-errors.camel.yaml", """
                - onException: { exception: [ io.orderweir.ledger.Nothing, java.util.EmptyStackException, java.lang.Exception ] }
                """), Set.of()));
    }

    @Test
    void everyBeanIsKeptByANativeProgram() {
        Findings.none(new TreeSet<>(uses(FILES).stream().flatMap(use -> lostBean(use, beans(), registered()).stream()).toList()));
        Findings.found(1, "io.orderweir.ledger.Batch", lostBean(uses(List.of(RouteFile.parse("routes/2-process.camel.yaml",
                "- route: { from: { uri: direct:x, steps: [ { bean: { ref: batch, method: read } } ] } }"))).get(0), beans(), Set.of()));
    }

    @Test
    void everyResourceIsKeptByANativeProgram() {
        Findings.none(lostFolders(ApplicationProperties.values().getProperty("quarkus.native.resources.includes", "")));
        Findings.found(7, "connectors/**", lostFolders("routes/**,sql/*.sql"));
    }

    private static List<Use> uses(List<RouteFile> files) {
        Pattern inline = Pattern.compile("\\$\\{bean:(\\w+)(?:\\?method=(\\w+))?");
        List<Use> uses = new ArrayList<>();
        files.stream().flatMap(file -> file.yaml().all()).forEach(node -> {
            if (node.key().equals("ref") && !Set.of("transacted").contains(node.parent().key())) {
                uses.add(new Use(node, bare(node.text()), node.parent().text("method").replaceFirst("\\(.*", "")));
            } else if (node.isText() && node.text().matches("#(bean:)?\\w+")) {
                uses.add(new Use(node, bare(node.text()), ""));
            }
            Matcher expression = inline.matcher(node.text());
            while (expression.find()) {
                uses.add(new Use(node, expression.group(1), expression.group(2) == null ? "" : expression.group(2)));
            }
        });
        return uses;
    }

    private static String bare(String reference) {
        return reference.replaceFirst("^#(bean:)?", "");
    }

    private static List<String> wrongBean(Use use, Map<String, JavaClass> beans) {
        JavaClass type = beans.get(use.bean());
        String place = use.node().place() + ": bean " + use.bean();
        if (type == null) {
            return List.of(place + " does not exist; write @ApplicationScoped @Named(\"" + use.bean() + "\") on its class, or correct the name");
        }
        if (Stream.of(ApplicationScoped.class, Singleton.class, Dependent.class).noneMatch(type::isAnnotatedWith)) {
            return List.of(place + " (" + type.getName() + ") has no scope; write @ApplicationScoped on it");
        }
        boolean called = type.getAllMethods().stream().anyMatch(method -> method.getName().equals(use.method()) && method.getModifiers().contains(JavaModifier.PUBLIC));
        return use.method().isEmpty() || called ? List.of() : List.of(place + " (" + type.getName() + ") has no public method " + use.method() + "; correct the name");
    }

    private static List<String> missingFiles(RouteFile file) {
        Pattern path = Pattern.compile("(?:classpath:|(connector):)([\\w./-]+)");
        return file.yaml().texts().flatMap(text -> path.matcher(text.text()).results().map(found -> found.group(1) == null ? found.group(2) : "connectors/" + found.group(2))
                .filter(name -> !Files.isRegularFile(RESOURCES.resolve(name)))
                .map(name -> text.place() + ": there is no src/main/resources/" + name + "; add it or correct the name")).toList();
    }

    private static List<String> lostClasses(RouteFile file, Set<String> registered) {
        Pattern type = Pattern.compile("(?<![\\w./:@-])(?:#class:)?((?:[a-z]\\w*\\.){2,}[A-Z]\\w*)(?![\\w/])");
        return file.yaml().texts().filter(text -> !text.key().equals("description")).flatMap(text -> type.matcher(text.text()).results().map(found -> found.group(1))
                .filter(name -> !ALWAYS_THERE.contains(name)).flatMap(name -> lostClass(text.place(), name, registered).stream())).toList();
    }

    private static List<String> lostClass(String place, String name, Set<String> registered) {
        try {
            Class.forName(name, false, NamesInYamlTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return List.of(place + ": there is no class " + name + "; correct the name");
        }
        return registered.contains(name) ? List.of() : List.of(place + ": a native program would not have " + name
                + "; write @RegisterForReflection on it if it is ours, or add it to io.orderweir.connection.RouteClasses");
    }

    private static List<String> lostBean(Use use, Map<String, JavaClass> beans, Set<String> registered) {
        JavaClass type = beans.get(use.bean());
        return type == null || registered.contains(type.getName()) ? List.of()
                : List.of("bean " + use.bean() + ": routes call it by name, which a native program can't without @RegisterForReflection on " + type.getName());
    }

    private static List<String> lostFolders(String includes) {
        Set<String> kept = Set.of(includes.split("\\s*,\\s*"));
        return new TreeSet<>(FOLDERS).stream().filter(folder -> !kept.contains(folder + "/**"))
                .map(folder -> "application.properties: quarkus.native.resources.includes lacks " + folder + "/**; a native program would start without these files").toList();
    }

    static Map<String, JavaClass> beans() {
        return OURS.stream().filter(type -> type.isAnnotatedWith(Named.class))
                .collect(Collectors.toMap(type -> type.getAnnotationOfType(Named.class).value(), type -> type, (a, b) -> a, TreeMap::new));
    }

    private static Map<String, JavaClass> with(Map<String, JavaClass> beans, String name, JavaClass type) {
        beans.put(name, type);
        return beans;
    }

    private static Set<String> registered() {
        Set<String> names = new TreeSet<>();
        for (JavaClass type : OURS) {
            if (type.isAnnotatedWith(RegisterForReflection.class)) {
                RegisterForReflection registration = type.getAnnotationOfType(RegisterForReflection.class);
                Stream.of(registration.targets()).map(Class::getName).forEach(names::add);
                names.addAll(List.of(registration.classNames()));
                if (registration.targets().length == 0 && registration.classNames().length == 0) {
                    names.add(type.getName());
                }
            }
        }
        return names;
    }
}
