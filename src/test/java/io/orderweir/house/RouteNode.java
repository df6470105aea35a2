package io.orderweir.house;

import java.util.List;
import java.util.Set;

/** One route or route template, as it stands in its file. */
record RouteNode(YamlNode node) {

    boolean isTemplate() {
        return node.key().equals("routeTemplate");
    }

    /** Where group, description and steps stand. */
    YamlNode body() {
        return node.get("route").orElse(node);
    }

    String id() {
        return node.text("id");
    }

    String from() {
        return body().text("from", "uri");
    }

    /** What stands in steps: lists, at any depth. */
    List<YamlNode> steps() {
        return steps(node);
    }

    static List<YamlNode> steps(YamlNode within) {
        return within.all().filter(RouteNode::isStep).toList();
    }

    private static boolean isStep(YamlNode node) {
        return node.parent() != null && node.parent().parent() != null && node.parent().key().isEmpty() && node.parent().parent().key().equals("steps");
    }

    /** Steps that do something; naming a value, and the frames around steps, are read in passing. */
    long doings() {
        Set<String> passing = Set.of("setVariable", "setVariables", "setHeader", "setHeaders", "setBody", "removeHeader", "removeHeaders", "removeVariable", "step", "doTry");
        return steps().stream().filter(step -> !passing.contains(step.key())).count();
    }

    @Override
    public String toString() {
        return node.place() + " " + (isTemplate() ? "template " : "route ") + id();
    }
}
