package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryTypeException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Option;

/**
 * jq's {@code test(regex)}, which every mapping of the engine uses in place of jackson-jq's own: that one compiles its regular expression at every
 * call, a quarter of what a mapping costs. The same expressions, the same answers.
 */
@Unremovable
@Singleton
@Named("test/1")
public class Matches implements Function {

    /** A mapping's expressions stand in its text; what comes out of a document instead must not fill the memory. */
    private static final int MOST = 1_000;
    private static final JsonQuery WITH_FLAGS = compiled("test($test[0]; $test[1])");

    private final Map<String, OnigUtils.Pattern> patterns = new ConcurrentHashMap<>();

    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
        arguments.get(0).apply(scope, in, test -> {
            if (test.isTextual()) {
                output.emit(BooleanNode.valueOf(matches(in, test.textValue())), null);
            } else {
                Scope flags = Scope.newChildScope(scope);
                flags.setValue("test", test);
                WITH_FLAGS.apply(flags, in, answer -> output.emit(answer, null));
            }
        });
    }

    private boolean matches(JsonNode in, String regex) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryTypeException("%s cannot be matched, as it is not a string", in);
        }
        OnigUtils.Pattern pattern = patterns.get(regex);
        if (pattern == null) {
            pattern = new OnigUtils.Pattern(regex, null);
            if (patterns.size() < MOST) {
                patterns.put(regex, pattern);
            }
        }
        byte[] text = in.textValue().getBytes(StandardCharsets.UTF_8);
        return pattern.regex.matcher(text).search(0, text.length, Option.NONE) >= 0;
    }

    private static JsonQuery compiled(String query) {
        try {
            return JsonQuery.compile(query, Versions.JQ_1_7);
        } catch (JsonQueryException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
