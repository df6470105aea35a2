package io.orderweir.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.orderweir.mapping.SlowPattern;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the files of types that are mounted: is each whole, and does a schema give every text and list of it an end? */
final class TypeFiles {

    private static final String YAML = ".yaml";
    private static final String JSON = ".json";

    private final Optional<Path> directory;
    private final Types types;
    private final Faults faults;

    TypeFiles(Optional<Path> directory, Types types, Faults faults) {
        this.directory = directory;
        this.types = types;
        this.faults = faults;
    }

    /** The files that are no YAML: that is told, and not what stands in them. */
    List<String> look() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : types.mountedFiles()) {
            String name = file.getFileName().toString();
            if (file.getParent().equals(directory.orElseThrow().toAbsolutePath())) {
                if (name.endsWith(YAML) || name.endsWith(JSON)) {
                    faults.add(RouteText.shown(file.toString()), 0, "nobody reads it here: each folder in orderweir.types.dir is a type; put it into one, and name the directory around that");
                }
            } else if (name.endsWith(YAML)) {
                RouteText text = RouteText.of(file);
                text.yaml(faults);
                if (faults.anyOf(text.file())) {
                    broken.add(text.file());
                }
                Whole.look(text, faults);
            } else if (name.equals("schema.json")) {
                types.find(file.getParent().getFileName().toString()).ifPresent(type -> schema(RouteText.shown(file.toString()), type));
            }
        }
        return broken;
    }

    private void schema(String file, Type type) {
        try {
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(type.schema()).initializeValidators();
        } catch (JsonSchemaException | IllegalArgumentException e) {
            faults.add(file, 0, "it is no JSON schema: " + Faults.said(e).split("\\R")[0]);
            return;
        }
        look(file, "", type.schema());
    }

    /** What comes from outside has an end, and no expression takes for ever on it. */
    private void look(String file, String path, JsonNode schema) {
        String pattern = schema.path("pattern").asText();
        if (!pattern.isEmpty()) {
            SlowPattern.why(pattern, false).ifPresent(why -> faults.add(file, 0, "the pattern " + pattern + of(path) + " may take for ever on a long text: " + why + ". Anchor it and count its repeats ({1,20})"));
        }
        if (schema.path("type").asText().equals("string") && !schema.has("maxLength") && !schema.has("enum") && !counted(pattern)) {
            faults.add(file, 0, "a text" + of(path) + " has no end; give it a maxLength");
        }
        if (schema.path("type").asText().equals("array") && !schema.has("maxItems")) {
            faults.add(file, 0, "a list" + of(path) + " has no end; give it a maxItems");
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (member.getValue().isContainerNode()) {
                look(file, path + "/" + member.getKey(), member.getValue());
            }
        }
        if (schema.isArray()) {
            for (int i = 0; i < schema.size(); i++) {
                look(file, path + "/" + i, schema.get(i));
            }
        }
    }

    /** Whether a text that fits has an end. */
    private static boolean counted(String pattern) {
        String plain = pattern.replaceAll("\\[[^]]*]", "c");
        return plain.startsWith("^") && plain.endsWith("$") && !plain.contains("*") && !plain.contains("+") && !plain.contains(",}");
    }

    private static String of(String path) {
        return path.isEmpty() ? "" : " at " + path.substring(1);
    }
}
