package io.orderweir.sandbox;

import java.util.Arrays;

/** Counts arrivals in sliding windows, exactly and for the whole run. */
final class WindowCounter {
    private long[] stamps = new long[1024];
    private int size;

    /** Stamps must not go backwards; the caller takes them under one lock. */
    void add(long stamp) {
        if (size > 0 && stamp < stamps[size - 1]) {
            throw new IllegalArgumentException("stamp " + stamp + " is before the last one, " + stamps[size - 1]);
        }
        if (size == stamps.length) {
            stamps = Arrays.copyOf(stamps, size * 2);
        }
        stamps[size++] = stamp;
    }

    /** How many lie in the window of this length that ends now; one exactly a window ago is outside. */
    int inWindowEndingAt(long now, long window) {
        int count = 0;
        for (int i = size - 1; i >= 0 && stamps[i] > now - window; i--) {
            count++;
        }
        return count;
    }

    /** The fullest window of this length, wherever it starts. */
    int mostInAnyWindow(long window) {
        int most = 0;
        for (int first = 0, last = 0; last < size; last++) {
            while (stamps[last] - stamps[first] >= window) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Both counters' stamps in one, in order. */
    static WindowCounter merged(WindowCounter one, WindowCounter other) {
        long[] both = new long[one.size + other.size];
        System.arraycopy(one.stamps, 0, both, 0, one.size);
        System.arraycopy(other.stamps, 0, both, one.size, other.size);
        Arrays.sort(both);
        WindowCounter merged = new WindowCounter();
        for (long stamp : both) {
            merged.add(stamp);
        }
        return merged;
    }

    long[] stamps() {
        return Arrays.copyOf(stamps, size);
    }

    int size() {
        return size;
    }
}
