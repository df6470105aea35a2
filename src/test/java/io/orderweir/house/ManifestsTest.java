package io.orderweir.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderweir.connector.Connectors;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.embedded.TestAuthority;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests for Kubernetes: every role once, with a configuration that starts, confined, and without a secret. */
class ManifestsTest {

    private static final Path BASE = Path.of("k8s/base");
    private static final Path EXAMPLE = Path.of("k8s/overlays/example");
    private static final String KUSTOMIZATION = "kustomization.yaml";
    /** Where the pods have the ConfigMap that is made of the folder config. */
    private static final String MOUNTED = "/deployments/config/";
    private static final Map<String, String> PROBES = new TreeMap<>(Map.of("startupProbe", "/q/health/started", "readinessProbe", "/q/health/ready",
            "livenessProbe", "/q/health/live"));
    /** Any certificate stands for that of a CA. */
    private static final Path CERTIFICATE = TestAuthority.in(Path.of("target", "house", "ca")).resolve("ca.crt");
    private static final Path PAGE = Path.of("docs/howto/run-on-kubernetes.md");
    /** A row of its table: the name of a Secret, and the roles that read it. */
    private static final Pattern SECRET = Pattern.compile("(?m)^\\| `(orderweir-[a-z]+)` \\|.*\\| ([a-z, ]+) \\|$");
    /** For the JVM to end after Camel has. */
    private static final int SLACK_SECONDS = 10;

    @Test
    void everyRoleOfTheEngineHasOneDeployment() throws NoSuchMethodException {
        Findings.none(wrongRoles(roles(), objects(BASE)));
        Findings.found(3, "capture", wrongRoles(new TreeSet<>(Set.of("capture", "deliver")), parse("a.yaml", """
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: capture } ] } ] } } }
                ---
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: capture } ] } ] } } }
                ---
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: sandbox } ] } ] } } }
                """)));
    }

    @Test
    void everyPodIsGivenAConfigurationThatStarts() {
        Findings.none(refusedStarts(objects(BASE), BASE.resolve("config"), literals(BASE)));
        Findings.none(refusedStarts(objects(BASE), EXAMPLE.resolve("config"), literals(EXAMPLE)));
        Findings.found(2, "kafka.sasl.mechanisim", refusedStarts(parse("a.yaml", """
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: process }, { name: ORDERWEIR_DATABASE_PASSWORDFILE, value: /a } ] } ] } } }
                ---
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: capture } ] } ] } } }
                """), BASE.resolve("config"), Map.of("KAFKA_SASL_MECHANISIM", "PLAIN")));
        // what a Service of that name would put into the environment
        Findings.found(1, "orderweir.capture.port", refusedStarts(parse("a.yaml", """
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: capture }, { name: ORDERWEIR_CAPTURE_PORT, value: "tcp://10.0.0.1:80" } ] } ] } } }
                """), BASE.resolve("config"), Map.of()));
    }

    @Test
    void everyPodIsProbedAndConfined() {
        Findings.none(deployments(objects(BASE)).flatMap(deployment -> loose(deployment).stream()).toList());
        Findings.found(14, "livenessProbe", deployments(parse("a.yaml", """
                kind: Deployment
                spec: { template: { spec: { terminationGracePeriodSeconds: 12, containers: [ { image: orderweir, resources: { limits: { memory: 1Gi } } } ] } } }
                """)).flatMap(deployment -> loose(deployment).stream()).toList());
    }

    @Test
    void onlyWhoHasAServiceMayBeEntered() {
        Findings.none(openDoors(objects(BASE)));
        Findings.found(2, "deliver", openDoors(parse("a.yaml", """
                kind: Service
                spec: { selector: { app.kubernetes.io/component: capture } }
                ---
                kind: NetworkPolicy
                spec: { podSelector: { matchLabels: { app.kubernetes.io/component: deliver } }, ingress: [ {} ] }
                """)));
    }

