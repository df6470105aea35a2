package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.mapping.FailedLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.SingleInputTypedExpressionDefinition;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.builder.ExpressionBuilder;

/**
 * What of ours failed at run time, in words for who has to mend it: the mapping with its file and line, or the step with its route, file and line.
 *
 * @param system whose connector it is; null when it is the engine's own
 * @param place such as {@code the mapping /connectors/acme/order.out.jq, line 14,}
 * @param words of jq, or of what was thrown
 */
record Fault(String system, String place, String words) {

    private static final String FILE = "resource:";

    /** {@code system}: of the connector that was at work, or null. */
    static Fault of(Exchange exchange, String system, Throwable thrown) {
        NamedNode step = FailedStep.of(exchange, thrown);
        String words = words(thrown);
        if (step == null) {
            return new Fault(system, null, words);
        }
        String route = ProcessorDefinitionHelper.getRouteId(step);
        String whose = system != null && route != null && (route.startsWith(system + ".") || route.startsWith(system + "_")) ? system : null;
        ExpressionDefinition said = step instanceof ExpressionNode mapping && mapping.getExpression() != null && "jq".equals(mapping.getExpression().getLanguage()) ? mapping.getExpression() : null;
        if (FailedLine.words(thrown) == null || said == null || !said.getExpression().startsWith(FILE)) {
            return new Fault(whose, "the step " + name(step) + " of the route " + route + " (" + file(step.getLocation()) + line(OptionalInt.of(step.getLineNumber())) + ")", words);
        }
        CamelContext camel = exchange.getContext();
        String file = camel.resolvePropertyPlaceholders(said.getExpression().substring(FILE.length()));
        String line = line(lineOf(exchange, said, file, words));
        return new Fault(whose, "the mapping " + file(file) + line + (line.isEmpty() ? "" : ","), words);
    }

    private static OptionalInt lineOf(Exchange exchange, ExpressionDefinition said, String file, String words) {
        String from = said instanceof SingleInputTypedExpressionDefinition single ? single.getSource() : null;
        try (InputStream text = ResourceHelper.resolveMandatoryResourceAsInputStream(exchange.getContext(), file)) {
            Object body = from == null ? exchange.getMessage().getBody() : ExpressionBuilder.singleInputExpression(from).evaluate(exchange, Object.class);
            JsonNode in = exchange.getContext().getTypeConverter().tryConvertTo(JsonNode.class, exchange, body);
            return in == null ? OptionalInt.empty() : FailedLine.of(exchange, new String(text.readAllBytes(), StandardCharsets.UTF_8), in, words);
        } catch (IOException | RuntimeException unreadable) {
            return OptionalInt.empty();
        }
    }

    private static String name(NamedNode step) {
        return step instanceof OptionalIdentifiedDefinition<?> named && Boolean.TRUE.equals(named.getCustomId()) ? step.getId() : step.getShortName();
    }

    private static String file(String location) {
        return location == null ? "of an unknown file" : location.replaceFirst("^(file|classpath):", "").replaceFirst("^connector:", "connectors/").replaceFirst("_\\d+/", "/");
    }

    private static String line(OptionalInt line) {
        return line.isPresent() && line.getAsInt() > 0 ? ", line " + line.getAsInt() : "";
    }

    static String words(Throwable thrown) {
        String ofJq = FailedLine.words(thrown);
        if (ofJq != null) {
            return ofJq;
        }
        Throwable said = thrown;
        while ((said instanceof RuntimeCamelException || said instanceof CamelExecutionException) && said.getCause() != null) {
            said = said.getCause();
        }
        return said.getMessage() == null ? said.getClass().getSimpleName() : said.getMessage();
    }
}
