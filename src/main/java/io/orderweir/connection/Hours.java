package io.orderweir.connection;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From one minute of the week to another, the last one not included; a span that ends before it begins goes over the week's end. */
public record Hours(int from, int to, boolean daily) {
    private static final int DAY = 24 * 60;
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:daily (?<f>\\d\\d:\\d\\d)-(?<t>\\d\\d:\\d\\d))|(?:(?<d>[A-Z]{3}) (?<a>\\d\\d:\\d\\d)-(?:(?<e>[A-Z]{3}) )?(?<b>\\d\\d:\\d\\d))");

    /** Throws IllegalArgumentException for anything that is not written like one of the two forms. */
    public static Hours parse(CharSequence text) {
        Matcher written = WRITTEN.matcher(text.toString().strip());
        if (!written.matches()) {
            throw new IllegalArgumentException(text + " is no time of maintenance; write it like SAT 22:00-SUN 02:00 or daily 02:00-02:30");
        }
        if (written.group("f") != null) {
            return new Hours(minute(written.group("f")), minute(written.group("t")), true);
        }
        int from = day(written.group("d")) * DAY + minute(written.group("a"));
        if (written.group("e") != null) {
            return new Hours(from, day(written.group("e")) * DAY + minute(written.group("b")), false);
        }
        int to = day(written.group("d")) * DAY + minute(written.group("b"));
        return new Hours(from, to > from ? to : (to + DAY) % (7 * DAY), false);
    }

    /** As the clocks there show it: a time that is left out when they go forward begins as much later, and one that comes twice lasts through both. */
    public boolean hold(ZonedDateTime now) {
        for (int back = 0; back <= 7; back++) {
            LocalDate day = now.toLocalDate().minusDays(back);
            if (daily || day.getDayOfWeek().getValue() - 1 == from / DAY) {
                LocalDateTime begin = day.atStartOfDay().plusMinutes(from % DAY);
                LocalDateTime end = begin.plusMinutes(Math.floorMod(to - from, daily ? DAY : 7 * DAY));
                if (!now.isBefore(begin.atZone(now.getZone())) && now.isBefore(end.atZone(now.getZone()).withLaterOffsetAtOverlap())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int minute(String time) {
        return LocalTime.parse(time).toSecondOfDay() / 60;
    }

    private static int day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(name)) {
                return day.getValue() - 1;
            }
        }
        throw new IllegalArgumentException(name + " is no day of the week; write MON, TUE, WED, THU, FRI, SAT or SUN");
    }
}
