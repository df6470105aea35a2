package io.orderweir.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;

class MatchesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Scope JACKSON_JQ = builtins();
    private static final Scope OURS = builtins();

    static {
        OURS.addFunction("test/1", new Matches());
    }

    @Test
    void itAnswersAsJacksonJqDoes() throws Exception {
        // Given texts and expressions with all that mappings use, and what only looks like it
        List<String> texts = List.of("", " ", "a", "A", "10.00", "10.00\n", "-0.5", "12345678901234567890", "2026-11-27T00:00:00Z", "\u00a0", "é𝄞", "a\nb", "\u200b");
        List<String> expressions = List.of("^[0-9]{1,20}$", "^[0-9]{1,20}\\\\z", "\\\\S", "^\\\\s*$", "^-?[0-9]+(\\\\.[0-9]+)?$", "(?i)^a$", "^.$", "^\\\\p{L}", "b$", "");
        for (String expression : expressions) {
            for (String flags : List.of("\"%s\"", "[\"%s\"]", "[\"%s\", \"i\"]", "[\"%s\", null]", "(\"%s\", \"x\")")) {
                String query = "test(" + flags.formatted(expression) + ")";
                for (String text : texts) {
                    // When both are asked, twice, Then both say the same
                    assertEquals(ask(JACKSON_JQ, query, text), ask(OURS, query, text), query + " of '" + text + "'");
                    assertEquals(ask(JACKSON_JQ, query, text), ask(OURS, query, text), query + " of '" + text + "' again");
                }
            }
        }
    }

    @Test
    void whatIsNoTextIsRefused() {
        // Given a number where a text belongs
        // When it is tested, Then the refusal names it
        JsonQueryException refused = assertThrows(JsonQueryException.class, () -> run(OURS, "test(\"1\")", JSON.readTree("1")));
        assertEquals("number (1) cannot be matched, as it is not a string", refused.getMessage());
        assertThrows(JsonQueryException.class, () -> ask(OURS, "test(1)", "a"));
    }

    private static List<JsonNode> ask(Scope scope, String query, String text) throws JsonQueryException {
        return run(scope, query, JSON.getNodeFactory().textNode(text));
    }

    private static List<JsonNode> run(Scope scope, String query, JsonNode in) throws JsonQueryException {
        List<JsonNode> answers = new ArrayList<>();
        JsonQuery.compile(query, Versions.JQ_1_7).apply(Scope.newChildScope(scope), in, answers::add);
        return answers;
    }

    private static Scope builtins() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        return scope;
    }
}
