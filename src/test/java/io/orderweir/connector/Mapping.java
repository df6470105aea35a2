package io.orderweir.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.mapping.MappingFunctions;
import io.orderweir.type.TypeResources;
import io.orderweir.type.Types;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a mapping as the engine does, through Camel's own jq language and converters, and as an integrator does, with jq. */
public final class Mapping implements AutoCloseable {

    /** What became of a document: the result, or the sentence of the mapping, or the failure that is neither. */
    public record Outcome(JsonNode result, String sentence, Throwable thrown) {
    }

    /** jq trims since 1.7.1, which calls itself 1.7 as the one before does. */
    private static final double JQ_TRIMS = 1.8;
    private static final String TRIM = "def trim: gsub(\"^\\\\s+|\\\\s+$\"; \"\");\n";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("src/main/resources");

    private final CamelContext camel = new DefaultCamelContext();

    public Mapping() {
        camel.getRegistry().bind(ConnectorResources.NAME, new ConnectorResources(Connectors.in(null)));
        camel.getRegistry().bind(TypeResources.NAME, new TypeResources(Types.packaged()));
        MappingFunctions.bind(camel.getRegistry()::bind);
        camel.start();
    }

    public Outcome map(String mapping, byte[] document) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(document);
        try {
            JsonNode result = camel.resolveLanguage("jq").createExpression("resource:connector:" + mapping)
                .evaluate(exchange, JsonNode.class);
            return new Outcome(result, null, null);
        } catch (Exception e) {
            return new Outcome(null, sentence(e), e);
        }
    }

    /** Null when the document follows the schema of the canonical order, judged by Camel's own validator. */
    public Throwable invalid(JsonNode order) {
        return invalid("order", order);
    }

    /** The same for another type of document. */
    Throwable invalid(String type, JsonNode document) {
        Exchange answer = camel.createProducerTemplate().request("json-validator:type:" + type + "/schema.json",
            exchange -> exchange.getMessage().setBody(document));
        return answer.getException();
    }

    private static String sentence(Throwable thrown) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
            .filter(net.thisptr.jackson.jq.exception.JsonQueryUserException.class::isInstance)
            .map(Throwable::getMessage).findFirst().orElse(null);
    }

    /** The version of the jq command, 0 when there is none on the path. */
    static double jqVersion() {
        try {
            Process jq = new ProcessBuilder("jq", "--version").redirectErrorStream(true).start();
            String version = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return jq.waitFor() == 0 ? Double.parseDouble(version.replaceFirst("(?s)^jq-(\\d+\\.\\d+).*$", "$1")) : 0;
        } catch (java.io.IOException absent) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Outcome onTheCommandLine(String mapping, Path document) throws Exception {
        Path out = Files.createTempFile("jq", ".out");
        Path err = Files.createTempFile("jq", ".err");
        String text = (jqVersion() < JQ_TRIMS ? TRIM : "") + Files.readString(RESOURCES.resolve("connectors").resolve(mapping));
        Process jq = new ProcessBuilder("jq", text, document.toString())
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!jq.waitFor(60, TimeUnit.SECONDS)) {
            jq.destroyForcibly();
            throw new IllegalStateException("jq did not end: " + document);
        }
        String said = Files.readString(err).strip();
        JsonNode result = jq.exitValue() == 0 ? JSON.readTree(Files.readAllBytes(out)) : null;
        Files.delete(out);
        Files.delete(err);
        return new Outcome(result, result == null ? said.replaceFirst("(?s)^jq: error \\(at [^)]*\\): ", "") : null, null);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
