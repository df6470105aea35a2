package io.orderweir.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.check.Mistakes;
import io.orderweir.check.Mistakes.Mistake;
import io.orderweir.check.Mounted;
import io.orderweir.embedded.TestDatabase;
import io.orderweir.mounted.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What an integrator gets wrong is told of a change that is saved while everything runs as it is told by the check and at the start, and what ran goes on. */
class SavedMistakesTest {

    private static final int MOST_LINES = 20;
    private static final Pattern PLACED = Pattern.compile("(/[^:]+)(?::(\\d+))?(?::\\d+)?: (.*)");
    private static TestDatabase ledger;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() throws Exception {
        ledger = TestDatabase.shared().named("saved_mistakes");
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeIsToldAndWhatRanGoesOn() {
        return Mistakes.ALL.stream().map(mistake -> DynamicTest.dynamicTest(mistake.name(), () -> isTold(mistake)));
    }

    private void isTold(Mistake mistake) throws Exception {
        try (Watch watch = new Watch(Files.createDirectory(directory.resolve(mistake.name().replaceAll("[^a-z]", "-"))), ledger)) {
            // Given what is right, and runs
            Mounted mounted = watch.mounted;
            Revision running = watch.mounts.running();
            String before = running.digest() + Mounted.read(watch.account());
            assertEquals(List.of(), watch.faults());
            // When the mistake is saved; types are read together with what changes beside them
            mistake.made().accept(mounted);
            watch.saveAccounts();
            if (before.equals(watch.mounts.seen().digest() + Mounted.read(watch.account()))) {
                mounted.instead(Mistakes.ROUTES, "# end", "# saved\n# end");
            }
            watch.rests();
            // Then it is told with its place and the way out, in a line
            List<String> faults = watch.faults();
            assertEquals(1, faults.size(), faults.toString());
            assertTrue(faults.get(0).lines().count() < MOST_LINES, faults.get(0));
            String said = Mounted.general(faults.get(0), mounted);
            assertTrue(said.endsWith(": " + mistake.says()) || said.equals(mistake.says()), said);
            hasItsPlace(mistake, faults.get(0), watch);
            // and what ran goes on
            assertEquals(1, watch.newest());
            assertSame(running, watch.mounts.running());
        }
    }

    private static void hasItsPlace(Mistake mistake, String fault, Watch watch) {
        Matcher place = PLACED.matcher(fault);
        boolean placed = place.matches();
        if (!mistake.file().isEmpty()) {
            assertTrue(placed && place.group(1).equals(watch.mounted.path(mistake.file()).toString()), fault);
        } else if (mistake.says().startsWith("orderweir.connections.")) {
            assertTrue(placed && place.group(1).equals(watch.account().toString()) && place.group(2) != null, fault);
        }
        if (!mistake.at().isEmpty()) {
            assertTrue(place.group(2) != null && Mounted.read(watch.mounted.path(mistake.file())).split("\\R", -1)[Integer.parseInt(place.group(2)) - 1].strip().startsWith(mistake.at()), fault);
        }
    }
}
