package io.orderweir.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;

/** The functions of jq that the engine has in Java, beside what jackson-jq defines them to be in the language itself. */
class JavaFunctionsTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Scope DEFINED = builtins();
    private static final Scope OURS = builtins();
    private static final int DOCUMENTS = 2_000;
    private static final Map<String, JsonQuery> COMPILED = new HashMap<>();
    private static final long SEED = 20_261_127;

    static {
        MappingFunctions.bind(OURS::addFunction);
    }

    /** Several answers, none and errors of an argument; all ways in which a path is asked for; their own answers changed afterwards. */
    private static final List<String> QUERIES = List.of(
            "select(.)", "select(.a)", "select(type == \"object\")", "[.[]? | select(., not)]", "select(empty)", "select(true, false, true, null)", "select(error(\"no\"))",
            "[paths(select(type == \"number\"))]", "path(select(.))", "[path(.[]? | select(. != null))]", "path(select(.a?) | .a)", "path(1 | select(true))", "del(.[]? | select(. == null))",
            "(.[]? | select(type == \"number\")) |= 1", "(.[]? | select(type == \"string\")) += \"x\"", "try (select(.a).b = 1) catch .", "with_entries(select(.value != null))", "with_entries(.)", "with_entries(empty)", "with_entries(., {key: \"b\", value: .key})",
            "with_entries(.value)", "with_entries(.key |= . + \"x\")", "with_entries(error(\"no\"))", "try with_entries(.key = 1) catch .", "path(with_entries(.))", "with_entries(.value |= tojson)",
            "first(.[]? | select(.))", "[limit(2; .[]? | select(.))]", "label $out | .[]? | select(.) | ., break $out", "[.. | select(type == \"string\")]",
            "map(.)", "map(.a)", "map(.a?)", "map(empty)", "map(., .)", "map(select(.))", "map(error)", "try map(error(\"no\")) catch .", "map(map(.)?)", "map(map(.))", "path(map(.))",
            "map(.) |= 1", ". as $all | map($all)", "def f(g): map(g); f(.a?)", "[label $out | map(., break $out)]", "map(type) | unique",
            "add", "map(add?)", "try add catch .", "path(add)", "add |= 1", "[., .] | add?", "[.[]?, .[]?] | add?", "(add? // 0) as $sum | [$sum, .]", "[[.[]? | objects], {a: 1}] | .[0] + [.[1]] | add",
            "[.[]? | objects] | add as $sum | [., $sum]", "[.[]? | objects | add?]", "map(objects) | [add, add] | add", "map(numbers) | add", "map(strings) | add", "map(arrays) | add", "[null, .[]?, null] | add?");

    @Test
    void theyAnswerAsTheLanguageDefinesThem() throws Exception {
        // Given documents of all shapes
        Random random = new Random(SEED);
        int answered = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonNode document = any(random, 3);
            String before = document.toString();
            for (String query : QUERIES) {
                JsonQuery compiled = COMPILED.computeIfAbsent(query, JavaFunctionsTest::compiled);
                // When both are asked, Then both give the same answers, or refuse in the same words after the same ones
                String defined = ask(DEFINED, compiled, document);
                assertEquals(defined, ask(OURS, compiled, document), query + " of " + document);
                answered += defined.contains("!") ? 0 : 1;
            }
            assertEquals(before, document.toString(), "a document is never changed");
        }
        assertTrue(answered > DOCUMENTS * QUERIES.size() / 3, "too few queries have an answer: " + answered);
    }

    private static String ask(Scope scope, JsonQuery query, JsonNode in) {
        StringBuilder said = new StringBuilder();
        try {
            query.apply(Scope.newChildScope(scope), in, answer -> said.append(answer).append('\n'));
        } catch (JsonQueryException refused) {
            said.append("! ").append(refused.getClass().getSimpleName()).append(' ').append(refused.getMessage());
        }
        return said.toString();
    }

    private static JsonNode any(Random random, int deep) {
        switch (random.nextInt(deep == 0 ? 6 : 12)) {
            case 0:
                return JSON.nullNode();
            case 1:
                return JSON.booleanNode(random.nextBoolean());
            case 2:
                return JSON.numberNode(random.nextInt(5) - 2);
            case 3:
                return JSON.numberNode(random.nextInt(40) / 8.0);
            case 4, 5:
                return JSON.textNode("abc".substring(random.nextInt(3)));
            case 6, 7, 8:
                ArrayNode list = JSON.arrayNode();
                boolean alike = random.nextBoolean();
                int kind = random.nextInt(3);
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(!alike ? any(random, deep - 1) : kind == 0 ? object(random, deep - 1) : kind == 1 ? JSON.numberNode(random.nextInt(100)) : JSON.textNode("x" + i));
                }
                return list;
            default:
                return object(random, deep - 1);
        }
    }

    private static ObjectNode object(Random random, int deep) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set("abcd".substring(i, i + 1).replace('d', 'a'), any(random, Math.max(deep, 0)));
        }
        return object;
    }

    private static JsonQuery compiled(String query) {
        try {
            return JsonQuery.compile(query, Versions.JQ_1_7);
        } catch (JsonQueryException wrong) {
            throw new IllegalArgumentException(query, wrong);
        }
    }

    private static Scope builtins() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        return scope;
    }
}
