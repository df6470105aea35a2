package io.orderweir.capture;

import io.orderweir.type.Types;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * Looks at all routes before the first one starts. One that captures events of a type nobody declared, or stands where another one reads,
 * refuses the start with its file: what it answers 202 to would be lost.
 */
@Unremovable
@ApplicationScoped
public class RouteCheck implements CamelContextCustomizer, StartupListener {

    private static final String CAPTURE = "direct:capture";
    private static final Pattern METHODS = Pattern.compile("httpMethodRestrict=([\\w,]+)");
    /** The languages whose text is the value itself. */
    private static final Set<String> WORDS = Set.of("constant", "simple");

    private final Types types;

    /** For the client proxy only. */
    protected RouteCheck() {
        this(null);
    }

    @Inject
    public RouteCheck(Types types) {
        this.types = types;
    }

    @Override
    public void configure(CamelContext camel) {
        try {
            camel.addStartupListener(this);
        } catch (Exception e) {
            throw new IllegalStateException("the routes cannot be looked at before they start", e);
        }
    }

    @Override
    public void onCamelContextStarting(CamelContext camel, boolean alreadyStarted) {
        List<RouteDefinition> routes = ((ModelCamelContext) camel).getRouteDefinitions();
        routes.forEach(route -> undeclared(route, types).findFirst().ifPresent(says -> refuse(named(route) + ": " + says)));
        Map<String, RouteDefinition> readers = new HashMap<>();
        for (RouteDefinition route : routes) {
            String door = door(route);
            RouteDefinition other = door == null ? null : readers.putIfAbsent(door, route);
            if (other != null) {
                refuse(named(other) + " and " + named(route) + " both read " + door + ": what comes would be one's alone."
                        + " Rename one; a connector's own names begin with its system");
            }
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // looked at before
    }

    /** Where a route reads that no other may read; null where several may. Of one path each method is another door. */
    public static String door(RouteDefinition route) {
        String uri = route.getInput().getEndpointUri();
        Matcher methods = METHODS.matcher(uri);
        String door = uri.replaceFirst("\\?.*", "").replaceFirst("://", ":") + (methods.find() ? " " + methods.group(1) : "");
        return readable(door) ? door : null;
    }

    /** A timer or a topic may have several readers, and what a template reads is another thing in each of its routes. */
    private static boolean readable(String door) {
        return Stream.of("direct:", "seda:", "platform-http:").anyMatch(door::startsWith) && !door.contains("{{");
    }

    /** A sentence for each type of events that a route captures and nobody reads. */
    public static Stream<String> undeclared(RouteDefinition route, Types types) {
        boolean captures = all(route, ToDefinition.class).anyMatch(to -> CAPTURE.equals(to.getEndpointUri()));
        Stream<SetVariableDefinition> sets = Stream.concat(all(route, SetVariableDefinition.class), all(route, SetVariablesDefinition.class).flatMap(set -> set.getVariables().stream()));
        return !captures ? Stream.empty() : sets.filter(set -> "type".equals(set.getName())).map(SetVariableDefinition::getExpression)
                .filter(said -> WORDS.contains(said.getLanguage()) && !said.getExpression().contains("${")).map(ExpressionDefinition::getExpression)
                .filter(type -> !type.equals(Types.UNKNOWN) && types.find(type).isEmpty())
                .map(type -> "it captures events of the type '" + type + "', which nobody reads; say " + types.listed("or") + ","
                        + " or unknown, of which the kind is noted and nothing else is done; or mount a folder of that name with orderweir.types.dir");
    }

    private static <T> Stream<T> all(RouteDefinition route, Class<T> type) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type).stream();
    }

    private static String named(RouteDefinition route) {
        return route.getRouteId() + " (" + Optional.ofNullable(route.getResource()).map(file -> file.getLocation().replaceFirst("^\\w+:", "")).orElse("no file") + ")";
    }

    private static void refuse(String sentence) {
        throw new IllegalStateException(sentence);
    }
}
