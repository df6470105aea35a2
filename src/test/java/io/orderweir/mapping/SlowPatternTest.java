package io.orderweir.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlowPatternTest {

    @ParameterizedTest
    @CsvSource({"\\s+$, from every character", "^\\s+|\\s+$, from every character", "[a-z]+@, from every character", ".*x, from every character", "^\\s*x, from every line", "^[^;]+x, from every line",
            "(a+)+$, a repeat in a repeat", "^(a*)*$, a repeat in a repeat", "^([a-z]+-?)*$, a repeat in a repeat", "^[a-z]+(-[a-z]+)*$, a repeat in a repeat", "^(a|b+)*c, a repeat in a repeat",
            "^.*.*x, share the same", "\\A\\s*\\s*$, share the same", "^[a-z]*[0-9]?[a-m]*$, share the same", "\\A.+(x.+)?$, share the same", "^a+?b, cannot be judged", "(?=a)b, cannot be judged",
            "(a)\\1, cannot be judged", "^(a, cannot be judged", "^a*+b, cannot be judged"})
    void itIsSlow(String regex, String why) {
        String wanted = why.replace("a repeat in a repeat", "a repeat stands in a repeat");
        assertTrue(SlowPattern.why(regex, true).filter(said -> said.contains(wanted)).isPresent(), regex + " was " + SlowPattern.why(regex, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\S", "^\\s|\\s\\z", "[^0-9]", "^0+", "\\s+", "^[0-9]{1,20}$", "^-?0+(\\.0+)?\\z", "^-?[0-9]{1,15}(\\.[0-9]{1,6})?\\z", "^[A-Za-z]{3}$", "^(a|b)?c{2,5}$",
            "^(?<local>[0-9]{4})(\\.(?<part>[0-9]{1,9}))?(Z|(?<sign>[+-])(?<hours>[0-9]{2}))$", "^[^\\n]*$", "\\A\\s*$", "^\\p{L}+$"})
    void itIsQuick(String regex) {
        assertEquals(Optional.empty(), SlowPattern.why(regex, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[^\\u0000\\ud800-\\udfff]*$", "^[^,]+x"})
    void whereOnlyTheTextStartsALineIsNoStart(String regex) {
        assertEquals(Optional.empty(), SlowPattern.why(regex, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gsub(\"\\\\s+$\"; \"\")", ".a | test( \"(a+)+$\" )", "test($regex)", "test(\"a\" + .b)", "test(\"^\\(.b)\")", "split(\"a*b\"; null)", "split(.b; null)", "[scan(\"a+b\")]"})
    void aMappingThatAsksSoIsNamedWithItsLine(String asks) {
        List<String> found = MappingCheck.slow("# test($x)\n" + asks + "\n");
        assertEquals(1, found.size(), asks + " " + found);
        assertTrue(found.get(0).startsWith("line 2: the regular expression"), found.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"split(\",\")", "split(.b)", "test(\"^a{1,5}$\")", "gsub(\"[^0-9]\"; \"\")", "contest(.a)", "sub(\"^0+\"; \"\")"})
    void aMappingThatAsksOtherwiseIsLeftAlone(String asks) {
        assertEquals(List.of(), MappingCheck.slow(asks));
    }
}
