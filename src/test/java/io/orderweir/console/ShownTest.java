package io.orderweir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void everyOutcomeOfACallHasWords() throws IOException {
        // of what is made later the page says why
        List<String> outcomes = Pattern.compile("check \\((?:outcome|because) in \\(([^)]+)\\)\\)").matcher(Files.readString(Path.of("src/main/resources/db/migration/V004__calls.sql"))).results()
                .flatMap(list -> Stream.of(list.group(1).replace("'", "").split(", "))).filter(outcome -> !outcome.equals("later")).toList();
        assertTrue(outcomes.size() > 10, outcomes.toString());
        assertEquals(List.of(), outcomes.stream().filter(outcome -> Shown.outcome(outcome).equals(outcome)).toList());
    }

    @Test
    void aReasonIsShownAsItsGroupCallsItAndASentenceAsItIs() {
        assertEquals("failed again and again", Shown.cause("tries-used-up"));
        assertEquals("the claim ran out before the call", Shown.cause("the claim ran out before the call"));
        assertEquals("", Shown.cause(null));
    }

    @Test
    void everyReasonToShipNothingHasWords() throws IOException {
        List<String> reasons = new ArrayList<>();
        new ObjectMapper().readTree(Path.of("src/main/resources/types/order/schema.json").toFile()).at("/$defs/line/properties/notShipped/enum").forEach(reason -> reasons.add(reason.asText()));
        assertTrue(reasons.size() > 5, reasons.toString());
        assertEquals(List.of(), reasons.stream().filter(reason -> Shown.notShipped(reason).equals(reason)).toList());
    }
}
