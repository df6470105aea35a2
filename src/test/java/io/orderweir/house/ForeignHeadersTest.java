package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.house.RouteFile.Endpoint;
import io.orderweir.house.RouteFile.Room;
import io.orderweir.ledger.NamedParameters;
import io.orderweir.process.LoudTarget;
import io.orderweir.process.LoudTarget.Answer;
import io.orderweir.wire.ReceivedHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What comes from outside is an input of nothing by its name. It holds by construction: foreign headers are never headers of a message (wire.ReceivedHeaders), a statement
 * reads variables alone (ledger.NamedParameters), and no variable gets its name from outside. Nothing here lists statements, beans, doors or names.
 */
class ForeignHeadersTest {

    private static final List<RouteFile> FILES = RouteFile.all();
    private static final String OPTION = "headerFilterStrategy";
    /** The exit calls whatever a connection's url says. */
    private static final List<String> CALLED = List.of("http://127.0.0.1:1", "https://127.0.0.1:1");
    private static final String TOMORROW = "- route: { id: tomorrow, from: { uri: direct:tomorrow, steps: [ { to: direct:call }, { bean: { ref: tomorrow, method: read } } ] } }";
    private static final Pattern HEADER = Pattern.compile("\\$\\{(?:in\\.)?headers?(?:AsMap|As|\\b)[.:\\[(?]*['\"]?([\\w-]*)");
    private static final Pattern JAVA_HEADER = Pattern.compile("\\.getHeader\\(\\s*(?!\"Camel|(?:\\w+Constants|Exchange|HttpHeaders)\\.)([^,)]+)");
    private static final Pattern JAVA_NAME = Pattern.compile("\\.(?:setVariable|setHeader)\\(\\s*(?!\"|column\\b|way\\.header\\(\\)|[A-Z_]+\\b)([^,)]+)");

    @Test
    void whatATargetAnswersChangesNoVariableAndLeavesNoHeader() throws Exception {
        // Given
        List<String> twice = new ArrayList<>();
        for (String name : ForeignNames.all()) {
            twice.add(name + ": stolen");
            twice.add(name + ": stolen too");
        }
        twice.add("Content-Type: application/json; charset=no-such");

        // When
        Exchange quiet = called(200, List.of());
        Exchange loud = called(200, twice);

        // Then
        assertEquals(inside(quiet), inside(loud));
        assertEquals(Set.of(), loud.getMessage().getHeaders().keySet());
        assertEquals("stolen", ReceivedHeaders.text(loud, "CAMELsqlQUERY"), "it stands apart, the first of its name, to be asked for");
        assertEquals("{\"name\":\"Łódź\"}", loud.getVariable("answer"));
    }

    @Test
    void aStatementAndABeanOfTomorrowAreAsSafe() throws Exception {
        // Given
        Tomorrow bean = new Tomorrow();
        try (LoudTarget target = LoudTarget.that(request -> new Answer(200, List.of("zebra: stolen", "ZEBRA: stolen"), ""));
                PaperEngine engine = engine(bean)) {
            // When
            Exchange loud = engine.send("direct:tomorrow", question(target.url()));
            List<Object> inputs = new ArrayList<>();
            new NamedParameters().createPopulateIterator("select :?${variable.zebra}", null, 1, loud, loud.getMessage().getBody()).forEachRemaining(inputs::add);
            // Then
            assertEquals(Arrays.asList((Object) null), inputs);
            assertNull(bean.zebra);
            assertEquals(Map.of(), bean.all);
        }
    }

    @Test
    void whatAnEarlierAnswerBroughtIsNotOfThisOne() throws Exception {
        // Given an answer that closed the door for a while
        List<Answer> answers = new ArrayList<>(List.of(new Answer(429, List.of("Retry-After: 30", "RETRY-AFTER: 5"), ""), new Answer(429, List.of(), "")));
        try (LoudTarget target = LoudTarget.that(request -> answers.remove(0)); PaperEngine engine = engine(new Tomorrow())) {
            Exchange first = engine.send("direct:call", question(target.url()));
            assertEquals(30.0, first.getVariable("closedFor"));
            // When the same exchange calls again
            Map<String, Object> variables = new HashMap<>(first.getVariables());
            Exchange second = engine.send("direct:call", variables);
            // Then
            assertNull(second.getVariable("closedFor"));
        }
    }

