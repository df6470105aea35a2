package io.orderweir.mounted;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which revision of connectors and policy this process runs by. It is exchanged whole: a plan is made by one revision from its first step to its last, and a call goes on in the
 * routes that it began in.
 */
@Unremovable
@ApplicationScoped
@Named("mounts")
@RegisterForReflection
public class Mounts {

    /** As many plans may be under way. */
    private static final int MOST = 10_000;

    private final Path connectors;
    private final Path policy;
    private final Semaphore plans = new Semaphore(MOST, true);
    private final Revision started;
    private volatile Revision running;

    /** For the client proxy only. */
    protected Mounts() {
        this(Optional.empty(), Optional.empty());
    }

    @Inject
    public Mounts(@ConfigProperty(name = "orderweir.connectors.dir") Optional<Path> connectors, @ConfigProperty(name = "orderweir.policy.dir") Optional<Path> policy) {
        this.connectors = connectors.map(Path::toAbsolutePath).orElse(null);
        this.policy = policy.orElse(null);
        started = seen();
        running = started;
    }

    /** What the directories held when this process started. */
    public Revision started() {
        return started;
    }

    public Revision running() {
        return running;
    }

    /** Whether a directory is configured, so that there may be others. */
    public boolean any() {
        return connectors != null || policy != null;
    }

    public Optional<Path> connectorsDirectory() {
        return Optional.ofNullable(connectors);
    }

    public Optional<Path> policyDirectory() {
        return Optional.ofNullable(policy);
    }

    /** What the directories hold now, whether it is right or not; numbered 0. */
    public Revision seen() {
        return new Revision(0, read(connectors), read(policy), Map.of());
    }

    /** A sentence for each directory that is configured and is none now: what was in it is not taken for removed. */
    public List<String> missing() {
        return Stream.of(connectors, policy).filter(directory -> directory != null && !Files.isDirectory(directory))
                .map(directory -> directory + " is no directory; mount it again").toList();
    }

    /** What the routes of a system are called by now: the word before {@code .order.create} behind {@code direct:}. */
    public String serving(String system) {
        long since = running.since().getOrDefault(system, 0L);
        return since > 0 ? system + "_" + since : system;
    }

    /** Whoever plans something stays with the revision of now until the exchange ends; an exchange waits for at most a moment. */
    public void enter(Exchange exchange) {
        plans.acquireUninterruptibly();
        exchange.getExchangeExtension().addOnCompletion(new Leave());
    }

    /** The same revision has its number now. */
    public void number(long number) {
        running = running.numbered(number);
    }

    /**
     * Puts a revision in the place of the one that runs, when no plan is under way.
     *
     * @param swap what is to be exchanged with it
     * @return false where plans were under way for so long: nothing has changed then
     */
    public boolean exchange(Revision next, Runnable swap, Duration longest) throws InterruptedException {
        if (!plans.tryAcquire(MOST, longest.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            running = next;
            swap.run();
            return true;
        } finally {
            plans.release(MOST);
        }
    }

    /** How many plans are under way. */
    public int plans() {
        return MOST - plans.availablePermits();
    }

    /** What would run after it was put in the place of the one that runs. */
    public Revision next(Revision revision) {
        return running.followedBy(revision);
    }

    private static Mounted read(Path directory) {
        return directory == null || !Files.isDirectory(directory) ? null : Mounted.read(directory);
    }

    private final class Leave extends SynchronizationAdapter {

        @Override
        public void onDone(Exchange exchange) {
            plans.release();
        }

        /** A copy that is put into a queue, and may be thrown away there, is not the plan. */
        @Override
        public boolean allowHandover() {
            return false;
        }
    }
}
