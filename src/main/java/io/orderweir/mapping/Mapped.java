package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import net.thisptr.jackson.jq.path.Path;

/**
 * jq's {@code map(f)}: the list of all that f makes of each value of a list or an object. jackson-jq defines it in the language itself ({@code [.[] | f]}), with a scope and a look-up of f for
 * each call. What has no values is refused in the same words.
 */
@Unremovable
@Singleton
@Named("map/1")
public class Mapped implements Function {

    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
        ArrayNode all = scope.getObjectMapper().createArrayNode();
        for (JsonNode value : Values.of(in)) {
            arguments.get(0).apply(scope, value, all::add);
        }
        output.emit(all, null);
    }
}
