package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The calls a pretend partner makes to its setting {@code target}: signed anew at every try, repeated until they are
 * acknowledged, some of them twice, some late, so that younger ones overtake them.
 */
final class Callbacks {
    /** The headers of one try: who signs, what, and when (in seconds). */
    interface Signing {
        Map<String, String> headers(List<String> secrets, String id, long seconds, byte[] body);
    }

    private static final int CONNECTIONS = 4;

    private final String name;
    private final Settings settings;
    private final Signing signing;
    private final InstantSource clock;
    private final WebhookSender sender = new WebhookSender();
    private Random random;
    private Map<String, Long> counts;
    private Courier<Callback> courier;

    Callbacks(String name, Settings settings, Signing signing, InstantSource clock) {
        this.name = name;
        this.settings = settings;
        this.signing = signing;
        this.clock = clock;
        begin();
    }

    private void begin() {
        Map<String, Long> mine = new ConcurrentSkipListMap<>();
        counts = mine;
        courier = new Courier<>(callback -> attempt(callback, mine));
        courier.start("sandbox-" + name + "-call", CONNECTIONS, false);
        seed();
    }

    synchronized void seed() {
        random = new Random(settings.number("seed"));
    }

    /** Without a target nothing is sent, ever. */
    synchronized void send(String id, String body, long afterMs) {
        if (hasNoTarget()) {
            add(counts, "withoutTarget");
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<Callback> copies = new ArrayList<>();
        for (long delay : delays(settings, random)) {
            copies.add(new Callback(id, bytes, inMs(afterMs + delay)));
        }
        if (copies.size() > 1) {
            add(counts, "duplicates");
        }
        courier.take(copies);
    }

    /** When the copies of one call go out, in ms from now: mostly one, at once. */
    static List<Long> delays(Settings settings, Random random) {
        int lateMs = settings.number("lateMs");
        List<Long> delays = new ArrayList<>();
        delays.add(random.nextDouble() < settings.chance("late") ? 1L + random.nextInt(lateMs + 1) : 0L);
        if (random.nextDouble() < settings.chance("duplicates")) {
            delays.add(random.nextBoolean() ? delays.get(0) : delays.get(0) + random.nextInt(lateMs + 1));
        }
        return delays;
    }

    private Callback attempt(Callback callback, Map<String, Long> mine) throws InterruptedException {
        callback.tries++;
        add(mine, callback.tries == 1 ? "sent" : "retries");
        int status = once(callback.body, signing.headers(secrets(), callback.id, seconds(), callback.body));
        if (WebhookSender.isAcknowledged(status)) {
            add(mine, "acknowledged");
            return null;
        }
        add(mine, status == 0 ? "unanswered" : "answered" + status);
        int least = settings.number("retryAfterMs");
        return callback.again(inMs(least + ThreadLocalRandom.current().nextInt(least + 1)));
    }

    /** One call, now, with these headers; the status, or 0 when there was no answer or there is no target. */
    int once(byte[] body, Map<String, String> headers) throws InterruptedException {
        return hasNoTarget() ? 0 : sender.send(URI.create(settings.text("target")), headers, body);
    }

    boolean hasNoTarget() {
        return settings.text("target").isEmpty();
    }

    /** The prefix and 24 letters and digits that were never used before. */
    static String newId(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    /** What signs now: the secret, and while it replaces an older one, that too. */
    List<String> secrets() {
        String old = settings.text("oldSecret");
        return old.isEmpty() ? List.of(settings.text("secret")) : List.of(settings.text("secret"), old);
    }

    long seconds() {
        return clock.millis() / 1000;
    }

    /** Forgets what was not sent yet, and every count. */
    synchronized void reset() {
        courier.stop();
        begin();
    }

    synchronized void stop() {
        courier.stop();
    }

    synchronized ObjectNode report() {
        ObjectNode report = Json.object();
        report.setAll((ObjectNode) Json.value(counts));
        return report.put("pending", courier.left());
    }

    private static void add(Map<String, Long> counts, String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private static long inMs(long ms) {
        return System.nanoTime() + ms * 1_000_000;
    }
}
