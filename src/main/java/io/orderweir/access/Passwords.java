package io.orderweir.access;

import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Works on passwords, each of which costs a processor a tenth of a second: on two at once, while ten wait, and of those twelve one address has four.
 * Whoever comes beyond is sent away before anything is asked of the ledger.
 */
@ApplicationScoped
public class Passwords {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 10;
    private static final int OF_ONE_ADDRESS = 4;
    /** What a name that nobody has is compared with, so that it takes as long as a name that somebody has. */
    private static final String NOBODYS = BcryptUtil.bcryptHash("nobody's");

    private final Semaphore places = new Semaphore(AT_ONCE + WAITING);
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    /** Does the work when its turn has come; it holds no connection while it waits. */
    public <T> T inTurn(String address, Supplier<T> work) {
        if (byAddress.merge(address, 1, Integer::sum) > OF_ONE_ADDRESS || !places.tryAcquire()) {
            left(address);
            throw new TooOften(Duration.ofSeconds(1));
        }
        try {
            turns.acquireUninterruptibly();
            try {
                return work.get();
            } finally {
                turns.release();
            }
        } finally {
            places.release();
            left(address);
        }
    }

    /** A hash for the ledger. */
    public String hash(String password) {
        return BcryptUtil.bcryptHash(password);
    }

    /** Whether it is the password of this hash; no password is that of no hash, and it takes as long. */
    boolean match(String password, String hash) {
        return BcryptUtil.matches(password, hash == null ? NOBODYS : hash) && hash != null;
    }

    private void left(String address) {
        byAddress.computeIfPresent(address, (who, there) -> there == 1 ? null : there - 1);
    }
}
