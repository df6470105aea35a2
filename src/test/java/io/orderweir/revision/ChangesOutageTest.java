package io.orderweir.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.check.Mistakes;
import io.orderweir.check.Mounted;
import io.orderweir.embedded.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ledger goes away while a change is judged, or taken up: nobody has to save it again. */
class ChangesOutageTest {

    private static final String KEPT = "connectors/" + Mistakes.ROUTES;
    private static TestDatabase ledger;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() throws Exception {
        ledger = TestDatabase.shared().named("changes_outage");
    }

    /** A change is held against what waits, what was refused is told no more, and it gets its number: three statements, and each may be the first that fails. */
    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "2,false", "0,true", "1,true", "2,true"})
    void aChangeIsTakenUpByItselfWhenTheLedgerIsBack(int answered, boolean lost) throws Exception {
        try (Watch watch = new Watch(directory, ledger)) {
            // Given a ledger that goes away at some moment of it, before a statement or with its answer
            List<String> meanwhile = new ArrayList<>();
            watch.goesAway(answered, lost, () -> meanwhile.add(state(watch)));
            String saved = saves(watch, "# saved\n# end");
            // When it is looked at
            watch.rests();
            // Then it was tried until the ledger was back, and meanwhile it ran nowhere, or whole
            assertEquals(2, watch.tries());
            meanwhile.forEach(state -> assertTrue(List.of("1", "2 " + saved).contains(state), state));
            // and it has its number, all of its files, and no other
            assertEquals("2 " + saved, state(watch));
            assertEquals(watch.files(1), watch.files(2));
            assertEquals(List.of(), watch.faults());
            watch.rests();
            assertEquals(2, watch.newest());
        }
    }

    @Test
    void whatIsSavedMeanwhileComesAfterIt() throws Exception {
        try (Watch watch = new Watch(directory, ledger)) {
            List<String> later = new ArrayList<>();
            watch.goesAway(1, false, () -> {
                if (later.isEmpty()) {
                    later.add(saves(watch, "# later\n# end"));
                }
            });
            String saved = saves(watch, "# saved\n# end");
            watch.rests();
            assertEquals("2 " + saved, state(watch));
            watch.rests();
            assertEquals("3 " + later.get(0), state(watch));
        }
    }

    @Test
    void whatIsWrongIsToldWhenTheLedgerIsBack() throws Exception {
        try (Watch watch = new Watch(directory, ledger)) {
            watch.goesAway(0, false, () -> { });
            saves(watch, "#");
            watch.rests();
            assertEquals(2, watch.tries());
            assertTrue(watch.faults().toString().contains("it does not end in the line '# end'"), () -> watch.mounted.toString());
            assertEquals(1, watch.newest());
        }
    }

    private static String saves(Watch watch, String end) {
        watch.mounted.instead(Mistakes.ROUTES, "# end", end);
        return Mounted.read(watch.mounted.path(Mistakes.ROUTES));
    }

    private static String state(Watch watch) {
        try {
            return watch.newest() == 1 ? "1" : watch.newest() + " " + watch.kept(watch.newest(), KEPT);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
