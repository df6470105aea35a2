package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cause of a hold lies in a bin and has a way out. */
class CausesTest {

    private static final Pattern REASON = Pattern.compile("new Refusal\\(\"([a-z-]+)\"|\"reason\", \"([a-z]+-[a-z-]+)\"|signal_hold\\(heard, '([a-z-]+)'|gate_hold\\([a-z]+, '([a-z-]+)'");

    private final Causes causes = new Causes();

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "refused-by-target, shippingAddress.zipCodeOrPostalCode, data, Correct the address and release.",
        "refused-by-target, lineItems[3].sku, data, Is the item known there?",
        "refused-by-target, currency, data, Correct the value and release.",
        "refused-by-target, -, target, Read what the target answered.",
        "tries-used-up, -, target, Look at the target first",
        "unmapped, -, system, corrects the mapping and releases the whole group",
        "brand-new, -, system, Read the sentence and the answer."})
    void aCauseSaysWhoseProblemItIsAndWhatHelps(String reason, String path, String bin, String fix) {
        Causes.Cause cause = causes.of(reason, path);
        assertEquals(bin, cause.bin());
        assertTrue(cause.fix().contains(fix), cause.fix());
    }

    @Test
    void everyReasonTheEngineGivesStandsInTheTable() throws IOException {
        Set<String> reasons = new TreeSet<>(List.of("tries-used-up"));
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src/main/java/io/orderweir")), Files.walk(Path.of("src/main/resources/db/functions")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher found = REASON.matcher(Files.readString(file));
                while (found.find()) {
                    for (int i = 1; i <= found.groupCount(); i++) {
                        if (found.group(i) != null) {
                            reasons.add(found.group(i));
                        }
                    }
                }
            }
        }
        assertTrue(reasons.size() > 10, reasons.toString());
        assertEquals(List.of(), reasons.stream().filter(reason -> causes.of(reason, null).word().equals("not understood")).toList());
        assertEquals(List.of(), reasons.stream().filter(reason -> !Causes.BINS.contains(causes.of(reason, null).bin())).toList());
    }
}
