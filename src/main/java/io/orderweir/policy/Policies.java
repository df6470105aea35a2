package io.orderweir.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.connection.Settings;
import io.orderweir.mounted.Mounted;
import io.orderweir.mounted.Mounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of policy tables this process goes by: each is the built-in one, or the file of its name in {@code orderweir.policy.dir}; some are only there when mounted.
 * A directory that cannot be read, or that holds another file, refuses the start.
 */
@ApplicationScoped
public class Policies {

    /**
     * A file of tables; {@code file} is where it stands, such as {@code policy/gates.yaml} for the built-in one, {@code lines} in which line each row of a table
     * begins.
     */
    public record Policy(String file, JsonNode content, Map<String, List<Integer>> lines) {

        /** One of which nobody knows the lines. */
        public Policy(String file, JsonNode content) {
            this(file, content, Map.of());
        }

        /** Of a file that is one list, {@code table} is empty. */
        int line(String table, int row) {
            List<Integer> rows = lines.getOrDefault(table, List.of());
            return row < rows.size() ? rows.get(row) : 0;
        }

        /** What is wrong with the file, told with its name. */
        public IllegalStateException wrong(String what) {
            return new IllegalStateException(file + ": " + what);
        }
    }

    /** A table that stands there twice would silently lose its first half. */
    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final List<String> NAMES = List.of("flows.yaml", "gates.yaml", "limits.yaml");

    private final Mounted mounted;

    /** For the client proxy only. */
    protected Policies() {
        mounted = null;
    }

    @Inject
    public Policies(Mounts mounts) {
        this(mounts.policyDirectory(), mounts.running().policy());
    }

    /** Those that the configuration names. */
    public Policies(Settings settings) {
        this(settings.policy().dir(), settings.policy().dir().filter(Files::isDirectory).map(Mounted::read).orElse(null));
    }

    /** Those that a revision would mount. */
    public Policies(Mounted mounted) {
        this(Optional.empty(), mounted);
    }

    private Policies(Optional<Path> directory, Mounted content) {
        mounted = content;
        if (directory.isPresent() && mounted == null) {
            throw refusal(directory.get() + " is no directory; mount it, correct the path, or remove the key");
        }
        List<String> strangers = mounted == null ? List.of() : Stream.concat(mounted.folders().stream(), mounted.files().keySet().stream().filter(name -> !name.contains("/")))
                .filter(name -> !NAMES.contains(name)).toList();
        if (!strangers.isEmpty()) {
            throw refusal(mounted.directory() + " holds " + strangers + ", which nobody reads; use some of " + NAMES + ", and remove the others");
        }
    }

    /**
     * One of the files, by its name.
     *
     * @throws IllegalStateException if it cannot be read, is no YAML, or says nothing
     */
    public Policy read(String name) {
        return mounted(name).orElseGet(() -> builtIn(name));
    }

    /** The same of a file that is not packaged; empty where none is mounted. */
    public Optional<Policy> mounted(String name) {
        byte[] text = mounted == null ? null : mounted.files().get(name);
        if (text == null) {
            return Optional.empty();
        }
        String file = mounted.directory().resolve(name).toString();
        try {
            Policy policy = policy(file, text);
            if (policy.content().isMissingNode() || policy.content().isNull()) {
                throw policy.wrong("it is empty; write its tables, or remove the file and the built-in one counts");
            }
            return Optional.of(policy);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage() + "; correct it, or remove it and the built-in one counts", e);
        }
    }

    /** Does another file stand in place of the built-in one? */
    public boolean isMounted(String name) {
        return mounted != null && mounted.files().containsKey(name);
    }

    /** The file as it is packaged, whether another one is mounted or not. */
    public Policy builtIn(String name) {
        String file = "policy/" + name;
        try (InputStream in = Policies.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing: the application was packaged without it");
            }
            return policy(file, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Policy policy(String file, byte[] text) throws IOException {
        return new Policy(file, YAML.readTree(text), lines(text));
    }

    /** A tree forgets where its rows stood. */
    private static Map<String, List<Integer>> lines(byte[] text) throws IOException {
        Map<String, List<Integer>> lines = new HashMap<>();
        try (JsonParser parser = YAML.createParser(text)) {
            int depth = 0;
            int rows = 2;
            String table = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && token == JsonToken.START_ARRAY) {
                    rows = 1;
                }
                if (depth == 1 && token == JsonToken.FIELD_NAME) {
                    table = parser.currentName();
                }
                if (depth == rows && !token.isStructEnd()) {
                    lines.computeIfAbsent(table, none -> new ArrayList<>()).add(parser.currentTokenLocation().getLineNr());
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
        return lines;
    }

    private static IllegalStateException refusal(String what) {
        return new IllegalStateException("Orderweir does not start: orderweir.policy.dir = " + what);
    }
}
