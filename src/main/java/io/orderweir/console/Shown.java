package io.orderweir.console;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times and numbers as people read them. */
@TemplateExtension(namespace = "shown")
public class Shown {

    private Shown() {
    }

    /** How long ago an instant was, in its largest unit. */
    public static String ago(String instant) {
        return instant == null ? "" : lasting(Duration.between(Instant.parse(instant), Instant.now()).toMillis());
    }

    public static String lasting(Object millis) {
        if (millis == null) {
            return "";
        }
        long ms = Math.max(0, ((Number) millis).longValue());
        if (ms < 1_000) {
            return ms + " ms";
        }
        long seconds = ms / 1_000;
        return seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min" : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }

    /** The time of day, to the millisecond, in UTC. */
    public static String clock(String instant) {
        return instant == null ? "" : instant.substring(11, 23);
    }

    public static String number(Object number) {
        return number == null ? "0" : String.format(Locale.ROOT, "%,d", ((Number) number).longValue());
    }

    static String counted(Number number, String one, String many) {
        return number(number) + " " + (number.longValue() == 1 ? one : many);
    }
}
