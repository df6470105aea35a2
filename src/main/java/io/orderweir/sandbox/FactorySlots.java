package io.orderweir.sandbox;

import java.util.HashMap;
import java.util.Map;

/** How much of each day is taken: so many work orders per day and product line, never one more. */
final class FactorySlots {
    private record Slot(String productLine, String day) {
    }

    private final Map<Slot, Integer> taken = new HashMap<>();
    private int most;
    private int returned;

    int free(String productLine, String day, int slots) {
        return Math.max(0, slots - taken.getOrDefault(new Slot(productLine, day), 0));
    }

    /** False when the day is full. */
    boolean take(String productLine, String day, int slots) {
        if (free(productLine, day, slots) == 0) {
            return false;
        }
        most = Math.max(most, taken.merge(new Slot(productLine, day), 1, Integer::sum));
        return true;
    }

    void giveBack(String productLine, String day) {
        taken.merge(new Slot(productLine, day), -1, Integer::sum);
        returned++;
    }

    /** The fullest that any day of any product line has ever been. */
    int most() {
        return most;
    }

    int returned() {
        return returned;
    }

    void reset() {
        taken.clear();
        most = 0;
        returned = 0;
    }
}