    @Test
    void noSecretStandsInTheManifests() {
        for (Path folder : List.of(BASE, EXAMPLE)) {
            Findings.none(objects(folder).stream().flatMap(object -> secrets(object).stream()).toList());
            Findings.none(secrets(kustomization(folder)));
            for (String file : List.of("application.properties", "capture.properties")) {
                Findings.none(secrets(file, properties(folder.resolve("config").resolve(file))));
            }
        }
        Findings.found(2, "Secret", parse("a.yaml", """
                kind: Secret
                stringData: { key: abc }
                ---
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: QUARKUS_DATASOURCE_PASSWORD, value: abc }, { name: ORDERWEIR_CONSOLE_KEY, valueFrom: {} } ] } ] } } }
                """).stream().flatMap(object -> secrets(object).stream()).toList());
        Findings.found(1, "secretGenerator", secrets(YamlNode.parse(KUSTOMIZATION, "secretGenerator: [ { name: a } ]")));
        Findings.found(2, "credentials.token", secrets("a.properties", new TreeMap<>(Map.of("orderweir.connections.wms.credentials.token", "abc",
                "orderweir.connections.wms.secrets", "abc", "orderweir.connections.wms.secrets-file", "/a"))));
    }

    @Test
    void thePageSaysWhichRolesReadWhichSecret() {
        Findings.none(otherReaders(RouteFile.read(PAGE), objects(BASE)));
        Findings.found(2, "orderweir-console", otherReaders("| `orderweir-seal` | a key | capture, process |\n| `orderweir-signing` | another | capture |\n| `orderweir-tokens` | one more | deliver |\n", parse("a.yaml", """
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: capture }, { name: A, valueFrom: { secretKeyRef: { name: orderweir-console } } } ],
                    envFrom: [ { secretRef: { name: orderweir-seal } } ] } ], volumes: [ { secret: { secretName: orderweir-signing } } ] } } }
                ---
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: process } ], envFrom: [ { secretRef: { name: orderweir-seal, optional: true } } ] } ],
                    volumes: [ { secret: { secretName: orderweir-tokens } } ] } } }
                """)));
    }

    @Test
    void everyFileIsListedAndEveryListedFileIsThere() {
        Findings.none(wrongList(BASE, kustomization(BASE)));
        Findings.none(wrongList(EXAMPLE, kustomization(EXAMPLE)));
        Findings.found(6, "nothing.yaml", wrongList(BASE, YamlNode.parse(KUSTOMIZATION, """
                resources: [ capture.yaml, nothing.yaml ]
                configMapGenerator: [ { name: a, files: [ config/nothing.properties, config/application.properties ] } ]
                """)));
    }

    @Test
    void everyConfigMapThatAPodNeedsIsGenerated() {
        Set<String> generated = kustomization(BASE).get("configMapGenerator").stream().flatMap(maps -> maps.children().stream()).map(map -> map.text("name")).collect(Collectors.toSet());
        Findings.none(deployments(objects(BASE)).flatMap(deployment -> lostConfigMaps(deployment, generated).stream()).toList());
        Findings.found(2, "orderweir-brocker", parse("a.yaml", """
                kind: Deployment
                spec: { template: { spec: { containers: [ { envFrom: [ { configMapRef: { name: orderweir-brocker } }, { configMapRef: { name: orderweir-broker } } ] } ],
                    volumes: [ { configMap: { name: orderweir-confg } }, { configMap: { name: orderweir-policy, optional: true } } ] } } }
                """).stream().flatMap(deployment -> lostConfigMaps(deployment, generated).stream()).toList());
    }

    @Test
    void everyMountedFolderIsThereAndWhoPlansOrGatesReadsTheSamePolicy() {
        Findings.none(deployments(objects(BASE)).flatMap(deployment -> wrongFolders(deployment).stream()).toList());
        Findings.found(3, "ORDERWEIR_CONNECTORS_DIR", parse("a.yaml", """
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: process }, { name: ORDERWEIR_CONNECTORS_DIR, value: /a } ],
                    volumeMounts: [ { name: b, mountPath: /b, readOnly: true } ] } ] } } }
                ---
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: capture } ] } ] } } }
                ---
                kind: Deployment
                spec: { template: { spec: { containers: [ { env: [ { name: ORDERWEIR_ROLES, value: deliver }, { name: ORDERWEIR_POLICY_DIR, value: /c } ],
                    volumeMounts: [ { name: c, mountPath: /c } ] } ] } } }
                """).stream().flatMap(deployment -> wrongFolders(deployment).stream()).sorted().toList());
    }

