package io.orderweir.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The text of one file of routes, read by Camel itself. Of a file it does not understand each item is read alone, so that every one is told of. */
record RouteText(String file, String text) {

    /** How the place of a file begins that is packaged with the engine. */
    static final String PACKAGED = "classpath:";
    private static final Pattern READS = Pattern.compile("from:\\s*(?:\\{\\s*)?(?:uri:\\s*)?[\"']?direct:([\\w.-]+)");

    static RouteText of(Path file) throws IOException {
        return new RouteText(shown(file.toString()), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    /** Where Camel's loader finds it. */
    static RouteText at(String location) throws IOException {
        if (!location.startsWith(PACKAGED)) {
            return of(Path.of(shown(location)));
        }
        String file = location.substring(PACKAGED.length());
        try (InputStream in = RouteText.class.getResourceAsStream("/" + file)) {
            return new RouteText(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Where a file lies, without the word before it. */
    static String shown(String location) {
        Path file = Path.of(location.replaceFirst("^(file|classpath):", ""));
        Path here = Path.of("").toAbsolutePath();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    /** The names after {@code direct:} that routes read here, as far as the text can be told without being understood. */
    Stream<String> readAsWritten() {
        return READS.matcher(text).results().map(found -> found.group(1));
    }

    /** The first line that holds a word; 0 where none does. */
    int line(String word) {
        String[] all = text.split("\\R", -1);
        return IntStream.range(0, all.length).filter(i -> all[i].contains(word)).map(i -> i + 1).findFirst().orElse(0);
    }

    List<RouteBuilder> read(CamelContext camel, Faults faults) {
        Optional<Node> content = yaml(faults);
        if (faults.anyOf(file)) {
            return List.of();
        }
        if (content.isEmpty()) {
            faults.add(file, 0, "it is empty, or half written; write its routes, or remove it");
            return List.of();
        }
        if (!(content.get() instanceof SequenceNode items) || items.getValue().isEmpty()) {
            faults.add(file, 1, "it is no list of routes; a file of routes begins with '- route:'");
            return List.of();
        }
        try {
            return read(camel, text);
        } catch (Exception whole) {
            return alone(camel, items, whole, faults);
        }
    }

    /** The same of a text that is right. */
    List<RouteBuilder> read(CamelContext camel) throws Exception {
        return read(camel, text);
    }

    /** What the text says as YAML; empty where it says nothing, or is none, which is told. */
    Optional<Node> yaml(Faults faults) {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
        } catch (YamlEngineException broken) {
            if (broken instanceof MarkedYamlEngineException) {
                add(faults, 1, broken);
            } else {
                faults.add(file, 1, "it is no YAML: " + broken.getMessage().split("\\R")[0]);
            }
            return Optional.empty();
        }
    }

    private List<RouteBuilder> alone(CamelContext camel, SequenceNode items, Exception whole, Faults faults) {
        List<RouteBuilder> good = new ArrayList<>();
        List<Integer> starts = items.getValue().stream().map(item -> item.getStartMark().map(Mark::getLine).orElse(0)).toList();
        for (int i = 0; i < starts.size(); i++) {
            try {
                good.addAll(read(camel, lines(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : Integer.MAX_VALUE)));
            } catch (Exception broken) {
                add(faults, starts.get(i) + 1, broken);
            }
        }
        if (!faults.anyOf(file)) {
            add(faults, 1, whole);
        }
        return good;
    }

    /** The text with all other lines empty, so that each keeps its number. */
    private String lines(int from, int to) {
        String[] all = text.split("\\R", -1);
        return IntStream.range(0, all.length).mapToObj(i -> i < from || i >= to ? "" : all[i]).collect(Collectors.joining("\n"));
    }

    private List<RouteBuilder> read(CamelContext camel, String part) throws Exception {
        List<RouteBuilder> builders = new ArrayList<>();
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(ResourceHelper.fromString("file:" + file, part)))) {
            ((RouteBuilder) builder).configureRoutes(camel);
            builders.add((RouteBuilder) builder);
        }
        return builders;
    }

    private void add(Faults faults, int line, Throwable broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
                Mark mark = marked.getProblemMark().get();
                String problem = marked.getProblem() == null ? marked.getMessage().split("\\R")[0] : marked.getProblem();
                faults.add(file, mark.getLine() + 1, mark.getColumn() + 1, sentence(problem, mark));
                return;
            }
        }
        faults.add(file, line, sentence(broken instanceof UnsupportedOperationException ? "nothing that can be read stands here" : Faults.said(broken), null));
    }

    private String sentence(String problem, Mark mark) {
        if (problem.startsWith("Unknown node id: ")) {
            String name = problem.substring(problem.lastIndexOf(' ') + 1);
            return "'" + name + "' is no step and no option that Camel knows; " + Faults.meant(name, nodes());
        }
        if (problem.startsWith("Unsupported field: ")) {
            String name = problem.substring(problem.lastIndexOf(' ') + 1);
            return "'" + name + "' is no option of what it stands in; correct or remove it: " + quoted(mark);
        }
        return problem + (mark == null ? "" : "; look at the indentation and the quotes of this line and the one before: " + quoted(mark));
    }

    private String quoted(Mark mark) {
        String[] lines = text.split("\\R", -1);
        int at = mark.getLine();
        while (at > 0 && (lines[at].isBlank() || lines[at].strip().startsWith("#"))) {
            at--;
        }
        String line = lines[at].strip();
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    private static List<String> nodes() {
        try (InputStream in = RouteBuilder.class.getResourceAsStream("/META-INF/services/org/apache/camel/model.properties")) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\s+")).filter(name -> name.matches("[a-z][A-Za-z]*")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
