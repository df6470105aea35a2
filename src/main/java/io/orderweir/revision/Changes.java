package io.orderweir.revision;

import io.orderweir.check.Check;
import io.orderweir.check.Fault;
import io.orderweir.connection.Accounts;
import io.orderweir.mounted.Mounts;
import io.orderweir.mounted.Revision;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Sees what somebody changes in the mounted directories. A change is looked at when nothing has moved for two seconds, so that files that are written one after the other are one
 * change; a link or a folder that is exchanged as a whole is one at once.
 */
@ApplicationScoped
@Named("changes")
@RegisterForReflection
public class Changes {

    private static final Duration QUIET = Duration.ofSeconds(2);

    /** What the directories held at one moment: {@code faults} is null as long as nobody looked whether it is right. */
    private record Seen(Revision revision, String accounts, Instant since, List<String> faults) {

        boolean isLike(Seen other) {
            return other != null && accounts.equals(other.accounts) && revision.digest().equals(other.revision.digest());
        }

        Seen judged(List<String> said) {
            return new Seen(revision, accounts, since, said);
        }
    }

    Clock clock = Clock.systemUTC();

    @Inject
    Mounts mounts;

    @Inject
    Accounts accounts;

    @Inject
    Revisions revisions;

    /** What was seen last; at first, what this process started with. */
    private Seen last;
    /** The digest of the accounts that were looked at and are right. */
    private volatile String rightAccounts;

    /**
     * Looks at the directories. Out: variable change: null where there is none that has come to rest and was not judged yet; variable faults, what is wrong with it: file, line, what and
     * the way out.
     */
    public void look(Exchange exchange) {
        exchange.removeVariable("change");
        Seen now = new Seen(mounts.seen(), accounts.digest(), clock.instant(), null);
        if (last == null) {
            last = now.judged(List.of());
            rightAccounts = now.accounts();
        }
        if (!now.isLike(last)) {
            last = now;
        } else if (last.faults() == null && !clock.instant().isBefore(last.since().plus(QUIET))) {
            List<String> faults = faults();
            // whoever writes in this moment is judged when the writing is done
            if (now.isLike(new Seen(mounts.seen(), accounts.digest(), clock.instant(), null))) {
                last = last.judged(faults);
                exchange.setVariable("change", last.revision());
                exchange.setVariable("faults", faults);
            }
        }
    }

    /** It is right: the ledger gives it a number. In: variable change. Out: variable change again, null where only accounts are new. */
    public void take(Exchange exchange) throws SQLException {
        Revision change = exchange.getVariable("change", Revision.class);
        revisions.agree(change.digest());
        rightAccounts = last.accounts();
        if (!change.digest().equals(mounts.running().digest())) {
            revisions.take(change, false);
        }
    }

    /** The digest of the accounts that this process may take up: those that were looked at and are right. */
    String rightAccounts() {
        return rightAccounts;
    }

    /** It is wrong, and kept for people. In: variables change and faults. */
    public void refuse(Exchange exchange) throws SQLException {
        revisions.refuse(exchange.getVariable("change", Revision.class).digest(), exchange.getVariable("faults", List.class));
    }

    /** What is wrong with what the configuration of this process names now; a native program cannot make routes on paper, and finds the rest when it takes it up. */
    private static List<String> faults() {
        return ImageMode.current() == ImageMode.NATIVE_RUN ? List.of() : Check.of(null, null).faults().stream().map(Fault::toString).toList();
    }
}