    @Test
    void everyEndpointThatBringsHeadersKeepsThemApart() throws Exception {
        Set<String> uris = new TreeSet<>(CALLED);
        FILES.stream().flatMap(file -> file.endpoints().stream()).map(endpoint -> endpoint.uri().replace("{{orderweir.topics.prefix:}}", "")).filter(uri -> !uri.contains("${") && !uri.contains("{{") && !uri.startsWith("direct:")).forEach(uris::add);
        Set<String> bringing = new TreeSet<>();
        Findings.none(mixing(uris, true, bringing));
        assertEquals(Set.of("http", "https", "kafka", "platform-http"), bringing, "the test has seen them");
        Findings.found(2, "kafka:orders", mixing(List.of("kafka:orders", "http://a", "timer:a"), false, bringing));
        Findings.none(FILES.stream().flatMap(file -> file.yaml().all()).filter(node -> node.key().equals(OPTION) || node.text().contains(OPTION))
                .map(node -> node.place() + ": its own " + OPTION + " would let foreign headers in; leave it out").toList());
    }

    @Test
    void routesReadOnlyHeadersThatCamelWrote() {
        Findings.none(FILES.stream().filter(file -> file.room() != Room.SANDBOX).flatMap(file -> foreignReads(file).stream()).toList());
        Findings.found(5, "X-Topic", foreignReads(RouteFile.parse("connectors/acme/routes.camel.yaml", """
                - route:
                    id: acme.capture
                    from:
                      uri: platform-http:/capture/acme/{connection}
                      steps:
                        - setVariable: { name: topic, header: X-Topic }
                        - setVariable: { name: source, header: connection }
                        - setVariable: { name: status, header: CamelHttpResponseCode }
                        - setBody: { simple: "${header.verb} ${header[wait]} ${headers.reason} ${headers} ${header.CamelHttpPath}" }
                """)));
        Findings.found(1, "connection", foreignReads(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { id: a, from: { uri: direct:a, steps: [ { setVariable: { name: source, header: connection } } ] } }
                """)));
    }

    @Test
    void noNameOfAVariableOrAHeaderComesFromOutside() {
        Findings.none(FILES.stream().flatMap(file -> computedNames(file).stream()).toList());
        Findings.found(2, "${header.x}", computedNames(RouteFile.parse("routes/2-process.camel.yaml", """
                - route: { id: a, from: { uri: direct:a, steps: [ { setVariable: { name: "${header.x}", constant: a } }, { setHeaders: { headers: [ { name: "${body[name]}", constant: a } ] } } ] } }
                """)));
        Findings.none(sources().flatMap(source -> computedInJava(source.get(0), source.get(1)).stream()).toList());
        Findings.found(3, "A.java:1", computedInJava("A.java", """
                query.forEach((name, value) -> exchange.setVariable(name, value));
                exchange.getMessage().setHeader(parameter.name(), 1);
                parameters.forEach(exchange::setVariable);
                exchange.setVariable("outcome", value);
                claimed.forEach((column, value) -> exchange.setVariable(column.toString(), value));
                """));
    }

    @Test
    void javaReadsOnlyHeadersThatCamelWrote() {
        Findings.none(sources().flatMap(source -> headersInJava(source.get(0), source.get(1)).stream()).toList());
        Findings.found(3, "A.java:1", headersInJava("A.java", """
                String verb = exchange.getMessage().getHeader("verb", String.class);
                void take(@Header("id") String id, @Headers Map<String, Object> all) {
                String topic = message.getHeader(name);
                int partition = record.getHeader(KafkaConstants.PARTITION, Integer.class);
                String path = message.getHeader("CamelFileAbsolutePath", String.class);
                """));
    }

    /** Whatever an answer brought, and how long it took. */
    private static Map<String, Object> inside(Exchange exchange) {
        Map<String, Object> inside = new HashMap<>(exchange.getVariables());
        inside.keySet().removeAll(Set.of("receivedHeaders", "took", "callBegan", "url"));
        inside.values().removeIf(value -> value instanceof Number && ((Number) value).longValue() > 1_000_000);
        return inside;
    }

    private static Exchange called(int status, List<String> headers) throws Exception {
        try (LoudTarget target = LoudTarget.that(request -> new Answer(status, headers, "{\"name\":\"Łódź\"}")); PaperEngine engine = engine(new Tomorrow())) {
            Exchange called = engine.send("direct:call", question(target.url()));
            assertNull(called.getException());
            assertFalse(called.getVariables().containsKey("failure"), () -> "the call failed: " + called.getVariable("reason"));
            return called;
        }
    }

    private static Map<String, Object> question(String url) {
        return Map.of("method", "POST", "path", "/orders", "label", "Acme", "timeoutMillis", 5000, "url", url, "connection", "acme");
    }

    private static PaperEngine engine(Tomorrow tomorrow) throws Exception {
        PaperEngine engine = PaperCalls.engine();
        CallTrapsTest.configure(engine.camel().getComponent("http", HttpComponent.class));
        return PaperCalls.start(engine.bean("tomorrow", tomorrow), TOMORROW, "- route: { id: nobody, from: { uri: direct:hold.ask, steps: [ { log: asked } ] } }");
    }

    /** Asks Camel itself whether the endpoint can bring headers, and tries what becomes of one; a component without the option writes names of its own alone. */
    private static List<String> mixing(Collection<String> uris, boolean asTheEngine, Set<String> bringing) throws Exception {
        List<String> found = new ArrayList<>();
        try (CamelContext camel = new DefaultCamelContext()) {
            if (asTheEngine) {
                new ReceivedHeaders().configure(camel);
            }
            camel.getRegistry().bind("ledger", new PGSimpleDataSource());
            camel.build();
            for (String uri : uris) {
                org.apache.camel.Endpoint endpoint = camel.getEndpoint(uri);
                if (endpoint.getComponent().getEndpointPropertyConfigurer() instanceof PropertyConfigurerGetter options && options.getOptionType(OPTION, true) != null) {
                    bringing.add(uri.substring(0, uri.indexOf(':')));
                    Exchange exchange = new DefaultExchange(camel);
                    boolean kept = ((HeaderFilterStrategy) options.getOptionValue(endpoint, OPTION, true)).applyFilterToExternalHeaders("CAMELSQLQUERY", "stolen", exchange);
                    if (!kept || !"stolen".equals(ReceivedHeaders.text(exchange, "CamelSqlQuery"))) {
                        found.add(uri + ": what comes by it becomes a header of the message; wire.ReceivedHeaders should keep it apart");
                    }
                }
            }
        }
        return found;
    }

    private static List<String> foreignReads(RouteFile file) {
        List<String> found = new ArrayList<>();
        for (YamlNode node : file.yaml().all().filter(YamlNode::isText).toList()) {
            Set<String> own = ownParameters(node);
            Stream<String> read = node.key().equals("header") ? Stream.of(node.text()) : HEADER.matcher(node.text()).results().map(match -> match.group(1));
            read.filter(name -> !name.startsWith("Camel") && !own.contains(name)).forEach(name -> found.add(node.place() + ": reads the header " + name
                    + ", which Camel did not write; what was received is ${variable.receivedHeaders[...]}, what we know is a variable"));
        }
        return found;
    }

    /** The parameters in the path of the door that the route stands behind: the HTTP server names them, and not who sends. */
    private static Set<String> ownParameters(YamlNode node) {
        Set<String> own = new HashSet<>();
        for (YamlNode at = node; at != null; at = at.parent()) {
            if (at.key().equals("from") && at.text("uri").startsWith("platform-http:")) {
                Pattern.compile("\\{(\\w+)}").matcher(at.text("uri")).results().forEach(match -> own.add(match.group(1)));
            }
        }
        return own;
    }

    private static List<String> computedNames(RouteFile file) {
        return file.yaml().all().filter(node -> node.key().equals("name") && Set.of("setVariable", "setHeader", "setProperty", "").contains(node.parent().key()))
                .filter(node -> node.text().contains("${")).map(node -> node.place() + ": the name " + node.text() + " is computed, and whoever says it chooses what it shadows; write the name").toList();
    }

    /** The engine's classes, the name and the text of each; the pretend vendors have no ledger. */
    private static Stream<List<String>> sources() {
        return SourceFiles.java().stream().filter(file -> !file.toString().contains("/sandbox/")).map(file -> List.of(file.getFileName().toString(), RouteFile.read(file)));
    }

    /** Allowed are words and constants, the columns of a statement of ours, the header that a descriptor says a call is signed in, and the variables of a command, which Java names. */
    private static List<String> computedInJava(String name, String source) {
        return findings(name, source, line -> JAVA_NAME.matcher(line).find() || line.contains("::setVariable") && !line.contains("variables.forEach"),
                "names a variable or a header by what it was given; write the name, or take it from the columns of a row (column)");
    }

    private static List<String> headersInJava(String name, String source) {
        return findings(name, source, line -> JAVA_HEADER.matcher(line).find() && !line.contains("request.getHeader(") || line.matches(".*@Headers?\\b.*") && !line.contains("import"),
                "reads a header of a message that Camel did not write; what was received is ReceivedHeaders.text, what we know is a variable");
    }

    private static List<String> findings(String name, String source, java.util.function.Predicate<String> wrong, String wayOut) {
        List<String> found = new ArrayList<>();
        String[] lines = source.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (wrong.test(lines[i])) {
                found.add(name + ":" + (i + 1) + ": " + wayOut + ": " + lines[i].strip());
            }
        }
        return found;
    }

    /** A bean that reads what it should not. */
    public static final class Tomorrow {
        private Object zebra;
        private Map<String, Object> all;

        public void read(@org.apache.camel.Header("zebra") String zebra, @Headers Map<String, Object> all) {
            this.zebra = zebra;
            this.all = Map.copyOf(all);
        }
    }
}
