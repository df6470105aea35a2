package io.orderweir.connector;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import io.orderweir.mounted.Mounted;
import io.orderweir.mounted.Mounts;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of connectors this process goes by: those that are packaged, and those of {@code orderweir.connectors.dir}. A folder is called like its
 * system and holds {@code connector.yaml}, its routes ({@code *.camel.yaml}), its shapes (jq) and how it complains. A mounted one cannot take the place of a packaged one.
 */
@Unremovable
@ApplicationScoped
@Named("connectors")
@RegisterForReflection
public class Connectors {

    /** The descriptor of a folder. */
    public static final String DESCRIPTOR = "connector.yaml";
    /** How the name of a file of routes ends. */
    public static final String ROUTES = ".camel.yaml";
    /** Written by the build: all files of the packaged folders, one a line, as {@code netsuite/order.out.jq}. */
    private static final String INDEX = "/connectors/files.index";
    /** Of a system: it stands in ids, addresses and keys, and its routes add the number of a revision behind '_'. */
    private static final String NAME = "[a-z][a-z0-9-]{0,39}";
    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new TimeReader()).addDeserializer(LocalDate.class, LocalDateDeserializer.INSTANCE)).build();

    /** Those that were asked for: a process reads few of them, and the search for route files none. */
    private final Map<String, Connector> connectors = new ConcurrentHashMap<>();
    private final Set<String> systems = new TreeSet<>();
    private final List<String> packaged;
    /** Of those that are packaged. */
    private final Set<String> folders = new TreeSet<>();
    private final Mounted mounted;
    private final UnaryOperator<String> serving;

    /** For the client proxy only. */
    protected Connectors() {
        packaged = List.of();
        mounted = null;
        serving = UnaryOperator.identity();
    }

    @Inject
    public Connectors(Mounts mounts) {
        this(mounts.connectorsDirectory(), mounts.running().connectors(), mounts::serving, Connectors::refuse);
    }

    private Connectors(Optional<Path> directory, Mounted content, UnaryOperator<String> serving, Consumer<IllegalStateException> wrong) {
        packaged = index();
        mounted = content;
        this.serving = serving;
        directory.filter(named -> mounted == null).ifPresent(named -> wrong.accept(new IllegalStateException(
                "Orderweir does not start: orderweir.connectors.dir = " + named + " is no directory; mount it, correct the path, or remove the key")));
        packaged.forEach(file -> folders.add(file.substring(0, file.indexOf('/'))));
        systems.addAll(folders);
        for (String folder : mounted()) {
            try {
                if (folders.contains(folder)) {
                    throw new IllegalStateException("Orderweir does not start: " + mounted.directory().resolve(folder) + " is called like a connector that is packaged; give it, and its system, a name of its own");
                }
                if (!folder.matches(NAME)) {
                    throw new IllegalStateException("Orderweir does not start: " + mounted.directory().resolve(folder) + " is called like no system: a name has small letters, digits and '-'; rename the folder, and its system");
                }
                connectors.put(folder, read(folder));
                systems.add(folder);
            } catch (IllegalStateException refusal) {
                wrong.accept(refusal);
            }
        }
    }

    /** For who only wants to know: {@code wrong} gets a sentence for everything that is, and those that are understood can be asked. */
    public static Connectors looked(Optional<Path> mounted, List<String> wrong) {
        return new Connectors(mounted, content(mounted), UnaryOperator.identity(), refusal -> wrong.add(refusal.getMessage()));
    }

    /** Those that a revision would mount. */
    public static Connectors of(Mounted mounted) {
        return new Connectors(Optional.empty(), mounted, UnaryOperator.identity(), Connectors::refuse);
    }

    /** Those of a directory that may be null which are understood: what is wrong with another refuses the start a little later. */
    public static Connectors understood(String directory) {
        return looked(Optional.ofNullable(directory).map(Path::of), new ArrayList<>());
    }

    /** The connectors of a directory that may be null, beside those that are packaged. */
    public static Connectors in(String directory) {
        Optional<Path> named = Optional.ofNullable(directory).map(Path::of);
        return new Connectors(named, content(named), UnaryOperator.identity(), Connectors::refuse);
    }

    public Optional<Connector> find(String system) {
        return systems.contains(system) ? Optional.of(connectors.computeIfAbsent(system, this::read)) : Optional.empty();
    }

    /** What the routes of a system are called in this moment: the word behind {@code direct:}, before {@code .order.create}. A call that has begun goes on in those it began in. */
    public String serving(String system) {
        return serving.apply(system);
    }

    public Set<String> systems() {
        return systems;
    }

    public Stream<Connector> all() {
        return systems.stream().map(this::find).flatMap(Optional::stream);
    }

    /** Where the route files of all connectors stand, as Camel's loader takes it. */
    public Stream<String> routeFiles() {
        Stream<String> ours = packaged.stream().filter(file -> file.endsWith(ROUTES)).map(file -> "classpath:connectors/" + file);
        return Stream.concat(ours, mounted().stream().flatMap(this::routeFiles).map(file -> "file:" + mounted.directory().resolve(file)));
    }

    /** The route files of a folder, by names such as {@code acme/routes.camel.yaml}. */
    public Stream<String> routeFiles(String folder) {
        if (folders.contains(folder)) {
            return packaged.stream().filter(file -> file.startsWith(folder + "/") && file.endsWith(ROUTES));
        }
        return mounted.in(folder).stream().filter(file -> file.endsWith(ROUTES)).map(file -> folder + "/" + file);
    }

    /** A file of a folder, by its name such as {@code netsuite/complaints.yaml}; empty where the folder has none. */
    public Optional<byte[]> bytes(String file) {
        if (!packaged.contains(file)) {
            return mounted == null ? Optional.empty() : mounted.bytes(file);
        }
        try (InputStream in = Connectors.class.getResourceAsStream("/connectors/" + file)) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("connectors/" + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where a file of a folder stands, as a person finds it; it need not be there. */
    public String place(String file) {
        return folders.contains(file.split("/")[0]) || mounted == null ? "connectors/" + file : mounted.directory().resolve(file).toString();
    }

    /** All files of the mounted folders, and what lies beside these, which nobody reads. */
    public List<Path> mountedFiles() {
        return mounted == null ? List.of() : mounted.files().keySet().stream().filter(file -> !folders.contains(file.split("/")[0])).map(mounted.directory()::resolve).toList();
    }

    private Connector read(String folder) {
        String place = place(folder);
        String file = place + "/" + DESCRIPTOR;
        byte[] yaml = bytes(folder + "/" + DESCRIPTOR).orElseThrow(() ->
                new IllegalStateException("Orderweir does not start: " + place + " has no " + DESCRIPTOR + ", which says what the system is and can; write one, or take the folder away"));
        try {
            Connector connector = described(new String(yaml, StandardCharsets.UTF_8), file);
            if (!connector.system().equals(folder)) {
                throw new IllegalStateException("Orderweir does not start: " + file + ": its system is '" + connector.system() + "' and its folder is called '" + folder + "'; call both the same");
            }
            return connector;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static Connector described(String yaml, String file) throws IOException {
        try (JsonParser parser = YAML.createParser(yaml)) {
            try {
                return YAML.readValue(parser, Connector.class);
            } catch (UnrecognizedPropertyException e) {
                // the parser has passed its value already
                int before = Pattern.compile("(?m)^[^\\n]*?(?<![\\w-])" + Pattern.quote(e.getPropertyName()) + "[\"']?:").matcher(yaml).results().findFirst().map(MatchResult::start).orElse(0);
                throw refusal(file, yaml.substring(0, before).lines().count() + 1, e);
            } catch (JsonProcessingException e) {
                throw refusal(file, (e instanceof JsonMappingException ? parser.currentTokenLocation() : e.getLocation()).getLineNr(), e);
            }
        }
    }

    private static IllegalStateException refusal(String file, long line, JsonProcessingException thrown) {
        return new IllegalStateException("Orderweir does not start: " + file + ": line " + line + said(thrown), thrown);
    }

    /** What is wrong in a descriptor, behind its line: where, what, and the way out. */
    private static String said(JsonProcessingException thrown) {
        if (thrown instanceof UnrecognizedPropertyException unknown) {
            return in(unknown.getPath()) + ": '" + unknown.getPropertyName() + "' is not a key; there " + (unknown.getKnownPropertyIds().size() == 1 ? "is " : "are ")
                    + new TreeSet<>(unknown.getKnownPropertyIds().stream().map(String::valueOf).toList());
        }
        if (thrown instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return in(refused.getPath()) + ": " + refused.getCause().getMessage();
        }
        return (thrown instanceof JsonMappingException wrong ? in(wrong.getPath()) : "") + ": " + thrown.getOriginalMessage();
    }

    private static String in(List<JsonMappingException.Reference> path) {
        List<String> names = new ArrayList<>();
        path.forEach(step -> names.add(step.getFieldName() == null ? String.valueOf(step.getIndex() + 1) : step.getFieldName()));
        return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
    }

    private Set<String> mounted() {
        return mounted == null ? Set.of() : mounted.folders();
    }

    private static Mounted content(Optional<Path> directory) {
        return directory.filter(Files::isDirectory).map(Path::toAbsolutePath).map(Mounted::read).orElse(null);
    }

    private static void refuse(IllegalStateException refusal) {
        throw refusal;
    }

    private static List<String> index() {
        try (InputStream index = Connectors.class.getResourceAsStream(INDEX)) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
