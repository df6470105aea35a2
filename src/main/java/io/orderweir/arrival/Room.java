package io.orderweir.arrival;

import java.util.HashMap;
import java.util.Map;

/** So many bytes of memory, of which one address never holds more than half. */
final class Room {

    private final long most;
    private final Map<String, Long> byAddress = new HashMap<>();
    private long taken;

    Room(long most) {
        this.most = most;
    }

    synchronized boolean take(String address, long bytes) {
        long its = byAddress.getOrDefault(address, 0L) + bytes;
        if (taken + bytes > most || its > most / 2) {
            return false;
        }
        taken += bytes;
        byAddress.put(address, its);
        return true;
    }

    synchronized void give(String address, long bytes) {
        taken -= bytes;
        byAddress.computeIfPresent(address, (who, held) -> held == bytes ? null : held - bytes);
    }

    synchronized long taken() {
        return taken;
    }
}
