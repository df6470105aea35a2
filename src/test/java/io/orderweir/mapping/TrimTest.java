package io.orderweir.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;

class TrimTest {

    private static final Scope SCOPE = Scope.newEmptyScope();

    static {
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, SCOPE);
        SCOPE.addFunction("trim/0", new Trim());
    }

    @Test
    void everyBlankOfUnicodeGoesAsWithARegularExpression() throws Exception {
        for (int c = 0; c < 0x10000; c++) {
            if (!Character.isSurrogate((char) c)) {
                String text = (char) c + "a" + (char) c + "b" + (char) c;
                assertEquals(ask("gsub(\"^\\\\s+|\\\\s+$\"; \"\")", text), ask("trim", text), "U+" + Integer.toHexString(c));
            }
        }
        assertEquals("", ask("trim", " \t\n"));
        assertEquals("", ask("trim", ""));
    }

    @Test
    void aLongRowOfBlanksCostsNoMoreThanItsLength() {
        String text = "a" + " ".repeat(1_000_000) + "b";
        assertTimeout(Duration.ofSeconds(2), () -> assertEquals(text, ask("trim", text)));
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThrows(JsonQueryException.class, () -> JsonQuery.compile("trim", Versions.JQ_1_7).apply(Scope.newChildScope(SCOPE), IntNode.valueOf(1), out -> { }));
    }

    private static String ask(String query, String text) throws JsonQueryException {
        List<JsonNode> answers = new ArrayList<>();
        JsonQuery.compile(query, Versions.JQ_1_7).apply(Scope.newChildScope(SCOPE), TextNode.valueOf(text), answers::add);
        return answers.get(0).textValue();
    }
}
