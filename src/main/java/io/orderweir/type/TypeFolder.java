package io.orderweir.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the folder of one type. What is wrong in it is told with file, line and the way out. */
final class TypeFolder {

    static final String DESCRIPTOR = "type.yaml";
    static final String SCHEMA = "schema.json";
    static final String WORDS = "words.yaml";
    static final List<String> KEYS = List.of("type", "kind", "word", "promised-within", "tells-product-types");

    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final ObjectMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh])");
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_WORD = 40;
    private static final Set<String> OF_A_WORD = Set.of("word", "expects");

    private final String folder;
    private final String place;
    private final boolean mounted;
    private final Function<String, Optional<byte[]>> files;

    /** {@code place} is where it stands, as a person finds it; {@code files} has the bytes of what it holds. */
    TypeFolder(String folder, String place, boolean mounted, Function<String, Optional<byte[]>> files) {
        this.folder = folder;
        this.place = place;
        this.mounted = mounted;
        this.files = files;
    }

    /** @throws IllegalStateException where something is wrong */
    Type read() {
        String text = needed(DESCRIPTOR, "which says what kind of events they are");
        JsonNode said = object(DESCRIPTOR, text, YAML);
        said.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw wrong(DESCRIPTOR, line(text, key), "'" + key + "' is not a key; there are " + KEYS);
            }
        });
        if (!folder.equals(text(said, text, "type")) || !folder.matches("[a-z][a-z0-9-]{0,39}") || folder.equals(Types.UNKNOWN)) {
            throw wrong(DESCRIPTOR, line(text, "type"), "its type is '" + said.path("type").asText() + "' and its folder is called '" + folder
                    + "'; call both the same: small letters, digits and '-', at most 40, and not " + Types.UNKNOWN);
        }
        String word = text(said, text, "word");
        if (!word.matches("[\\p{L}][\\p{L}\\p{N} '-]*") || word.length() > LONGEST_WORD) {
            throw wrong(DESCRIPTOR, line(text, "word"), "word is what a sentence calls one of them, such as price: letters and blanks, at most " + LONGEST_WORD);
        }
        Kind kind = Kind.of(text(said, text, "kind")).orElseThrow(() ->
                wrong(DESCRIPTOR, line(text, "kind"), "there is no kind '" + said.path("kind").asText() + "'; there are " + Kind.words()));
        if (mounted && kind == Kind.ORDER) {
            throw wrong(DESCRIPTOR, line(text, "kind"), "what is of the kind order is planned by the flows of orders, and there is one such type, " + Types.packaged().order().type() + "; say kind: record or signal");
        }
        if (said.has("tells-product-types") && !said.get("tells-product-types").isBoolean()) {
            throw wrong(DESCRIPTOR, line(text, "tells-product-types"), "tells-product-types is true or false, and not '" + said.get("tells-product-types").asText() + "'");
        }
        boolean tells = said.path("tells-product-types").asBoolean();
        JsonNode schema = object(SCHEMA, needed(SCHEMA, "the JSON schema of its canonical document"), JSON);
        Duration promised = time(said, text);
        refuseUnfit(new Type(folder, kind, word, promised, tells, schema, JsonNodeFactory.instance.objectNode()), text);
        return new Type(folder, kind, word, promised, tells, schema, words(schema));
    }

    /** What the engine reads of a document must be in it. */
    private void refuseUnfit(Type type, String text) {
        for (String field : type.kind().needs()) {
            boolean required = false;
            for (JsonNode name : type.schema().path("required")) {
                required |= name.asText().equals(field);
            }
            if (!required || type.fields().top(field).isMissingNode()) {
                throw wrong(SCHEMA, 0, "a document of the kind " + type.kind().word() + " has '" + field + "', and the schema does not say so; write it into properties and into required");
            }
        }
        if (type.kind().isNamedById()) {
            JsonNode id = type.fields().top("externalId");
            int longest = id.path("maxLength").asInt(Integer.MAX_VALUE);
            if (!id.path("type").asText().equals("string") || longest > LONGEST_ID) {
                throw wrong(SCHEMA, 0, "externalId names " + type.one() + ", so it is a text of 1 to " + LONGEST_ID + " characters: { \"type\": \"string\", \"minLength\": 1, \"maxLength\": " + LONGEST_ID + " }");
            }
            if (type.fields().top("updatedAt").isMissingNode()) {
                throw wrong(SCHEMA, 0, "of " + type.one() + " the newest counts, and the schema has no 'updatedAt' to tell it by; write it into properties, a time such as 2026-11-27T05:00:00.000Z");
            }
        }
        if (type.tellsProductTypes() && (type.kind() != Kind.RECORD || type.fields().top("productType").isMissingNode())) {
            throw wrong(DESCRIPTOR, line(text, "tells-product-types"), "product types are told by what is of the kind record and has a 'productType' in its schema; write both, or take the key out");
        }
    }

    private JsonNode words(JsonNode schema) {
        String text = files.apply(WORDS).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(null);
        if (text == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode words = object(WORDS, text, YAML);
        Fields fields = new Fields(schema);
        words.fields().forEachRemaining(row -> {
            List<String> instead = fields.insteadOf(row.getKey());
            if (!instead.isEmpty()) {
                throw wrong(WORDS, line(text, row.getKey()), "'" + row.getKey() + "' is no field of its schema; there " + instead + " can stand");
            }
            row.getValue().fieldNames().forEachRemaining(key -> {
                if (!OF_A_WORD.contains(key)) {
                    throw wrong(WORDS, line(text, row.getKey()), "'" + key + "' is not a key of a word; there are word and expects");
                }
            });
            if (!row.getValue().path("word").isTextual() || row.getValue().has("expects") && !row.getValue().get("expects").isTextual()) {
                throw wrong(WORDS, line(text, row.getKey()), "a row says what people call the field, and perhaps what it must look like: { word: price, expects: 'an amount such as 10.00' }");
            }
        });
        return words;
    }

    private Duration time(JsonNode said, String text) {
        if (!said.has("promised-within")) {
            return null;
        }
        Matcher time = TIME.matcher(said.get("promised-within").asText());
        if (!time.matches()) {
            throw wrong(DESCRIPTOR, line(text, "promised-within"), "promised-within is a time such as 20s, 15m or 1h, and not '" + said.get("promised-within").asText() + "'");
        }
        long number = Long.parseLong(time.group(1));
        return time.group(2).equals("s") ? Duration.ofSeconds(number) : time.group(2).equals("m") ? Duration.ofMinutes(number) : Duration.ofHours(number);
    }

    private String text(JsonNode said, String text, String key) {
        if (!said.path(key).isTextual() || said.path(key).asText().isBlank()) {
            throw wrong(DESCRIPTOR, said.has(key) ? line(text, key) : 0, "it needs '" + key + "', a text");
        }
        return said.get(key).textValue();
    }

    private String needed(String file, String what) {
        return new String(files.apply(file).orElseThrow(() -> new IllegalStateException(Types.REFUSED + place + ": it has no " + file + ", " + what + "; write one, or take the folder away")),
                StandardCharsets.UTF_8);
    }

    private JsonNode object(String file, String text, ObjectMapper mapper) {
        try {
            JsonNode said = mapper.readTree(text);
            if (!said.isObject()) {
                throw wrong(file, 0, said.isMissingNode() ? "it is empty, or half written; write it, or take it away" : "it is no table of keys");
            }
            return said;
        } catch (JsonProcessingException e) {
            throw wrong(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr(), e.getOriginalMessage().split("\\R")[0]);
        }
    }

    private IllegalStateException wrong(String file, long line, String what) {
        return new IllegalStateException(Types.REFUSED + place + "/" + file + (line == 0 ? "" : ": line " + line) + ": " + what);
    }

    private static long line(String text, String key) {
        int before = Pattern.compile("(?m)^[\"']?" + Pattern.quote(key) + "[\"']?\\s*:").matcher(text).results().findFirst().map(MatchResult::start).orElse(0);
        return text.substring(0, before).lines().count() + 1;
    }
}
