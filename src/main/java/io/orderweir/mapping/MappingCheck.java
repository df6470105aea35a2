package io.orderweir.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.ResourceHelper;

/**
 * Looks at the mappings of all routes before the first one starts, those of mounted connectors too: a regular expression that a long text makes slow would
 * stop everything behind one message, so it refuses the start with its file, its line and the way out.
 */
@Unremovable
@ApplicationScoped
public class MappingCheck implements CamelContextCustomizer, StartupListener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "resource:";
    /** split takes an expression only where it takes two things. */
    private static final Pattern ASKS = Pattern.compile("\\b(test|match|capture|scan|splits|sub|gsub)\\(\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"\\s*([;)])?)?"
            + "|\\b(split)\\(\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"\\s*;|[^\")]*;)");

    @Override
    public void configure(CamelContext camel) {
        try {
            camel.addStartupListener(this);
        } catch (Exception e) {
            throw new IllegalStateException("the mappings cannot be looked at before they are used", e);
        }
    }

    @Override
    public void onCamelContextStarting(CamelContext camel, boolean alreadyStarted) {
        Map<String, String> mappings = new TreeMap<>();
        ((ModelCamelContext) camel).getRouteDefinitions().forEach(route ->
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ExpressionNode.class).stream().map(ExpressionNode::getExpression)
                        .filter(said -> said != null && "jq".equals(said.getLanguage()) && said.getExpression() != null)
                        .forEach(said -> mappings.put(said.getExpression().startsWith(FILE) ? said.getExpression() : route.getRouteId(), text(camel, said.getExpression()))));
        mappings.forEach((name, text) -> slow(text).stream().findFirst().ifPresent(found -> {
            throw new IllegalStateException(name.replaceFirst("^" + FILE, "") + ": " + found);
        }));
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // looked at before
    }

    /** A sentence for each regular expression of a mapping that may be slow. */
    public static List<String> slow(String mapping) {
        List<String> found = new ArrayList<>();
        Matcher asks = ASKS.matcher(mapping);
        while (asks.find()) {
            int line = (int) mapping.substring(0, asks.start()).chars().filter(c -> c == '\n').count() + 1;
            boolean comment = mapping.substring(mapping.lastIndexOf('\n', asks.start()) + 1, asks.start()).stripLeading().startsWith("#");
            if (!comment) {
                String regex = asks.group(4) == null ? asks.group(2) : asks.group(5);
                boolean whole = asks.group(4) != null || asks.group(3) != null;
                why(whole ? regex : null).ifPresent(why -> found.add("line " + line + ": the regular expression" + (regex == null ? "" : " " + regex) + " may take for ever on a long text: " + why
                        + ". Anchor it, count its repeats ({1,20}), or use trim, ltrimstr, split or startswith"));
            }
        }
        return found;
    }

    private static Optional<String> why(String regex) {
        if (regex == null || regex.contains("\\(")) {
            return Optional.of("it is put together while the mapping runs, so nobody can tell");
        }
        try {
            return SlowPattern.why(JSON.readValue('"' + regex + '"', String.class), true);
        } catch (JsonProcessingException strange) {
            return Optional.of("it is no text");
        }
    }

    private static String text(CamelContext camel, String expression) {
        if (!expression.startsWith(FILE)) {
            return expression;
        }
        try (InputStream file = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, camel.resolvePropertyPlaceholders(expression.substring(FILE.length())))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
