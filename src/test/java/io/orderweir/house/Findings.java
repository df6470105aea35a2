package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;

/** What a rule found: one line each, with the place and the way out. */
final class Findings {

    private Findings() {
    }

    static void none(Collection<String> findings) {
        assertTrue(findings.isEmpty(), () -> findings.size() + " found\n" + String.join("\n", findings));
    }

    /** The rule bites: of the given examples exactly this many are found, the first with these words. */
    static void found(int count, String words, List<String> findings) {
        assertTrue(findings.size() == count && (count == 0 || findings.get(0).contains(words)),
                () -> "the rule should have found " + count + " with the words '" + words + "', but found\n" + String.join("\n", findings));
    }
}
