package io.orderweir.revision;

import io.orderweir.check.Check;
import io.orderweir.check.Fault;
import io.orderweir.connection.Accounts;
import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.orderweir.gate.GateClasses.GateClass;
import io.orderweir.mounted.Mounts;
import io.orderweir.mounted.Revision;
import io.orderweir.policy.Policies;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Sees what somebody changes in the mounted directories. A change is looked at when nothing has moved for two seconds, so that files that are written one after the other are one
 * change; a link or a folder that is exchanged as a whole is one at once. What would let waiting work go, or leave it to nobody, waits for a person.
 */
@ApplicationScoped
@Named("changes")
@RegisterForReflection
public class Changes {

    private static final Duration QUIET = Duration.ofSeconds(2);

    /** What the directories hold from one moment on, and how far it has come. */
    private record Seen(Revision revision, String accounts, Instant since, Verdict verdict) {

        boolean isLike(Seen other) {
            return other != null && accounts.equals(other.accounts) && revision.digest().equals(other.revision.digest());
        }

        Seen found(Verdict found) {
            return new Seen(revision, accounts, since, found);
        }

        /** By which people allow it; it says what both hold, and no secret. */
        String digest() {
            return revision.digest() + "/" + accounts;
        }
    }

    private enum Verdict { MOVING, RIGHT, WRONG, WAITS }

    Clock clock = Clock.systemUTC();
    /** What is wrong with what the configuration of this process names now; a native program cannot make routes on paper, and finds the rest when it takes it up. */
    Supplier<List<String>> check = () -> ImageMode.current() == ImageMode.NATIVE_RUN ? List.of() : Check.of(null, null, null).faults().stream().map(Fault::toString).toList();

    @Inject
    Mounts mounts;

    @Inject
    Accounts accounts;

    @Inject
    Revisions revisions;

    @Inject
    Connections connections;

    /** What was seen last; at first, what this process started with. */
    private Seen last;
    /** What was judged last, or what this process started with: whatever was brought back meanwhile, only what differs from it is a change. */
    private Revision judged;
    /** The digest of the accounts that were looked at and are right. */
    private volatile String rightAccounts = "";
    /** What was told of a directory that cannot be read; null when all can. */
    private String unreadable;

    /**
     * Looks at the directories. Out: variable change: null where there is none that has come to rest and was not judged yet; variable faults, what is wrong with it, or what it touches:
     * file, line, what and the way out; variable by, the person who allowed it, or null.
     */
    public void look(Exchange exchange) {
        exchange.removeVariable("change");
        exchange.removeVariable("by");
        Seen now;
        try {
            now = see();
        } catch (IllegalStateException | UncheckedIOException unreadable) {
            unreadable(unreadable.getMessage());
            return;
        }
        if (last == null) {
            last = started(Verdict.RIGHT);
            judged = last.revision();
        }
        if (!now.isLike(last)) {
            last = now;
        } else if (last.verdict() == Verdict.MOVING && !clock.instant().isBefore(last.since().plus(QUIET))) {
            judge(exchange);
        } else if (last.verdict() == Verdict.WAITS) {
            String by = revisions.consented(last.digest());
            if (by != null) {
                exchange.setVariable("by", by);
                said(exchange, Verdict.RIGHT, List.of());
            }
        }
    }

    /** What cannot be read is told once. */
    private void unreadable(String says) {
        if (!says.equals(unreadable)) {
            revisions.refuse("unreadable", List.of(says), false);
            unreadable = says;
            // whatever can be read next is looked at
            last = new Seen(mounts.running(), "unreadable", clock.instant(), Verdict.WRONG);
        }
    }

    private void judge(Exchange exchange) {
        unreadable = null;
        List<String> faults = mounts.missing().isEmpty() ? check.get() : mounts.missing();
        List<String> touched = faults.isEmpty() ? touched() : List.of();
        // whoever writes in this moment is judged when the writing is done
        if (see().isLike(last)) {
            said(exchange, !faults.isEmpty() ? Verdict.WRONG : !touched.isEmpty() ? Verdict.WAITS : Verdict.RIGHT, faults.isEmpty() ? touched : faults);
        }
    }

    private void said(Exchange exchange, Verdict verdict, List<String> sentences) {
        last = last.found(verdict);
        exchange.setVariable("change", last.revision());
        exchange.setVariable("faults", sentences);
    }

    /** It is right: the ledger gives it a number. In: variables change and by. */
    public void take(Exchange exchange) {
        Revision change = exchange.getVariable("change", Revision.class);
        revisions.agree(last.digest());
        if (isChanged()) {
            revisions.take(change, exchange.getVariable("by", String.class), false);
            judged = change;
        }
        rightAccounts = last.accounts();
    }

    /** It is wrong, or waits for a person, and is kept for people. In: variable faults. */
    public void refuse(Exchange exchange) {
        revisions.refuse(last.digest(), exchange.getVariable("faults", List.class), last.verdict() == Verdict.WAITS);
    }

    /** The digest of the accounts that this process may take up: those that were looked at and are right. */
    String rightAccounts() {
        return rightAccounts;
    }

    /** What this process would start with touches what waits: it runs by what ran before until a person allows it. */
    List<String> touchedAtStart(Revision own, Revision newest) {
        List<String> touched = revisions.touched(classes(own), List.of());
        if (!touched.isEmpty()) {
            last = started(Verdict.WAITS);
            judged = newest;
            revisions.refuse(last.digest(), touched, true);
        }
        return touched;
    }

    private List<String> touched() {
        List<String> after = accounts.read().settings().connections().keySet().stream().toList();
        // a class is compared with itself where no table changed
        return revisions.touched(classes(isChanged() ? last.revision() : mounts.running()), connections.names().stream().filter(name -> !after.contains(name)).toList());
    }

    private boolean isChanged() {
        return !last.revision().digest().equals(judged.digest());
    }

    private static List<String> classes(Revision revision) {
        return GateClasses.of(new Policies(revision.policy())).all().stream().map(GateClass::name).toList();
    }

    /** What this process began with; of its accounts nobody knows at which moment they were read, so they are looked at once more. */
    private Seen started(Verdict verdict) {
        return new Seen(mounts.started(), accounts.mayChange() ? "as they were" : accounts.digest(), clock.instant(), verdict);
    }

    private Seen see() {
        return new Seen(mounts.seen(), accounts.digest(), clock.instant(), Verdict.MOVING);
    }
}
