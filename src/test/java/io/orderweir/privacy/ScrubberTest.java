package io.orderweir.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret stays in a text, however it is written there; and nothing else is taken out. */
class ScrubberTest {

    private static final String SECRET = "CANARY/tok+en=\"q\"&<7>\\é";
    private static final Scrubber SCRUBBER = new Scrubber(List.of(SECRET, "CANARY/tok", "short", "whsec_0123456789"));

    @Test
    void aSecretIsFoundInEachOfItsEncodings() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertAllGone(SECRET);
        assertAllGone("Bearer " + SECRET + ", and again " + SECRET);
        assertAllGone(url);
        assertAllGone(url.replace("%2F", "%2f").replace("%3D", "%3d"));
        assertAllGone(everyCharacter("%%%02x"));
        assertAllGone(json(SECRET));
        assertAllGone(json(SECRET).replace("/", "\\/"));
        assertAllGone("{\"in\":\"" + json("{\"key\":\"" + json(SECRET) + "\"}") + "\"}");
        assertAllGone(json(SECRET).replace("<", "\\u003c").replace("&", "\\u0026").replace("é", "\\u00E9"));
        assertAllGone(SECRET.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("/", "&#x2F;").replace("=", "&#61;"));
        assertAllGone(HexFormat.of().formatHex(bytes));
        assertAllGone(HexFormat.of().withUpperCase().formatHex(bytes));
        for (String before : List.of("", "a", "ab", "user:", "account:user:")) {
            byte[] with = (before + SECRET + ":x").getBytes(StandardCharsets.UTF_8);
            assertAllGone("Basic " + Base64.getEncoder().encodeToString(with));
            assertAllGone(Base64.getUrlEncoder().withoutPadding().encodeToString(with));
            assertAllGone(URLEncoder.encode(Base64.getEncoder().encodeToString(with), StandardCharsets.UTF_8));
        }
        assertEquals("a ••• b", SCRUBBER.scrub("a WHSEC_0123456789 b"));
    }

    @Test
    void whatIsLearnedIsTakenOutLikeWhatWasConfigured() {
        Scrubber scrubber = new Scrubber(List.of("whsec_0123456789"));
        scrubber.learn("short");
        scrubber.learn("session/of today");
        String base64 = Base64.getEncoder().encodeToString("user:session/of today".getBytes(StandardCharsets.UTF_8));
        assertEquals("••• ••• short", scrubber.scrub("whsec_0123456789 session\\/of%20today short"));
        assertFalse(scrubber.scrub(base64).contains(base64.substring(8, 20)));
        // and of a thousand later ones the first is forgotten
        for (int later = 0; later < 1_000; later++) {
            scrubber.learn("session-number-" + later);
        }
        assertEquals("••• session/of today •••", scrubber.scrub("session-number-0 session/of today whsec_0123456789"));
    }

    @Test
    void whatIsCutOffIsFoundByItsBeginning() {
        assertEquals("he sent •••", SCRUBBER.beginning("he sent whsec_01", 100));
        assertEquals("he sent whsec_0", SCRUBBER.beginning("he sent whsec_0", 100));
        assertEquals("he sent •••", SCRUBBER.beginning("he sent whsec_0123456789 and more", 10));
        assertEquals("he sent", SCRUBBER.beginning("he sent whsec_0123456789 and more", 7));
        assertEquals("he sent ••• and", SCRUBBER.beginning("he sent whsec_0123456789 and more", 28));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "{\"id\":\"F-1\",\"at\":\"100%\",\"path\":\"C:\\\\temp\\\\u12\",\"a\":\"b&c;&amp;&#;&#x;%\"}", "canary", "\\", "%", "&", "\\u", "whsec_012345678"})
    void anythingElseStaysAsItIs(String text) {
        assertSame(text, SCRUBBER.scrub(text));
        assertSame(text, new Scrubber(List.of()).scrub(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void inAnyTextNoSecretStaysAndNothingElseGoes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<String> secrets = List.of(word(random, 8 + random.nextInt(12)), word(random, 8 + random.nextInt(4)));
            Scrubber scrubber = new Scrubber(secrets);
            StringBuilder text = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int part = 0; part < 6; part++) {
                String between = "<" + word(random, random.nextInt(5)) + "> ";
                text.append(between).append(secrets.get(random.nextInt(2)));
                expected.append(between).append(Masking.MASK);
            }
            text.append(" end of it");
            expected.append(" end of it");
            assertEquals(expected.toString(), scrubber.scrub(text.toString()));
        }
    }

    @Test
    void aLargeAnswerTakesAMoment() {
        // Given two hundred secrets, and a megabyte in which many things look like the beginning of one
        Random random = new Random(7);
        List<String> secrets = random.ints(200, 10, 40).mapToObj(length -> word(random, length)).toList();
        Scrubber scrubber = new Scrubber(secrets);
        StringBuilder text = new StringBuilder();
        while (text.length() < 1 << 20) {
            text.append(secrets.get(random.nextInt(200)), 0, 9).append("%41\\u0042");
        }
        // When
        scrubber.scrub(text.toString());
        long began = System.nanoTime();
        scrubber.scrub(text.toString());
        // Then it is far from what a search for each of them takes
        assertTrue(System.nanoTime() - began < 1_000_000_000L);
    }

    private static void assertAllGone(String text) {
        String shown = SCRUBBER.scrub(text);
        assertTrue(shown.contains(Masking.MASK), () -> text + " became " + shown);
        for (String piece : List.of("canary", "tok", "434e41", "nary", "q0fo", "whsec")) {
            assertTrue(!shown.toLowerCase(Locale.ROOT).contains(piece), () -> text + " became " + shown);
        }
    }

    private static String everyCharacter(String format) {
        StringBuilder all = new StringBuilder();
        for (byte one : SECRET.getBytes(StandardCharsets.UTF_8)) {
            all.append(String.format(format, one));
        }
        return all.toString();
    }

    private static String json(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("abAB01+/=-_.".charAt(random.nextInt(12)));
        }
        return word.toString();
    }
}
