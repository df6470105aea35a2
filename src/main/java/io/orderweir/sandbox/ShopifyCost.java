package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.language.OperationDefinition.Operation;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;

/**
 * What a call costs, in points.
 *
 * <p>A scalar is 0; an object, or a list of them, 1 and what is asked of it; a mutation 10, in which the objects right in its payload are paid,
 * but not what is asked of them. A connection is 2, and for its nodes, 1 and what is asked of one, times the bits of {@code first}: 5 nodes count
 * 3 times, 10 count 4, 20 count 5, 250 count 8. This gives every requested cost of the recorded calls to the point (10, 20, 24, 25, 32, 36, 39,
 * 46, 48, 54, 68). The actual cost is the same sum over what was found, each connection by the mean of its nodes; recorded mutations agree to the
 * point, recorded reads lie up to five points beside it.
 */
final class ShopifyCost {
    /** What a single call may cost at most. */
    static final int MOST = 1_000;
    private static final int MUTATION = 10;
    private static final int CONNECTION = 2;

    private final GraphQLSchema schema;
    private final boolean mutates;
    private final List<ExecutableNormalizedField> roots;

    ShopifyCost(GraphQLSchema schema, ExecutableNormalizedOperation operation) {
        this.schema = schema;
        this.mutates = operation.getOperation() == Operation.MUTATION;
        this.roots = operation.getTopLevelFields();
    }

    int requested() {
        return roots.stream().mapToInt(root -> mutates ? MUTATION + payload(root) : requested(root)).sum();
    }

    private int payload(ExecutableNormalizedField root) {
        return root.getChildren().stream().mapToInt(child -> requested(child) - own(child)).sum();
    }

    private int requested(ExecutableNormalizedField asked) {
        if (isConnection(asked)) {
            ExecutableNormalizedField nodes = nodes(asked);
            return CONNECTION + bits((Integer) asked.getResolvedArguments().getOrDefault("first", ShopifyGraphql.LONGEST_LIST)) * (nodes == null ? 1 : requested(nodes));
        }
        return own(asked) + asked.getChildren().stream().mapToInt(this::requested).sum();
    }

    /** What it cost to find this data. */
    int actual(JsonNode data) {
        int cost = 0;
        for (ExecutableNormalizedField root : roots) {
            JsonNode value = data.path(root.getResultKey());
            if (!mutates) {
                cost += actual(root, value);
                continue;
            }
            cost += MUTATION;
            for (ExecutableNormalizedField child : root.getChildren()) {
                cost += actual(child, value.path(child.getResultKey())) - own(child);
            }
        }
        return cost;
    }

    private int actual(ExecutableNormalizedField asked, JsonNode value) {
        if (isConnection(asked)) {
            return connection(asked, value);
        }
        if (!value.isArray()) {
            return own(asked) + within(asked, value);
        }
        int most = 0;
        for (JsonNode item : value) {
            most = Math.max(most, within(asked, item));
        }
        return own(asked) + most;
    }

    private int connection(ExecutableNormalizedField asked, JsonNode value) {
        ExecutableNormalizedField nodes = nodes(asked);
        JsonNode found = nodes == null ? value.path("nodes") : value.path(nodes.getResultKey());
        double sum = 0;
        for (JsonNode node : found) {
            sum += 1 + within(nodes, node);
        }
        return CONNECTION + (found.isEmpty() ? 0 : (int) Math.ceil(bits(found.size()) * sum / found.size()));
    }

    private int within(ExecutableNormalizedField asked, JsonNode value) {
        return value.isObject() ? asked.getChildren().stream().mapToInt(child -> actual(child, value.path(child.getResultKey()))).sum() : 0;
    }

    private int own(ExecutableNormalizedField asked) {
        return GraphQLTypeUtil.unwrapAll(asked.getType(schema)) instanceof GraphQLObjectType object && !isConnection(asked) && !object.getName().equals("PageInfo") ? 1 : 0;
    }

    private boolean isConnection(ExecutableNormalizedField asked) {
        return GraphQLTypeUtil.unwrapAll(asked.getType(schema)).getName().endsWith("Connection");
    }

    /** Null when they are not asked for. */
    private static ExecutableNormalizedField nodes(ExecutableNormalizedField connection) {
        return connection.getChildren().stream().filter(child -> child.getFieldName().equals("nodes")).findFirst().orElse(null);
    }

    private static int bits(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }
}
