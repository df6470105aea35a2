package io.orderweir.connection;

import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bounds of what comes in, before it is known from whom. */
public final class Bounds {

    /** The shortest key, in characters. */
    private static final int SEAL = 32;

    private Bounds() {
    }

    /** How many bytes of webhooks may be under way together. */
    public static long underWay(Settings settings) {
        return settings.capture().maxUnderWay().map(MemorySize::asLongValue).orElse(heap() / 4);
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }

    /** One sentence for each that is out of range. */
    static List<String> wrong(Settings settings) {
        List<String> wrong = new ArrayList<>();
        settings.topics().prefix().filter(prefix -> !prefix.matches("[A-Za-z0-9._-]{1,100}")).ifPresent(prefix ->
                wrong.add("orderweir.topics.prefix = " + prefix + " cannot begin a topic's name; use at most 100 letters, digits, '.', '_' and '-'"));
        long maxBody = settings.capture().maxBody().asLongValue();
        if (maxBody < 1024 || maxBody > 16 << 20) {
            wrong.add("orderweir.capture.max-body = " + maxBody + " bytes is out of range; use 1K to 16M");
        }
        settings.capture().maxUnderWay().map(MemorySize::asLongValue).filter(most -> most < 3 * maxBody || most > heap() / 2).ifPresent(most ->
                wrong.add("orderweir.capture.max-under-way = " + most + " bytes is out of range; use " + 3 * maxBody + " (3 times orderweir.capture.max-body) to "
                        + heap() / 2 + " (half of the heap)"));
        if (settings.capture().maxUnderWay().isEmpty() && settings.roles().contains("capture") && underWay(settings) < 3 * maxBody) {
            wrong.add("orderweir.capture.max-body = " + maxBody + " bytes is too much for a heap of " + heap() + "; use a smaller one, or a larger heap (-Xmx)");
        }
        if (settings.arrivals().within().compareTo(Duration.ofSeconds(1)) < 0) {
            wrong.add("orderweir.arrivals.within = " + settings.arrivals().within() + " is shorter than any network; use 1S or more");
        }
        if (settings.arrivals().perAddress() < 1) {
            wrong.add("orderweir.arrivals.per-address = " + settings.arrivals().perAddress() + " lets nobody in; use 1 or more");
        }
        if (settings.process().budget().toMillis() < 1) {
            wrong.add("orderweir.process.budget = " + settings.process().budget() + " is no time in which anything can be understood; use 5s, or what your largest orders need");
        }
        Map<String, Duration> kept = new TreeMap<>();
        settings.retention().payloadsOf().forEach((type, time) -> kept.put("payloads-of." + type, time));
        kept.put("payloads", settings.retention().payloads());
        kept.forEach((key, time) -> {
            if (time.compareTo(Duration.ofDays(1)) < 0) {
                wrong.add("orderweir.retention." + key + " = " + time + " would remove what a shop may still repeat; use 24H or more");
            }
        });
        if (settings.capture().seals().orElse(List.of()).stream().anyMatch(key -> key.length() < SEAL)) {
            wrong.add("orderweir.capture.seals has a key of less than " + SEAL + " characters; use 32 random bytes in hexadecimal (openssl rand -hex 32)");
        }
        if (settings.tokens().keys().orElse(List.of()).stream().anyMatch(key -> !key.matches("[0-9a-fA-F]{64}"))) {
            wrong.add("orderweir.tokens.keys has a key that is not 32 bytes in hexadecimal (64 characters, value not shown); make one with openssl rand -hex 32");
        }
        return wrong;
    }
}
