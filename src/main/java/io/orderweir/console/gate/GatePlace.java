package io.orderweir.console.gate;

import io.orderweir.console.Asked;
import io.orderweir.hold.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where on the board a page ended: the place of its last row.
 *
 * @param due the deadline of that gate as the database reads it, infinity where it has none, or null before the first row
 */
record GatePlace(String due, long build, String gate) {

    private static final GatePlace FIRST = new GatePlace(null, 0, "");
    private static final Pattern WRITTEN = Pattern.compile("(never|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z)~(\\d{1,18})~(.+)", Pattern.DOTALL);

    /** Reads what the column place of a row says; null is before the first row. */
    static GatePlace of(String written) {
        if (written == null || written.isBlank()) {
            return FIRST;
        }
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new Refused(404, "There is no place " + Asked.text(written) + " on the board. Take the place of the last row of the page before.");
        }
        return new GatePlace(parts.group(1).equals("never") ? "infinity" : parts.group(1), Long.parseLong(parts.group(2)), Asked.text(parts.group(3)));
    }
}