    @Test
    void kubectlBuildsBaseAndExample() throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl"))),
                "there is no kubectl on the PATH");
        for (Path folder : List.of(BASE, EXAMPLE)) {
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString()).redirectErrorStream(true).start();
            String said = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, kubectl.waitFor(), said);
        }
    }

    private static List<String> wrongRoles(Set<String> roles, List<YamlNode> objects) {
        Map<String, Long> deployed = deployments(objects).map(deployment -> environment(deployment).getOrDefault("ORDERWEIR_ROLES", "none"))
                .collect(Collectors.groupingBy(role -> role, TreeMap::new, Collectors.counting()));
        List<String> found = new ArrayList<>();
        for (String role : roles) {
            long times = deployed.getOrDefault(role, 0L);
            if (times != 1) {
                found.add(BASE + ": the role " + role + " has " + times + " Deployments; give it one, with ORDERWEIR_ROLES=" + role);
            }
        }
        deployed.keySet().stream().filter(role -> !roles.contains(role))
                .forEach(role -> found.add(BASE + ": ORDERWEIR_ROLES=" + role + " is not a part of the engine; use one of " + roles));
        return found;
    }

    /** Reads the keys as the application does, and lets it judge them. */
    private static List<String> refusedStarts(List<YamlNode> objects, Path config, Map<String, String> literals) {
        List<String> found = new ArrayList<>();
        deployments(objects).forEach(deployment -> {
            Map<String, String> environment = environment(deployment);
            Map<String, String> values = properties(config.resolve("application.properties"));
            String own = environment.getOrDefault("QUARKUS_CONFIG_LOCATIONS", "");
            if (own.startsWith(MOUNTED)) {
                values.putAll(properties(config.resolve(own.substring(MOUNTED.length()))));
            }
            // the mounted Secret is not here; any file stands for it
            values.replaceAll((key, value) -> key.endsWith(".secrets-file") ? "LICENSE" : value);
            environment.putAll(literals);
            environment.keySet().removeIf(name -> !name.startsWith("ORDERWEIR_") && !name.startsWith("KAFKA_"));
            // nor are those of database and broker
            environment.replaceAll((name, value) -> !value.startsWith("/etc/orderweir/database/") && !value.startsWith("/etc/orderweir/broker/") ? value : value.endsWith(".crt") ? CERTIFICATE.toString() : "LICENSE");
            try {
                SmallRyeConfig keys = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(Settings.class).withValidateUnknown(false)
                        .withSources(new EnvConfigSource(environment, 300), new PropertiesConfigSource(values, config.toString(), 260)).build();
                new Connections(keys.getConfigMapping(Settings.class), Connectors.in(null), keys);
            } catch (RuntimeException refusal) {
                found.add(deployment.place() + ": " + refusal.getMessage());
            }
        });
        return found;
    }

    /** What a kustomization puts into the environment of every pod. */
    private static Map<String, String> literals(Path folder) {
        Map<String, String> literals = new TreeMap<>();
        kustomization(folder).get("configMapGenerator").stream().flatMap(maps -> maps.children().stream()).flatMap(map -> texts(map, "literals").stream())
                .forEach(literal -> literals.put(literal.substring(0, literal.indexOf('=')), literal.substring(literal.indexOf('=') + 1)));
        return literals;
    }

    private static List<String> loose(YamlNode deployment) {
        List<String> found = new ArrayList<>();
        YamlNode pod = deployment.get("spec", "template", "spec").orElseThrow();
        YamlNode container = container(deployment);
        PROBES.forEach((probe, path) -> expect(found, container, path, "the three probes ask three questions", probe, "httpGet", "path"));
        expect(found, pod, "true", "nothing here needs root", "securityContext", "runAsNonRoot");
        expect(found, pod, "RuntimeDefault", "nothing here needs other system calls", "securityContext", "seccompProfile", "type");
        expect(found, pod, "false", "nothing here calls the API server", "automountServiceAccountToken");
        expect(found, pod, "false", "a Service named orderweir-... would make unknown keys of the environment", "enableServiceLinks");
        expect(found, container, "true", "only /tmp is written", "securityContext", "readOnlyRootFilesystem");
        expect(found, container, "false", "nothing here needs it", "securityContext", "allowPrivilegeEscalation");
        if (!texts(container, "securityContext", "capabilities", "drop").equals(List.of("ALL"))) {
            found.add(container.place() + ": securityContext.capabilities.drop is not [ALL]; nothing here needs one");
        }
        if (container.text("resources", "requests", "cpu").isEmpty()) {
            found.add(container.place() + ": resources.requests.cpu is missing; without it a full node starves the pod");
        }
        String memory = container.text("resources", "limits", "memory");
        if (memory.isEmpty() || !container.text("resources", "requests", "memory").equals(memory)) {
            found.add(container.place() + ": resources.requests.memory is not the limit; the heap is sized by the limit and must be there");
        }
        if (!environment(deployment).getOrDefault("QUARKUS_HTTP_HOST", "").equals("0.0.0.0")) {
            found.add(container.place() + ": QUARKUS_HTTP_HOST is not 0.0.0.0; the default is reached by no probe");
        }
        int needed = Integer.parseInt(ApplicationProperties.values().getProperty("camel.main.shutdown-timeout")) + waitsBeforeItStops(container) + SLACK_SECONDS;
        if (Integer.parseInt("0" + pod.text("terminationGracePeriodSeconds")) < needed) {
            found.add(pod.place() + ": terminationGracePeriodSeconds is less than " + needed + ": preStop, camel.main.shutdown-timeout and " + SLACK_SECONDS + " s for the JVM");
        }
        return found;
    }

    private static int waitsBeforeItStops(YamlNode container) {
        List<String> command = texts(container, "lifecycle", "preStop", "exec", "command");
        return command.size() == 2 && command.get(0).equals("sleep") ? Integer.parseInt(command.get(1)) : 0;
    }

    private static void expect(List<String> found, YamlNode at, String value, String why, String... path) {
        if (!at.text(path).equals(value)) {
            found.add(at.place() + ": " + String.join(".", path) + " is not " + value + "; " + why);
        }
    }

    private static List<String> openDoors(List<YamlNode> objects) {
        Set<String> called = objects.stream().filter(object -> object.text("kind").equals("Service"))
                .map(service -> service.text("spec", "selector", "app.kubernetes.io/component")).collect(Collectors.toSet());
        List<YamlNode> policies = objects.stream().filter(object -> object.text("kind").equals("NetworkPolicy")).toList();
        List<String> found = new ArrayList<>();
        policies.stream().filter(policy -> policy.get("spec", "ingress").isPresent())
                .filter(policy -> !called.contains(policy.text("spec", "podSelector", "matchLabels", "app.kubernetes.io/component")))
                .forEach(policy -> found.add(policy.place() + ": lets somebody in to " + policy.text("spec", "podSelector", "matchLabels", "app.kubernetes.io/component")
                        + ", which has no Service; remove the policy"));
        if (policies.stream().noneMatch(policy -> policy.get("spec", "ingress").isEmpty() && texts(policy, "spec", "podSelector", "matchLabels").equals(List.of("orderweir")))) {
            found.add(BASE + ": no NetworkPolicy closes all pods; write one that selects app.kubernetes.io/name: orderweir alone and has no ingress");
        }
        return found;
    }

    private static List<String> secrets(YamlNode object) {
        List<String> found = new ArrayList<>();
        if (object.text("kind").equals("Secret") || object.get("secretGenerator").isPresent()) {
            found.add(object.place() + ": a Secret or secretGenerator; name Secrets only, they are made where the manifests are not");
        }
        object.all().filter(node -> node.get("name").isPresent() && node.get("value").isPresent()).filter(variable -> variable.text("name").matches(".*(PASSWORD|SECRET|TOKEN|KEY)(?!.*_FILE$).*"))
                .forEach(variable -> found.add(variable.place() + ": " + variable.text("name") + " has a value; take it from a Secret with secretKeyRef"));
        return found;
    }

    private static List<String> secrets(String file, Map<String, String> values) {
        return values.keySet().stream().filter(key -> key.matches(".*\\.(secrets(\\[\\d+])?|credentials\\..*|password|key)"))
                .map(key -> file + ": " + key + " does not belong into a ConfigMap; mount it as a Secret").toList();
    }

    private static List<String> otherReaders(String page, List<YamlNode> objects) {
        Map<String, Set<String>> readers = new TreeMap<>();
        deployments(objects).forEach(deployment -> deployment.all().filter(node -> List.of("secretRef", "secretKeyRef", "secret").contains(node.key()))
                .forEach(node -> readers.computeIfAbsent(node.text("name") + node.text("secretName"), name -> new TreeSet<>()).add(environment(deployment).get("ORDERWEIR_ROLES"))));
        Map<String, Set<String>> told = new TreeMap<>();
        SECRET.matcher(page).results().forEach(row -> told.put(row.group(1), new TreeSet<>(List.of(row.group(2).split(", ")))));
        Set<String> names = new TreeSet<>(readers.keySet());
        names.addAll(told.keySet());
        return names.stream().filter(name -> !readers.getOrDefault(name, Set.of()).equals(told.getOrDefault(name, Set.of())))
                .map(name -> PAGE + ": " + name + " is read by " + told.getOrDefault(name, Set.of()) + " there, and in " + BASE + " by " + readers.getOrDefault(name, Set.of()) + "; correct the one or the other").toList();
    }

    private static List<String> wrongList(Path folder, YamlNode kustomization) {
        List<String> found = new ArrayList<>();
        Set<String> listed = new TreeSet<>(texts(kustomization, "resources"));
        kustomization.get("patches").ifPresent(patches -> patches.children().forEach(patch -> listed.add(patch.text("path"))));
        Stream<String> generated = kustomization.get("configMapGenerator").stream().flatMap(maps -> maps.children().stream()).flatMap(map -> texts(map, "files").stream());
        Stream.concat(listed.stream(), generated).filter(name -> !Files.exists(folder.resolve(name)))
                .forEach(name -> found.add(kustomization.file() + ": there is no " + folder.resolve(name) + "; add it or correct the name"));
        yamlFiles(folder).stream().filter(name -> !listed.contains(name))
                .forEach(name -> found.add(kustomization.file() + ": " + folder.resolve(name) + " is not listed and never applied; list it or remove it"));
        return found;
    }

    private static List<String> lostConfigMaps(YamlNode deployment, Set<String> generated) {
        return deployment.all().filter(node -> node.key().equals("configMapRef") || node.key().equals("configMap")).filter(node -> !node.text("optional").equals("true"))
                .filter(node -> !generated.contains(node.text("name")))
                .map(node -> node.place() + ": " + KUSTOMIZATION + " does not generate " + node.text("name") + "; the pod would wait for it for ever").toList();
    }

    private static List<String> wrongFolders(YamlNode deployment) {
        List<String> found = new ArrayList<>();
        Map<String, String> environment = environment(deployment);
        Set<String> mounted = container(deployment).get("volumeMounts").stream().flatMap(mounts -> mounts.children().stream())
                .filter(mount -> mount.text("readOnly").equals("true")).map(mount -> mount.text("mountPath")).collect(Collectors.toSet());
        environment.entrySet().stream().filter(variable -> variable.getKey().endsWith("_DIR") && !mounted.contains(variable.getValue()))
                .forEach(variable -> found.add(deployment.place() + ": " + variable.getKey() + " names " + variable.getValue() + ", which is not mounted read-only"));
        if (!environment.get("ORDERWEIR_ROLES").equals("capture") && !environment.containsKey("ORDERWEIR_POLICY_DIR")) {
            found.add(deployment.place() + ": ORDERWEIR_POLICY_DIR is missing; it would plan, release or gate by other tables than the other roles");
        }
        return found;
    }

    private static Set<String> roles() throws NoSuchMethodException {
        return new TreeSet<>(List.of(Settings.class.getMethod("roles").getAnnotation(WithDefault.class).value().split(",")));
    }

    private static Stream<YamlNode> deployments(List<YamlNode> objects) {
        return objects.stream().filter(object -> object.text("kind").equals("Deployment"));
    }

    private static YamlNode container(YamlNode deployment) {
        return deployment.get("spec", "template", "spec", "containers").orElseThrow().children().get(0);
    }

    /** The variables of the only container; what comes from a Secret has some value. */
    private static Map<String, String> environment(YamlNode deployment) {
        Map<String, String> environment = new TreeMap<>();
        container(deployment).get("env").ifPresent(variables -> variables.children()
                .forEach(variable -> environment.put(variable.text("name"), variable.get("value").map(YamlNode::text).orElse("from a Secret"))));
        return environment;
    }

    private static List<String> texts(YamlNode within, String... path) {
        return within.get(path).stream().flatMap(YamlNode::texts).map(YamlNode::text).toList();
    }

    private static YamlNode kustomization(Path folder) {
        Path file = folder.resolve(KUSTOMIZATION);
        return YamlNode.parse(file.toString(), RouteFile.read(file));
    }

    private static List<YamlNode> objects(Path folder) {
        return yamlFiles(folder).stream().map(folder::resolve).flatMap(file -> parse(file.toString(), RouteFile.read(file)).stream()).toList();
    }

    private static Set<String> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml") && !name.equals(KUSTOMIZATION))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of one file; each keeps its lines. */
    private static List<YamlNode> parse(String file, String text) {
        List<YamlNode> objects = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        for (String object : text.split("(?m)^---$")) {
            objects.add(YamlNode.parse(file, before + object));
            before.append("\n".repeat((int) object.chars().filter(c -> c == '\n').count()));
        }
        return objects;
    }

    private static Map<String, String> properties(Path file) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(RouteFile.read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new TreeMap<>();
        read.forEach((key, value) -> values.put((String) key, (String) value));
        return values;
    }
}
