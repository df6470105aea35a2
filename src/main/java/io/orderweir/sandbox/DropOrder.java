package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a test asks the design desk to drop; a null revision is a new one, a null file the drawing's own name. */
record DropOrder(String reference, String revision, String folder, FileDrop.Checksum checksum, String file, boolean finished) {
    private static final Set<String> KEYS = Set.of("reference", "revision", "folder", "checksum", "file", "finished");

    static DropOrder read(ObjectNode json) {
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("A drop has no field " + key + ".");
            }
        });
        String reference = json.path("reference").asText("");
        String folder = json.path("folder").asText("approved");
        String checksum = json.path("checksum").asText("right");
        String file = json.hasNonNull("file") ? json.path("file").asText() : null;
        if (!DesignRules.isFileName(reference)) {
            throw new IllegalArgumentException("A drop needs a reference of letters, digits, dots and dashes, unlike '" + reference + "'.");
        }
        if (!List.of("proposed", "approved").contains(folder) || !List.of("right", "wrong", "none").contains(checksum)) {
            throw new IllegalArgumentException("A drop goes to the folder proposed or approved, with a checksum right, wrong or none.");
        }
        if (file != null && (file.isBlank() || file.matches("(?s).*[/\\\\\\p{Cntrl}].*|\\.+"))) {
            throw new IllegalArgumentException("'" + file + "' is not the name of a file.");
        }
        return new DropOrder(reference, json.hasNonNull("revision") ? json.path("revision").asText() : null, folder,
                FileDrop.Checksum.valueOf(checksum.toUpperCase(Locale.ROOT)), file, json.path("finished").asBoolean(true));
    }
}
