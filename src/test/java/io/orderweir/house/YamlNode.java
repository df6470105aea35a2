package io.orderweir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a YAML file that knows its line, read with the parser the routes are loaded with. */
final class YamlNode {

    private final String file;
    private final int line;
    private final String key;
    private final YamlNode parent;
    private final List<YamlNode> children = new ArrayList<>();
    private final Node yaml;

    private YamlNode(String file, int line, String key, YamlNode parent, Node yaml) {
        this.file = file;
        this.line = line;
        this.key = key;
        this.parent = parent;
        this.yaml = yaml;
        if (yaml instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                children.add(new YamlNode(file, lineOf(entry.getKeyNode()), ((ScalarNode) entry.getKeyNode()).getValue(), this, entry.getValueNode()));
            }
        } else if (yaml instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                children.add(new YamlNode(file, lineOf(item), "", this, item));
            }
        }
    }

    static YamlNode parse(String file, String text) {
        Node root = new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text)
                .orElseThrow(() -> new IllegalArgumentException(file + " is empty; remove it"));
        return new YamlNode(file, lineOf(root), "", null, root);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    String file() {
        return file;
    }

    /** File and line, as an editor finds it. */
    String place() {
        return file + ":" + line;
    }

    /** The name in the surrounding map; empty for the items of a list. */
    String key() {
        return key;
    }

    YamlNode parent() {
        return parent;
    }

    List<YamlNode> children() {
        return children;
    }

    boolean isText() {
        return yaml instanceof ScalarNode;
    }

    /** The text of a plain value; empty for maps and lists. */
    String text() {
        return yaml instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    Optional<YamlNode> get(String... path) {
        YamlNode at = this;
        for (String name : path) {
            Optional<YamlNode> next = at.children.stream().filter(child -> child.key.equals(name)).findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** The text at a path; empty when there is none. */
    String text(String... path) {
        return get(path).map(YamlNode::text).orElse("");
    }

    /** This value and everything in it, in the order of the file. */
    Stream<YamlNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(YamlNode::all));
    }

    Stream<YamlNode> texts() {
        return all().filter(YamlNode::isText);
    }

    /** The value as the loader types it: an unquoted number is a number. */
    JsonNode json() {
        if (yaml instanceof MappingNode) {
            ObjectNode map = JsonNodeFactory.instance.objectNode();
            children.forEach(child -> map.set(child.key, child.json()));
            return map;
        }
        if (yaml instanceof SequenceNode) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            children.forEach(child -> list.add(child.json()));
            return list;
        }
        Tag tag = yaml.getTag();
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text()));
        }
        if (tag.equals(Tag.BOOL)) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text()));
        }
        return tag.equals(Tag.NULL) ? JsonNodeFactory.instance.nullNode() : JsonNodeFactory.instance.textNode(text());
    }

    @Override
    public String toString() {
        return place() + " " + key;
    }
}
