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
import net.thisptr.jackson.jq.internal.functions.FromEntriesFunction;
import net.thisptr.jackson.jq.internal.functions.ToEntriesFunction;
import net.thisptr.jackson.jq.path.Path;

/**
 * jq's {@code with_entries(f)}: an object of what f makes of each field of one, told as {@code {key, value}}. jackson-jq defines it in the language itself
 * ({@code to_entries | map(f) | from_entries}), with a scope for each field; the two ends are its own here, too.
 */
@Unremovable
@Singleton
@Named("with_entries/1")
public class Entries implements Function {

    private static final Function TO = new ToEntriesFunction();
    private static final Function FROM = new FromEntriesFunction();

    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
        ArrayNode all = scope.getObjectMapper().createArrayNode();
        TO.apply(scope, List.of(), in, null, (entries, nowhere) -> {
            for (JsonNode entry : entries) {
                arguments.get(0).apply(scope, entry, all::add);
            }
        }, version);
        FROM.apply(scope, List.of(), all, null, output, version);
    }
}
