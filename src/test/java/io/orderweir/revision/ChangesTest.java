package io.orderweir.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.capability.Configured;
import io.orderweir.connection.Accounts;
import io.orderweir.mounted.Mounts;
import io.orderweir.mounted.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is looked at once, when nobody writes any more, and what touches waiting work waits for a person. */
class ChangesTest {

    @TempDir
    Path policy;

    private final Exchange look = new DefaultExchange(new DefaultCamelContext());
    private final Changes changes = new Changes();
    private final Books books = new Books();
    private final SetClock clock = new SetClock();
    private List<String> faults = List.of();

    @BeforeEach
    void begin() throws Exception {
        changes.mounts = new Mounts(Optional.empty(), Optional.of(policy));
        changes.accounts = new Accounts(Configured.settings(Map.of()), null, Optional.empty());
        changes.connections = Configured.connections(Map.of());
        changes.revisions = books;
        changes.clock = clock;
        changes.check = () -> faults;
        assertEquals(null, seen(0));
    }

    @Test
    void filesThatAreWrittenOneAfterTheOtherAreOneChange() throws Exception {
        // When somebody saves, and saves again a second later
        write("limits.yaml", "[]");
        assertEquals(null, seen(1));
        write("limits.yaml", "[] # end");
        assertEquals(null, seen(1));
        assertEquals(null, seen(1));
        // Then it is looked at when two seconds have passed since, and once
        Revision change = seen(1);
        assertEquals("[] # end", new String(change.policy().files().get("limits.yaml")));
        changes.take(look);
        assertEquals(List.of("taken by null"), books.said);
        assertEquals(null, seen(60));
    }

    @Test
    void whatIsWrongIsKeptAndWhatIsMendedIsLookedAtAgain() throws Exception {
        faults = List.of("limits.yaml:1: it is none");
        write("limits.yaml", "nothing");
        seen(1);
        seen(2);
        assertEquals(faults, look.getVariable("faults"));
        changes.refuse(look);
        faults = List.of();
        write("limits.yaml", "[]");
        seen(1);
        seen(2);
        assertEquals(List.of(), look.getVariable("faults"));
        changes.take(look);
        assertEquals(List.of("refused, waits false", "taken by null"), books.said);
    }

    @Test
    void aDirectoryThatGoesAwayIsNotTakenForAnEmptyOne() throws Exception {
        write("limits.yaml", "[]");
        seen(1);
        seen(2);
        changes.take(look);
        // When the mount is gone, and comes back
        Files.delete(policy.resolve("limits.yaml"));
        Files.delete(policy);
        seen(1);
        seen(2);
        assertEquals(List.of(policy + " is no directory; mount it again"), look.getVariable("faults"));
        changes.refuse(look);
        Files.createDirectory(policy);
        write("limits.yaml", "[]");
        seen(1);
        seen(2);
        assertEquals(List.of(), look.getVariable("faults"));
        // and when it holds what nobody could read
        Files.write(policy.resolve("dump.bin"), new byte[(16 << 20) + 1]);
        assertEquals(null, seen(1));
        assertEquals(null, seen(2));
        assertEquals(List.of("taken by null", "refused, waits false", "refused, waits false"), books.said);
        // and when that is gone, what is there is looked at once more, and nothing is refused
        Files.delete(policy.resolve("dump.bin"));
        assertEquals(null, seen(1));
        assertEquals("[]", new String(seen(2).policy().files().get("limits.yaml")));
        assertEquals(List.of(), look.getVariable("faults"));
    }

    @Test
    void whatTouchesWaitingWorkIsTakenUnderTheNameOfWhoAllowedIt() throws Exception {
        books.touched = List.of("40 lines wait");
        write("limits.yaml", "[]");
        seen(1);
        seen(2);
        assertEquals(List.of("40 lines wait"), look.getVariable("faults"));
        changes.refuse(look);
        assertEquals(null, seen(60));
        books.consent = "ann";
        seen(1);
        changes.take(look);
        assertEquals(List.of("refused, waits true", "taken by ann"), books.said);
    }

    private Revision seen(int seconds) throws Exception {
        clock.move(seconds);
        changes.look(look);
        return look.getVariable("change", Revision.class);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(policy.resolve(file), text);
    }

    /** What was written into the ledger. */
    private static final class Books extends Revisions {
        private final List<String> said = new ArrayList<>();
        private List<String> touched = List.of();
        private String consent;

        @Override
        long take(Revision seen, String by, boolean starts) {
            said.add("taken by " + by);
            return 2;
        }

        @Override
        void refuse(String digest, List<String> faults, boolean waits) {
            said.add("refused, waits " + waits);
        }

        @Override
        void agree(String digest) {
            // nothing else was refused
        }

        @Override
        List<String> touched(List<String> classes, List<String> gone) {
            return touched;
        }

        @Override
        String consented(String digest) {
            return consent;
        }
    }
}
