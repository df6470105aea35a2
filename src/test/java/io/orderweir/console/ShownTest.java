package io.orderweir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.ledger.Sql;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void everyOutcomeOfACallHasWords() {
        Matcher head = Pattern.compile("outcome \\(([a-z ]+)\\)").matcher(Sql.of("deliver/settle.sql"));
        assertTrue(head.find());
        List<String> outcomes = Stream.of(head.group(1).split(" ")).toList();
        assertTrue(outcomes.size() > 10, outcomes.toString());
        assertEquals(List.of(), outcomes.stream().filter(outcome -> Shown.outcome(outcome).equals(outcome)).toList());
    }

    @Test
    void aReasonIsShownAsItsGroupCallsItAndASentenceAsItIs() {
        assertEquals("failed again and again", Shown.cause("tries-used-up"));
        assertEquals("the claim ran out before the call", Shown.cause("the claim ran out before the call"));
        assertEquals("", Shown.cause(null));
    }
}
