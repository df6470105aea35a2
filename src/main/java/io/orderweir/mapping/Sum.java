package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import net.thisptr.jackson.jq.internal.operators.PlusOperator;
import net.thisptr.jackson.jq.path.Path;

/**
 * jq's {@code add}: null plus each value of a list or an object, in their order. jackson-jq defines it in the language itself ({@code reduce .[] as $item (null; . + $item)}) and copies the
 * sum at each step; here the fields of objects go into one.
 */
@Unremovable
@Singleton
@Named("add/0")
public class Sum implements Function {

    private static final PlusOperator PLUS = new PlusOperator();

    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
        JsonNode sum = NullNode.getInstance();
        ObjectNode joined = null;
        for (JsonNode value : Values.of(in)) {
            if (joined != null && value.isObject()) {
                joined.setAll((ObjectNode) value);
            } else {
                boolean objects = sum.isObject() && value.isObject();
                sum = PLUS.apply(scope.getObjectMapper(), sum, value);
                // a copy that nobody else has
                joined = objects ? (ObjectNode) sum : null;
            }
        }
        output.emit(sum, null);
    }
}
