package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;
import net.thisptr.jackson.jq.path.Path;

/**
 * jq's {@code select(condition)}: what comes in, with its path, once for each answer of the condition that is neither false nor null. jackson-jq defines it in the language itself
 * ({@code if condition then . else empty end}), with a scope and two look-ups of functions for each call.
 */
@Unremovable
@Singleton
@Named("select/1")
public class Selected implements Function {

    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
        arguments.get(0).apply(scope, in, answer -> {
            if (JsonNodeUtils.asBoolean(answer)) {
                output.emit(in, path);
            }
        });
    }
}
