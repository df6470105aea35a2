package io.orderweir.privacy;

import java.util.Map;

/** A text as it is read: its characters in small letters, and where each stands in the text; null: where it is. */
record Spelling(char[] small, int[] places) {

    private static final Map<String, Character> ENTITIES = Map.of("amp", '&', "lt", '<', "gt", '>', "quot", '"', "apos", '\'');
    private static final int LONGEST_ENTITY = 8;

    static Spelling of(String text) {
        return new Spelling(small(text), null);
    }

    static char[] small(String text) {
        char[] small = text.toCharArray();
        for (int i = 0; i < small.length; i++) {
            if (small[i] >= 'A' && small[i] <= 'Z') {
                small[i] += 'a' - 'A';
            }
        }
        return small;
    }

    int place(int i) {
        return places == null ? i : places[i];
    }

    /** Read once more without its escapes; null when it has none. */
    Spelling unescaped() {
        int first = 0;
        while (first < small.length && small[first] != '%' && small[first] != '\\' && small[first] != '&') {
            first++;
        }
        if (first == small.length) {
            return null;
        }
        char[] read = new char[small.length];
        int[] at = new int[small.length + 1];
        int length = 0;
        for (int i = 0; i < small.length;) {
            at[length] = place(i);
            long next = switch (small[i]) {
                case '%' -> hex(i + 1, 2, i);
                case '\\' -> backslash(i);
                case '&' -> entity(i);
                default -> plain(i);
            };
            read[length++] = (char) (next & Character.MAX_VALUE);
            i = (int) (next >>> Character.SIZE);
        }
        at[length] = place(small.length);
        return new Spelling(small(new String(read, 0, length)), at);
    }

    private long plain(int i) {
        return read(small[i], i + 1);
    }

    /** A character, and where the next one begins. */
    private static long read(int character, int next) {
        return (long) next << Character.SIZE | character & Character.MAX_VALUE;
    }

    private long backslash(int i) {
        if (i + 1 == small.length) {
            return plain(i);
        }
        return switch (small[i + 1]) {
            case 'u' -> hex(i + 2, 4, i);
            case 'x' -> hex(i + 2, 2, i);
            case 'n', 'r', 't', 'b', 'f' -> read(' ', i + 2);
            default -> read(small[i + 1], i + 2);
        };
    }

    private long hex(int from, int digits, int i) {
        int value = 0;
        for (int at = from; at < from + digits; at++) {
            int digit = at < small.length ? Character.digit(small[at], 16) : -1;
            if (digit < 0) {
                return plain(i);
            }
            value = value * 16 + digit;
        }
        return read(value, from + digits);
    }

    private long entity(int i) {
        int end = i + 1;
        while (end < small.length && end < i + LONGEST_ENTITY && small[end] != ';') {
            end++;
        }
        if (end == small.length || small[end] != ';') {
            return plain(i);
        }
        String name = new String(small, i + 1, end - i - 1);
        if (name.matches("#\\d{1,5}|#x[0-9a-f]{1,4}")) {
            return read(name.startsWith("#x") ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1)), end + 1);
        }
        return ENTITIES.containsKey(name) ? read(ENTITIES.get(name), end + 1) : plain(i);
    }
}
