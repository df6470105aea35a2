package io.orderweir.writing;

import java.util.regex.Pattern;

/**
 * Keeps what others wrote from turning round the words beside it. Text that runs from right to left stands between isolates (U+2068, U+2069:
 * Unicode Standard Annex 9, 2.3), which work in a page and in a plain message; a character that only sets a direction is shown as its code, such as
 * U+202E, so that none ends an isolate from inside. Text without either stays as it is.
 */
public final class Direction {

    private static final String ISOLATE = "\u2068";
    private static final String END = "\u2069";
    private static final Pattern SETS = Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");
    /** Letters that run from right to left: the blocks of Hebrew to Arabic, their forms, and the scripts from U+10800 on. */
    private static final String FROM_RIGHT = "\\u0590-\\u08FF\\uFB1D-\\uFDFF\\uFE70-\\uFEFC\\x{10800}-\\x{10FFF}\\x{1E800}-\\x{1EFFF}";
    /** From its first letter to its last, with what stands between on the same line and is no letter. No group is repeated: a long text would fill the stack. */
    private static final Pattern RUN = Pattern.compile("[" + FROM_RIGHT + "](?:[" + FROM_RIGHT + "[^\\p{L}\n]]*[" + FROM_RIGHT + "])?");

    private Direction() {
    }

    /** A text that somebody else wrote as a whole, such as a name: its own letters say from where it is read. */
    public static String value(String text) {
        String shown = shown(text);
        return shown != null && RUN.matcher(shown).find() ? ISOLATE + shown + END : shown;
    }

    /** A sentence of ours with texts of others in it. */
    public static String sentence(String text) {
        String shown = shown(text);
        return shown == null ? null : RUN.matcher(shown).replaceAll(ISOLATE + "$0" + END);
    }

    private static String shown(String text) {
        return text == null ? null : SETS.matcher(text).replaceAll(found -> String.format("U+%04X", found.group().codePointAt(0)));
    }
}
