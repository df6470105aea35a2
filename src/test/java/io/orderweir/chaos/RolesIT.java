package io.orderweir.chaos;

import static io.orderweir.chaos.Store.everythingThatHappens;
import static io.orderweir.chaos.Store.newsOfThemFor;
import static io.orderweir.chaos.Store.orders;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every role as a process of its own, as a cluster runs them: the same orders arrive at the same vendors. */
class RolesIT {

    @Test
    void everyRoleRunsAlone() {
        // Given
        try (BlackFriday day = BlackFriday.opensInRoles("chaos-roles", "capture", "process", "deliver", "console")) {
            Books books = new Books(day);
            // When
            day.store.sends(orders(60)).with(everythingThatHappens(), newsOfThemFor(3));
            books.awaitQuiet(Duration.ofMinutes(5));
            // Then
            books.balance();
            BothEnds ends = new BothEnds(day);
            ends.agree();
            ends.limitsHeld();
            assertEquals(List.of(), books.holds());
        }
    }
}
