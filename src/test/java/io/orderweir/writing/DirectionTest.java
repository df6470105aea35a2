package io.orderweir.writing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class DirectionTest {

    private static final String SHALOM = "\u05E9\u05DC\u05D5\u05DD";

    @Test
    void whatRunsFromLeftToRightStaysAsItIs() {
        String sentence = "Order #1201: NetSuite does not accept the postal code 'ÅÅ-? 東京'. Correct it and release.";
        assertEquals(sentence, Direction.sentence(sentence));
        assertEquals("#1201", Direction.value("#1201"));
        assertNull(Direction.value(null));
        assertNull(Direction.sentence(null));
    }

    @Test
    void whatRunsFromRightToLeftStandsApart() {
        // Given a name in letters from right to left, a number after it, and words of ours on both sides
        String sentence = "Order " + SHALOM + " 12 " + SHALOM + ": 3 of " + SHALOM + " are late";

        // Then each run is isolated from the words and numbers that follow
        assertEquals("Order \u2068" + SHALOM + " 12 " + SHALOM + "\u2069: 3 of \u2068" + SHALOM + "\u2069 are late", Direction.sentence(sentence));
        assertEquals("\u206812 " + SHALOM + " a\u2069", Direction.value("12 " + SHALOM + " a"));
        assertEquals("\u2068\uD83A\uDD00\u2069", Direction.value("\uD83A\uDD00"), "letters beyond the first plane");
    }

    @Test
    void aLongTextFillsNoStack() {
        String note = (SHALOM + " ").repeat(50_000) + "end";
        assertEquals("\u2068" + note + "\u2069", Direction.value(note));
        assertEquals("\u2068" + note.replaceFirst(" end$", "\u2069 end"), Direction.sentence(note));
    }

    @Test
    void aCharacterThatOnlySetsADirectionIsShownAsItsCode() {
        assertEquals("Order U+202E1201U+2069U+2066: held", Direction.sentence("Order \u202E1201\u2069\u2066: held"));
        assertEquals("U+200F#1201", Direction.value("\u200F#1201"));
    }
}
