package io.orderweir.console.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.hold.Form;
import io.orderweir.hold.Refused;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person typed over in a held document, as a release takes it: {@code {seen, document, changes [{path, value}]}}. */
@ApplicationScoped
public class HoldEdit {

    /** Names of the form's inputs: this and the path of the field. */
    static final String FIELD = "field:";

    @Inject
    Types types;

    @Inject
    ObjectMapper json;

    /**
     * The form of a held document, filled with what was typed: {title, open, fields}; the section of the field that was refused is open and comes
     * first. None for what is of no type that is known, or was not understood.
     */
    public List<Map<String, Object>> sections(Map<String, Object> hold, Map<String, String> typed) {
        if (hold.get("canonical") == null || about(hold).isEmpty()) {
            return List.of();
        }
        return new Form(about(hold).get()).of(document(hold)).stream().map(section -> Map.<String, Object>of(
                "title", section.title(),
                "open", section.fields().stream().anyMatch(field -> field.path().equals(hold.get("path")) || typed.containsKey(field.path()) && !typed.get(field.path()).equals(field.value())),
                "fields", section.fields().stream()
                        .map(field -> new Form.Field(field.path(), field.word(), typed.getOrDefault(field.path(), field.value()), field.kind(), field.expects())).toList()))
                .sorted(Comparator.comparing(section -> !(Boolean) section.get("open"))).toList();
    }

    /** The type of what is held; empty where nobody declared it. */
    public Optional<Type> about(Map<String, Object> hold) {
        return types.find((String) hold.get("type"));
    }

    public JsonNode document(Map<String, Object> hold) {
        return json.valueToTree(hold.get("canonical"));
    }

    public String pretty(JsonNode document) {
        try {
            return document == null || document.isNull() || document.isMissingNode() ? "" : json.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fields that were typed, by path. A browser sends the ends of lines its own way. */
    public static Map<String, String> typed(MultivaluedMap<String, String> fields) {
        Map<String, String> typed = new HashMap<>();
        fields.forEach((name, values) -> {
            if (name.startsWith(FIELD)) {
                typed.put(name.substring(FIELD.length()), values.get(0).replace("\r\n", "\n"));
            }
        });
        return typed;
    }

    /**
     * The request of a release. The whole document, where one was typed, comes first; the fields that were typed over are put into it.
     *
     * @throws Refused 422 when the document is not JSON any more
     */
    public ObjectNode request(Map<String, Object> hold, MultivaluedMap<String, String> fields) {
        ObjectNode request = json.createObjectNode();
        String seen = fields.getFirst("seen");
        if (seen != null && !seen.isBlank()) {
            request.put("seen", seen);
        }
        String document = fields.getFirst("document");
        if (document != null && !document.isBlank()) {
            try {
                JsonNode whole = json.readTree(document);
                if (!whole.equals(document(hold))) {
                    request.set("document", whole);
                }
            } catch (JsonProcessingException e) {
                throw new Refused(422, "The " + about(hold).map(Type::word).orElse("event") + " is not JSON any more, at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
            }
        }
        if (hold.get("canonical") != null && about(hold).isPresent()) {
            ArrayNode changes = new Form(about(hold).get()).changes(document(hold), typed(fields));
            if (!changes.isEmpty()) {
                request.set("changes", changes);
            }
        }
        return request;
    }

    /** One change for a whole group: the value at the path, where {@code replaced} stands (empty: where nothing stands), or {@code everywhere}. */
    public ObjectNode fix(String path, String value, String replaced, boolean everywhere) {
        if (path == null || path.isBlank()) {
            throw new Refused(400, "Say which field is to be changed, such as shippingAddress.country.");
        }
        Form form = new Form(having(path.strip()));
        ObjectNode change = form.change(path.strip(), value == null ? "" : value);
        if (!everywhere) {
            change.set("replaced", replaced == null || replaced.isEmpty() ? NullNode.getInstance() : form.change(path.strip(), replaced).get("value"));
        }
        ObjectNode asked = json.createObjectNode().put("everywhere", everywhere);
        asked.putArray("changes").add(change);
        return asked;
    }

    /** The first type that has such a field, orders before all others; holds of one cause are of one. */
    private Type having(String path) {
        return Stream.concat(Stream.of(types.order()), types.all().stream()).filter(type -> type.fields().insteadOf(path.replaceAll("\\[\\d+]", "[]")).isEmpty()).findFirst().orElse(types.order());
    }

    /** When what is arranged ends: a page says how long from now (PT4H), an empty value takes it away; what is no time stays as it is. */
    static String until(String what, String value) {
        if (what == null || !List.of("due", "snooze").contains(what) || value == null || value.isBlank()) {
            return value;
        }
        try {
            return Instant.now().plus(Duration.parse(value)).toString();
        } catch (DateTimeParseException e) {
            throw new Refused(400, "Say for how long, such as PT4H, and not '" + value + "'.");
        }
    }
}
