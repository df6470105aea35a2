package io.orderweir.revision;

import io.orderweir.call.Answers;
import io.orderweir.connection.AccountRoutes;
import io.orderweir.connection.Accounts;
import io.orderweir.connection.Connections;
import io.orderweir.connector.Connectors;
import io.orderweir.gate.Calendars;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Sentence;
import io.orderweir.ledger.Flows;
import io.orderweir.ledger.LedgerAway;
import io.orderweir.mounted.Mounted;
import io.orderweir.mounted.Mounts;
import io.orderweir.mounted.Revision;
import io.orderweir.policy.Policies;
import io.orderweir.privacy.Scrubber;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InjectableContext;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.spi.CamelContextCustomizer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the newest revision in the place of the one that this process runs by: whole, or not at all. */
@Unremovable
@ApplicationScoped
@Named("adoption")
@RegisterForReflection
public class Adoption implements CamelContextCustomizer, StartupListener {

    private static final Logger LOG = Logger.getLogger(Adoption.class);
    /** What is made of connectors, policy and accounts, and never changes itself: it is made anew by whoever asks for it next. */
    private static final List<Class<?>> DERIVED = List.of(Connectors.class, Connections.class, Policies.class, Calendars.class, GateClasses.class, Flows.class, FieldLimits.class, Sentence.class);
    /** Those who plan meanwhile stand behind it. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Without a ledger a process runs by its own directories. */
    @ConfigProperty(name = "quarkus.datasource.active", defaultValue = "true")
    boolean hasLedger;

    @Inject
    Mounts mounts;

    @Inject
    Accounts accounts;

    @Inject
    Revisions revisions;

    @Inject
    Changes changes;

    @Inject
    FolderRoutes routes;

    @Inject
    AccountRoutes accountRoutes;

    @Inject
    Answers answers;

    @Inject
    Scrubber scrubber;

    @Inject
    Connections connections;

    private String accountsOf = "";
    /** What the newest revision took the place of, as long as its routes were not retired; null: nothing. */
    private Revision replaced;
    /** The newest revision that this process could not take up. */
    private long refused;

    /** What runs may be another revision than what the directories of a process that starts hold. */
    @Override
    public void configure(CamelContext camel) {
        if (mounts.any() && hasLedger) {
            try {
                camel.addStartupListener(this);
            } catch (Exception e) {
                throw new IllegalStateException("the revision that runs cannot be asked for before the routes start", e);
            }
        }
    }

    @Override
    public void onCamelContextStarting(CamelContext camel, boolean alreadyStarted) throws Exception {
        Revision own = mounts.running();
        long last = revisions.newest();
        // what ran before is no change
        List<String> touched = last == 0 || revisions.isKnown(own.digest()) ? List.of() : changes.touchedAtStart(own, revisions.read(last));
        long number = touched.isEmpty() ? revisions.take(own, null, true) : last;
        Revision newest = revisions.read(number);
        if (newest.digest().equals(own.digest())) {
            mounts.number(number);
        } else {
            LOG.warnf("the mounted directories hold %s; revision %d runs", touched.isEmpty() ? "what ran before" : "a change that waits for a person: " + touched, number);
            adopt(camel, newest, accounts.now());
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // looked at before
    }

    /** Whether something is mounted that may change. */
    public boolean mayChange() {
        return hasLedger && (mounts.any() || accounts.mayChange());
    }

    /** Takes up what is newer than what this process runs by, and new accounts. A revision that it cannot take up is told once, and tried again: accounts that it names may come. */
    public void follow(CamelContext camel) throws Exception {
        settle(camel);
        routes.end(camel);
        long newest = revisions.newest();
        boolean isNew = mounts.any() && newest > mounts.running().number();
        String right = changes.rightAccounts();
        // what somebody is writing in this moment is nobody's
        boolean newAccounts = !right.equals(accountsOf) && right.equals(accounts.digest());
        if (!isNew && !newAccounts) {
            return;
        }
        try {
            if (adopt(camel, isNew ? revisions.read(newest) : mounts.running(), newAccounts ? accounts.read() : accounts.now())) {
                accountsOf = newAccounts ? right : accountsOf;
                LOG.infof("%s", isNew ? "revision " + newest + " runs" : "the accounts are taken up");
                refused = 0;
            }
        } catch (LedgerAway away) {
            throw away;
        } catch (Exception refusal) {
            if (refused != newest) {
                LOG.errorf("revision %d is not taken up by this process, %d goes on: %s", newest, mounts.running().number(), refusal.getMessage());
            }
            refused = newest;
        }
    }

    /** @return false where plans were under way for too long, and nothing has changed */
    private boolean adopt(CamelContext camel, Revision revision, Accounts.Configured configured) throws Exception {
        Trial.of(revision, configured);
        Revision running = mounts.running();
        Revision next = revision == running ? running : mounts.next(revision);
        List<String> started = start(camel, running, next);
        boolean done = mounts.exchange(next, () -> {
            accounts.take(configured);
            renew();
        }, LONGEST);
        if (!done) {
            // nobody was led to them, and it is tried again in a second
            started.forEach(folder -> routes.drop(camel, next.connectors(), folder, folder + "_" + next.number()));
            LOG.warnf("revision %d waits for %d plans that are under way", next.number(), mounts.plans());
            return false;
        }
        scrubber.configured(connections);
        answers.configure(camel);
        if (camel.isStarted()) {
            replaced = running;
            settle(camel);
        }
        return true;
    }

    /** Retires what the running revision took the place of, and starts what its accounts need; it is tried until it is done. */
    private void settle(CamelContext camel) throws Exception {
        if (replaced != null) {
            retire(camel, replaced, mounts.running());
            accountRoutes.cover(camel);
            replaced = null;
        }
    }

    private List<String> start(CamelContext camel, Revision before, Revision next) throws Exception {
        List<String> started = new ArrayList<>();
        if (!camel.isStarted() && before.connectors() != null) {
            // a folder that is the same goes on, and any other one was read by mistake
            for (String folder : before.connectors().folders()) {
                if (!next.since().getOrDefault(folder, 0L).equals(before.since().getOrDefault(folder, 0L))) {
                    routes.forget(camel, before.connectors(), folder);
                }
            }
        }
        for (String folder : next.connectors() == null ? List.<String>of() : next.connectors().folders()) {
            long since = next.since().getOrDefault(folder, 0L);
            if (since == next.number() && since != before.since().getOrDefault(folder, 0L)) {
                routes.start(camel, next.connectors(), folder, folder + "_" + since);
                started.add(folder);
            }
        }
        return started;
    }

    private void retire(CamelContext camel, Revision before, Revision next) throws Exception {
        for (String folder : before.connectors() == null ? List.<String>of() : before.connectors().folders()) {
            boolean isThere = next.connectors() != null && next.connectors().folders().contains(folder);
            if (!isThere || !next.since().getOrDefault(folder, 0L).equals(before.since().getOrDefault(folder, 0L))) {
                routes.retire(camel, before.connectors(), folder, isThere ? mounts.serving(folder) : "");
            }
        }
    }

    private static void renew() {
        ArcContainer beans = Arc.container();
        InjectableContext context = beans.getActiveContext(ApplicationScoped.class);
        DERIVED.forEach(type -> context.destroy(beans.instance(type).getBean()));
    }
}
