package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.sandbox.GraphqlPlan.Asked;
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

    private ShopifyCost() {
    }

    static int requested(String kind, List<Asked> roots) {
        return roots.stream().mapToInt(root -> kind.equals("mutation") ? MUTATION + payload(root) : requested(root)).sum();
    }

    private static int payload(Asked root) {
        return root.children().stream().mapToInt(child -> requested(child) - own(child)).sum();
    }

    private static int requested(Asked asked) {
        if (asked.isConnection()) {
            return CONNECTION + bits(asked.arguments().path("first").asInt(GraphqlInput.LONGEST_LIST)) * node(asked);
        }
        return own(asked) + asked.children().stream().mapToInt(ShopifyCost::requested).sum();
    }

    private static int node(Asked connection) {
        Asked nodes = connection.child("nodes");
        return nodes == null ? 1 : requested(nodes);
    }

    private static int own(Asked asked) {
        return asked.isObject() && !asked.isConnection() && !asked.result().name().equals("PageInfo") ? 1 : 0;
    }

    static int actual(String kind, List<Asked> roots, JsonNode data) {
        int cost = 0;
        for (Asked root : roots) {
            JsonNode value = data.path(root.key());
            if (!kind.equals("mutation")) {
                cost += actual(root, value);
                continue;
            }
            cost += MUTATION;
            for (Asked child : root.children()) {
                cost += actual(child, value.path(child.key())) - own(child);
            }
        }
        return cost;
    }

    private static int actual(Asked asked, JsonNode value) {
        if (asked.isConnection()) {
            return connection(asked, value);
        }
        if (!asked.isList()) {
            return own(asked) + within(asked, value);
        }
        int most = 0;
        for (JsonNode item : value) {
            most = Math.max(most, within(asked, item));
        }
        return own(asked) + most;
    }

    private static int connection(Asked asked, JsonNode value) {
        Asked nodes = asked.child("nodes");
        JsonNode found = nodes == null ? value.path("nodes") : value.path(nodes.key());
        double sum = 0;
        for (JsonNode node : found) {
            sum += 1 + within(nodes, node);
        }
        return CONNECTION + (found.isEmpty() ? 0 : (int) Math.ceil(bits(found.size()) * sum / found.size()));
    }

    private static int within(Asked asked, JsonNode value) {
        return value.isObject() ? asked.children().stream().mapToInt(child -> actual(child, value.path(child.key()))).sum() : 0;
    }

    private static int bits(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }
}
