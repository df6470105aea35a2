package io.orderweir.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How far the vendor's lists were read. What a page is called nobody can guess: who wants the next one has to read the one before. */
final class VendorPages {

    /** What was searched for stands in the last one. */
    static final int PAGES = 3;
    private static final int FIRST = 0x5f37;

    private boolean several;
    private int names = FIRST;
    /** By what it is called, the number of a page, and the call whose list it is of. */
    private final Map<String, Page> named = new HashMap<>();
    private final Map<String, Integer> furthest = new HashMap<>();

    private record Page(String call, int number) {
    }

    /** Whether a list has several pages, from now on. */
    void several(boolean are) {
        several = are;
        forget();
    }

    void forget() {
        named.clear();
        furthest.clear();
    }

    /** Whether the vendor gave this name to a page of this call's list. */
    boolean knows(String call, String page) {
        return named.containsKey(page) && named.get(page).call.equals(call);
    }

    /** What the page is called that follows on one ({@code page} null: the first); empty when that is the last. */
    Optional<String> next(String call, String page) {
        int number = page == null ? 1 : named.get(page).number;
        furthest.merge(call, number, Math::max);
        if (!several || number >= PAGES) {
            return Optional.empty();
        }
        String next = Integer.toHexString(names += FIRST);
        named.put(next, new Page(call, number + 1));
        return Optional.of(next);
    }

    /** The furthest page that was read of each list, by its call. */
    Map<String, Integer> read() {
        return Map.copyOf(furthest);
    }
}
