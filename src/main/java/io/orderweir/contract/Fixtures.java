package io.orderweir.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the folder {@code fixtures} of a connector: {@code account.yaml}, {@code door.yaml}, and {@code <port>.yaml} for each port. */
final class Fixtures {

    static final String FOLDER = "fixtures/";
    static final String ACCOUNT = "account";
    static final String DOOR = "door";
    private static final String YAML = ".yaml";
    private static final String END = "# end";
    private static final String LOOK = "; docs/reference/fixtures.md tells every key";
    private static final String USUAL_ORDER = "/contract/order.json";
    private static final ObjectMapper MAPPER = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

    private final Connectors connectors;
    private final Connector connector;

    Fixtures(Connectors connectors, Connector connector) {
        this.connectors = connectors;
        this.connector = connector;
    }

    /** Where one of its files stands, or would. */
    String place(String name) {
        return shown(connectors.place(connector.system() + "/" + FOLDER + name + YAML));
    }

    /** Another file of the folder, as a person finds it. */
    String file(String name) {
        return shown(connectors.place(connector.system() + "/" + name));
    }

    /** The first line of one of its files where a word stands; 0 where none does. */
    int line(String name, String word) {
        List<String> lines = bytes(connector.system() + "/" + FOLDER + name + YAML).map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList()).orElse(List.of());
        return 1 + IntStream.range(0, lines.size()).filter(at -> lines.get(at).contains(word)).findFirst().orElse(-1);
    }

    Recordings.Account account() {
        return read(ACCOUNT, Recordings.Account.class).orElse(new Recordings.Account(null, null, null, null));
    }

    Optional<Recordings.Door> door() {
        return read(DOOR, Recordings.Door.class);
    }

    Optional<Recordings> port(String port) {
        return read(port, Recordings.class);
    }

    /** A recording is no part of what runs, so that of a mounted folder is read where it lies. */
    private Optional<byte[]> bytes(String file) {
        Path mounted = Path.of(connectors.place(file));
        try {
            return Files.isRegularFile(mounted) ? Optional.of(Files.readAllBytes(mounted)) : connectors.bytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(mounted + " cannot be read", e);
        }
    }

    /** The canonical order that is sent at a port. */
    JsonNode order(Recordings recordings) {
        try {
            if (recordings.order() != null) {
                String file = connector.system() + "/" + FOLDER + recordings.order();
                byte[] order = bytes(file).orElseThrow(() -> new Wrong(shown(connectors.place(file)), 0, "it is not there, and 'order' of a recording names it; write it, or take that line out"));
                try {
                    return MAPPER.readTree(order);
                } catch (JsonProcessingException e) {
                    throw new Wrong(shown(connectors.place(file)), line(e), "it is no JSON: " + e.getOriginalMessage());
                }
            }
            try (InputStream usual = Fixtures.class.getResourceAsStream(USUAL_ORDER)) {
                return MAPPER.readTree(usual);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of a mounted folder that are read for nothing, because no port is called so. */
    List<String> unread() {
        Path folder = Path.of(connectors.place(connector.system() + "/" + FOLDER));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Set<String> known = new TreeSet<>(connector.ports().keySet());
        known.addAll(List.of(ACCOUNT, DOOR));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(YAML) && !name.startsWith(".") && !known.contains(name.substring(0, name.length() - YAML.length()))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> Optional<T> read(String name, Class<T> type) {
        String file = place(name);
        return bytes(connector.system() + "/" + FOLDER + name + YAML).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).map(text -> {
            if (!text.stripTrailing().endsWith(END)) {
                throw new Wrong(file, (int) text.stripTrailing().lines().count(), "it does not end in the line '" + END + "', so it may be the first half of a file; save it whole, or write that line at its end");
            }
            try {
                return MAPPER.readValue(text, type);
            } catch (UnrecognizedPropertyException e) {
                throw new Wrong(file, line(e), "'" + e.getPropertyName() + "' is not a key; there are " + new TreeSet<>(e.getKnownPropertyIds().stream().map(String::valueOf).toList()));
            } catch (JsonMappingException e) {
                throw new Wrong(file, line(e), (e.getCause() instanceof IllegalArgumentException ? e.getCause().getMessage() : e.getOriginalMessage()) + LOOK);
            } catch (JsonProcessingException e) {
                throw new Wrong(file, line(e), e.getOriginalMessage() + LOOK);
            }
        });
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    }

    private static String shown(String place) {
        Path file = Path.of(place);
        Path here = Path.of("").toAbsolutePath();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    /** What is wrong with the fixtures themselves, with its file and its line; a line of 0 is not known. */
    static final class Wrong extends IllegalStateException {

        private final String file;
        private final int line;
        private final String says;

        Wrong(String file, int line, String says) {
            super(file + (line == 0 ? "" : ":" + line) + ": " + says);
            this.file = file;
            this.line = line;
            this.says = says;
        }

        String file() {
            return file;
        }

        int line() {
            return line;
        }

        /** What it is, and the way out. */
        String says() {
            return says;
        }
    }
}
