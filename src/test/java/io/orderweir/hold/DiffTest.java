package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orderweir.type.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees before a corrected order leaves, and the form she corrects it in. */
class DiffTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER = """
            {"externalId": "7", "name": "#1201", "updatedAt": "2026-11-27T05:00:00.000Z", "currency": "USD", "orderNote": "ring",
             "shippingAddress": {"city": "Springfield", "zipCodeOrPostalCode": "ÅÅ-?"},
             "lineItems": [{"id": "1", "sku": "A-1", "name": "Table", "quantity": 2, "requiresShipping": true}]}""";

    private final Form form = new Form(Types.packaged().order());

    @Test
    void onlyWhatChangesIsShownUnlessAllIsAskedFor() throws JsonProcessingException {
        // Given
        JsonNode after = read(ORDER.replace("ÅÅ-?", "62704").replace("\"orderNote\": \"ring\",", "").replace("\"sku\": \"A-1\"", "\"sku\": \"A-2\""));

        // When
        List<Diff.Row> changed = new Diff().between(read(ORDER), after, false);
        List<Diff.Row> all = new Diff().between(read(ORDER), after, true);

        // Then
        assertEquals(List.of("orderNote", "shippingAddress.zipCodeOrPostalCode", "lineItems[0].sku"), changed.stream().map(Diff.Row::path).toList());
        assertEquals(new Diff.Row("shippingAddress.zipCodeOrPostalCode", "postal code", "ÅÅ-?", "62704", true), changed.get(1));
        assertNull(changed.get(0).after());
        assertEquals(12, all.size(), all.toString());
        assertEquals(changed, all.stream().filter(Diff.Row::changed).toList());
    }

    @Test
    void aLineThatIsAddedOrTakenOutIsShownFieldByField() throws JsonProcessingException {
        List<Diff.Row> rows = new Diff().between(read("{\"lineItems\": [{\"id\": \"1\"}, {\"id\": \"2\", \"sku\": \"B\"}]}"), read("{\"lineItems\": [{\"id\": \"1\"}]}"), false);
        assertEquals(List.of("lineItems[1].id", "lineItems[1].sku"), rows.stream().map(Diff.Row::path).toList());
        assertEquals("B", rows.get(1).before());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "two words|two words", " 62704  |·62704··", "'   '|···", "a\u0000b|a␀b", "abc\u200F|abcU+200F", "a\u00A0b|aU+00A0b", "a\tb|aU+0009b", "a\u202Eb|aU+202Eb", "Åsa 🙂|Åsa 🙂"})
    void whatCannotBeSeenIsMadeVisible(String text, String shown) {
        assertEquals(shown, Diff.visible(text));
    }

    @Test
    void theFormHasTheFieldsPeopleKnowAndNotThoseThatSayWhichOrderItIs() throws JsonProcessingException {
        // When
        List<Form.Section> sections = form.of(read(ORDER));

        // Then
        assertEquals(List.of("Order", "Delivery address", "Line 1: Table"), sections.stream().map(Form.Section::title).toList());
        List<String> paths = sections.stream().flatMap(section -> section.fields().stream()).map(Form.Field::path).toList();
        assertTrue(paths.containsAll(List.of("currency", "shippingAddress.zipCodeOrPostalCode", "shippingAddress.address1", "lineItems[0].sku", "lineItems[0].quantity")), paths.toString());
        assertTrue(paths.stream().noneMatch(path -> path.matches(".*(externalId|updatedAt|schemaVersion|\\.id)$")), paths.toString());
    }

    @Test
    void onlyWhatWasTypedOverIsAChangeAndANumberIsANumber() throws JsonProcessingException {
        // When
        ArrayNode changes = form.changes(read(ORDER), Map.of("shippingAddress.zipCodeOrPostalCode", "62704", "lineItems[0].quantity", "3", "currency", "USD",
                "orderNote", "", "no.such", "x"));

        // Then
        assertEquals("""
                [{"path":"orderNote","value":null},{"path":"shippingAddress.zipCodeOrPostalCode","value":"62704"},{"path":"lineItems[0].quantity","value":3}]""",
                changes.toString());
        assertEquals(read("{\"path\": \"lineItems[1].requiresShipping\", \"value\": true}"), form.change("lineItems[1].requiresShipping", "true"));
        assertEquals(read("{\"path\": \"lineItems[1].quantity\", \"value\": \"many\"}"), form.change("lineItems[1].quantity", "many"));
    }

    private static JsonNode read(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
