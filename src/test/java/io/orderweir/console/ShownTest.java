package io.orderweir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void everyOutcomeOfACallHasWords() {
        // a later one is shown by its cause
        List<String> outcomes = Stream.of("outcome", "because").flatMap(column -> allowed(column).stream()).filter(outcome -> !outcome.equals("later")).toList();
        assertTrue(outcomes.size() > 10, outcomes.toString());
        assertEquals(List.of(), outcomes.stream().filter(outcome -> Shown.outcome(outcome).equals(outcome)).toList());
    }

    /** The words that the table of ended calls takes. */
    private static List<String> allowed(String column) {
        try (InputStream in = ShownTest.class.getResourceAsStream("/db/migration/V004__calls.sql")) {
            Matcher check = Pattern.compile("call_log_" + column + " check \\(" + column + " in \\(([^)]+)\\)").matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertTrue(check.find(), column);
            return Stream.of(check.group(1).replace("'", "").split(", ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReasonIsShownAsItsGroupCallsItAndASentenceAsItIs() {
        assertEquals("failed again and again", Shown.cause("tries-used-up"));
        assertEquals("the claim ran out before the call", Shown.cause("the claim ran out before the call"));
        assertEquals("", Shown.cause(null));
    }
}
