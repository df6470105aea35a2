package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A table of facts out of a YAML file that ships with the application. */
final class Table {

    private Table() {
    }

    static JsonNode read(String resource) {
        return find(resource).orElseThrow(() -> new IllegalArgumentException(resource + " is missing: the application was packaged without it"));
    }

    /** The same for a table that need not be there. */
    static Optional<JsonNode> find(String resource) {
        try (InputStream in = Table.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read: " + e.getMessage(), e);
        }
    }
}
