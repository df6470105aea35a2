package io.orderweir.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords are worked on two at once; a flood is sent away at once, and one address leaves places for others. */
@Timeout(20)
class PasswordsTest {

    private final Passwords passwords = new Passwords();
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger mostAtWork = new AtomicInteger();

    @Test
    void twoAreWorkedOnTenWaitAndTheRestIsSentAway() {
        // Given twelve, of four addresses
        List<CompletableFuture<Integer>> twelve = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            twelve.add(comes("10.0.0." + i % 4));
        }
        // When
        TooOften refused = assertThrows(TooOften.class, () -> passwords.inTurn("10.0.0.9", () -> 1));
        open.countDown();
        // Then
        assertEquals(1, refused.patience().toSeconds());
        twelve.forEach(CompletableFuture::join);
        assertEquals(2, mostAtWork.get());
        assertEquals(1, passwords.inTurn("10.0.0.9", () -> 1));
    }

    @Test
    void oneAddressTakesFourPlacesOnly() {
        for (int i = 0; i < 4; i++) {
            comes("10.0.0.1");
        }
        assertThrows(TooOften.class, () -> passwords.inTurn("10.0.0.1", () -> 1));
        CompletableFuture<Integer> other = comes("10.0.0.2");
        open.countDown();
        assertEquals(1, other.join());
    }

    @Test
    void aNameThatNobodyHasIsNeverRight() {
        assertFalse(passwords.match("nobody's", null));
        assertTrue(passwords.match("a password", passwords.hash("a password")));
    }

    /** Whose work takes until the test goes on; she has her place when this returns. */
    private CompletableFuture<Integer> comes(String address) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        Thread guest = new Thread(() -> {
            done.complete(passwords.inTurn(address, () -> {
                mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                await(open);
                atWork.decrementAndGet();
                return 1;
            }));
        });
        guest.setDaemon(true);
        guest.start();
        Awaitility.await().until(() -> guest.getState() == Thread.State.WAITING);
        return done;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
