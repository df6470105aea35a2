package io.orderweir.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.call.Answers;
import io.orderweir.process.LoudTarget;
import io.orderweir.process.LoudTarget.Answer;
import io.orderweir.process.LoudTarget.Speech;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that never end, in size or in time, each sprung on the real exit. */
class AnswerTrapsTest {

    private static final int MOST = 100_000;
    private static final Duration TIMEOUT = Duration.ofMillis(700);
    private static final String YES = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    @Test
    void anAnswerWithoutAnEndIsReadSoFarAndNoFurther() throws Exception {
        Exchange called = called(out -> {
            out.write((YES + "Connection: close\r\n\r\n").getBytes(UTF_8));
            return forEver(out, "x".repeat(1000), 0);
        });
        assertCut(called, 200, "it is longer than 100000 bytes (max-answer)");
        assertEquals(MOST, called.getVariable("answer", String.class).length());
    }

    @ParameterizedTest
    @CsvSource({"99999,false", "100000,false", "100001,true"})
    void whatIsAsLongAsAgreedIsWhole(int length, boolean cut) throws Exception {
        for (boolean chunked : List.of(true, false)) {
            Exchange called = called(out -> {
                String body = "y".repeat(length);
                out.write((YES + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length) + "\r\n" + body + "\r\n0\r\n\r\n"
                        : "Content-Length: " + length + "\r\n\r\n" + body)).getBytes(UTF_8));
                return true;
            });
            assertEquals(cut ? "unsure" : "done", called.getVariable("outcome"));
            assertEquals(Math.min(length, MOST), called.getVariable("answer", String.class).length());
        }
    }

    @Test
    void aSmallAnswerThatBecomesALargeOneIsCutToo() throws Exception {
        // however often it says that it is compressed: Camel would decompress once more what is called gzip in any way
        for (String coding : List.of("gzip", "gzip, gzip", "own-gzip")) {
            byte[] packed = packed("z".repeat(2_000_000).getBytes(UTF_8));
            byte[] twice = coding.contains(",") ? packed(packed) : packed;
            Exchange called = called(out -> {
                out.write((YES + "Content-Encoding: " + coding + "\r\nContent-Length: " + twice.length + "\r\n\r\n").getBytes(UTF_8));
                out.write(twice);
                return true;
            });
            assertTrue(called.getVariable("answer", String.class).length() <= MOST, coding);
            assertEquals(coding.startsWith("own") ? "done" : "unsure", called.getVariable("outcome"), coding);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {YES + "Connection: close\r\n\r\n", YES + "Content-Length: 4000\r\n\r\n", YES + "Transfer-Encoding: chunked\r\n\r\n"})
    void anAnswerThatDripsEndsWithTheTimeOfTheCall(String head) throws Exception {
        Exchange called = called(out -> {
            out.write(head.getBytes(UTF_8));
            return forEver(out, head.contains("chunked") ? "1\r\nz\r\n" : "z", 50);
        });
        assertCut(called, 200, "it was not there within 0.7 s");
        assertTrue(called.getVariable("took", Double.class) < 1.2, () -> "took " + called.getVariable("took"));
        assertTrue(called.getVariable("answer", String.class).startsWith("zz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-Slow: "})
    void whatDripsBeforeTheAnswerIsNoAnswer(String begins) throws Exception {
        Exchange called = called(out -> {
            out.write(begins.getBytes(UTF_8));
            return forEver(out, "z", 50);
        });
        assertEquals("unanswered: Acme did not answer: no answer within 0.7 s", called.getVariable("failure") + ": " + called.getVariable("reason"));
        assertTrue(called.getVariable("took", Double.class) < 1.2, () -> "took " + called.getVariable("took"));
    }

    @Test
    void aHeaderHasAnEndAsWell() throws Exception {
        for (String more : List.of("z".repeat(1000), "X-More: z\r\n")) {
            Exchange called = called(out -> {
                out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(UTF_8));
                return forEver(out, more, 0);
            });
            assertEquals("unanswered", called.getVariable("failure"));
            assertFalse(called.getVariable("reason", String.class).contains("within"), () -> "it was read until its time was over: " + called.getVariable("reason"));
        }
    }

    @Test
    void anAnswerWhoseConnectionEndsIsCut() throws Exception {
        Exchange called = called(out -> {
            out.write((YES + "Content-Length: 4000\r\n\r\n{\"id\":").getBytes(UTF_8));
            return false;
        });
        assertCut(called, 200, "its connection ended before it");
        assertEquals("{\"id\":", called.getVariable("answer"));
    }

    @ParameterizedTest
    @CsvSource({"400,hold", "404,hold", "409,hold", "401,pause", "429,later", "500,unsure", "503,later", "302,pause"})
    void anAnswerThatWasCutIsElseWhatItsStatusSays(int status, String outcome) throws Exception {
        Exchange called = called(out -> {
            out.write(("HTTP/1.1 " + status + " No\r\nContent-Length: 4000\r\n\r\n{\"error\":").getBytes(UTF_8));
            return false;
        });
        assertEquals(outcome, called.getVariable("outcome"));
        assertEquals("cut", called.getVariable("failure"));
    }

    @ParameterizedTest
    @CsvSource({"done", "found", "absent", "onward"})
    void whateverAConnectorMakesOfAnAnswerThatWasCutItIsNoSuccess(String made) throws Exception {
        try (PaperEngine engine = engine()) {
            Exchange ended = engine.send("direct:call.end", new HashMap<>(Map.of("failure", "cut", "cut", "it is too long", "label", "Acme", "status", 404, "outcome", made)));
            assertNull(ended.getException());
            assertEquals("unsure: Acme answered with status 404, and its answer was cut: it is too long", ended.getVariable("outcome") + ": " + ended.getVariable("reason"));
        }
    }

    @Test
    void aNoThatWasCutSaysSo() throws Exception {
        try (PaperEngine engine = engine()) {
            Exchange held = engine.send("direct:call.end", new HashMap<>(Map.of("failure", "cut", "cut", "it is too long", "outcome", "hold", "sentence", "No.")));
            assertEquals("No. (Its answer was cut: it is too long.)", held.getVariable("sentence"));
            Exchange later = engine.send("direct:call.end", new HashMap<>(Map.of("failure", "cut", "cut", "it is too long", "outcome", "later", "reason", "busy")));
            assertEquals("busy; its answer was cut: it is too long", later.getVariable("reason"));
            Exchange whole = engine.send("direct:call.end", new HashMap<>(Map.of("outcome", "done")));
            assertEquals("done", whole.getVariable("outcome"));
        }
    }

    @Test
    void anotherBoundCountsFromTheNextAnswerOnWithoutARestart() throws Exception {
        // Given an account that was called, and whose client is there
        try (LoudTarget target = LoudTarget.that(request -> new Answer(200, List.of(), "y".repeat(MOST + 1))); PaperEngine engine = engine()) {
            assertCut(engine.send("direct:call", question(target)), 200, "it is longer than 100000 bytes (max-answer)");
            // When its max-answer is raised
            Answers answers = engine.camel().getRegistry().lookupByNameAndType("answers", Answers.class);
            answers.bind(engine.camel(), "acme", 2 * MOST, TIMEOUT);
            // Then its next answer is whole
            Exchange whole = engine.send("direct:call", question(target));
            assertEquals("done", whole.getVariable("outcome"));
            assertEquals(MOST + 1, whole.getVariable("answer", String.class).length());
            // and when it is lowered, the next one is cut
            answers.bind(engine.camel(), "acme", 70_000, TIMEOUT);
            assertCut(engine.send("direct:call", question(target)), 200, "it is longer than 70000 bytes (max-answer)");
        }
    }

    @Test
    void aConnectionWhoseAnswerWasReadIsUsedAgain() throws Exception {
        try (LoudTarget target = LoudTarget.that(request -> new Answer(200, List.of(), "{}")); PaperEngine engine = engine()) {
            for (int call = 0; call < 5; call++) {
                assertEquals("done", engine.send("direct:call", question(target)).getVariable("outcome"));
            }
            assertEquals(1, target.callers());
        }
    }

    private static void assertCut(Exchange called, int status, String why) {
        assertEquals("unsure", called.getVariable("outcome"));
        assertEquals(status, called.getVariable("status"));
        assertEquals("cut", called.getVariable("failure"));
        assertTrue(called.getVariable("cut", String.class).startsWith(why), () -> "cut because " + called.getVariable("cut"));
    }

    private static Exchange called(Speech speech) throws Exception {
        try (LoudTarget target = LoudTarget.speaking(request -> speech); PaperEngine engine = engine()) {
            Exchange called = engine.send("direct:call", question(target));
            assertNull(called.getException());
            return called;
        }
    }

    private static Map<String, Object> question(LoudTarget target) {
        return new HashMap<>(Map.of("method", "POST", "path", "/orders", "label", "Acme", "timeoutMillis", TIMEOUT.toMillis(), "url", target.url(), "connection", "acme"));
    }

    private static PaperEngine engine() throws Exception {
        PaperEngine engine = PaperCalls.engine(MOST, TIMEOUT);
        CallTrapsTest.configure(engine.camel().getComponent("http", HttpComponent.class));
        return PaperCalls.start(engine, "- route: { id: nobody, from: { uri: direct:hold.ask, steps: [ { log: asked } ] } }");
    }

    private static boolean forEver(OutputStream out, String more, long millis) throws IOException {
        byte[] bytes = more.getBytes(UTF_8);
        while (true) {
            out.write(bytes);
            out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
