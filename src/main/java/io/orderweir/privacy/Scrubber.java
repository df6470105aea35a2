package io.orderweir.privacy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.orderweir.connection.Connections;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes the secrets of all connections out of a text that is kept, logged or shown: credentials, secrets of webhooks, and the sessions that logins returned. They are found as they are, in hex and in
 * base64 (also in the middle of it, as in {@code Basic}), and each of these also escaped for URLs, JSON or HTML, twice even; capitals make no difference.
 *
 * <p>One pass over the text, and another over each way of reading it without its escapes; what a secret begins with is known by a rolling hash (Rabin and Karp).
 */
@Singleton
public class Scrubber {

    /** Shorter ones stand in many texts by chance; and so much of one is found where a text is cut off. */
    private static final int LEAST = 8;
    private static final int BASE = 31;
    private static final int BASE_TO_THE_LEAST = power(BASE, LEAST);
    private static final int BITS = 1 << 16;
    private static final int SEXTET = 6;
    /** Escapes inside of escapes: JSON in JSON, an address in JSON. */
    private static final int DEEP = 2;

    /** Sessions end, and what they were may come again in what is said of them; each costs some hundred bytes. */
    private static final int MOST_LEARNED = 1_000;

    private final Set<String> configured = new LinkedHashSet<>();
    private final Deque<String> learned = new ArrayDeque<>();
    /** Exchanged as a whole, so that nobody waits who looks for them. */
    private volatile Known known;

    /** All secrets in all ways to write them: by the hash of their beginning, the longer ones first. */
    private record Known(Map<Integer, List<char[]>> secrets, BitSet beginnings, int longest) {

        static Known of(Stream<String> secrets) {
            Known known = new Known(new HashMap<>(), new BitSet(BITS), 0);
            Set<String> written = new LinkedHashSet<>();
            secrets.forEach(secret -> written.addAll(waysToWrite(secret)));
            // of two that begin alike the longer one is found
            written.stream().sorted((a, b) -> b.length() - a.length()).map(Spelling::small).forEach(one -> {
                int hash = hash(one, 0);
                known.secrets.computeIfAbsent(hash, key -> new ArrayList<>()).add(one);
                known.beginnings.set(bit(hash));
            });
            return new Known(known.secrets, known.beginnings, written.stream().mapToInt(String::length).max().orElse(0));
        }
    }

    @Inject
    Scrubber(Connections connections) {
        this(secretsOf(connections));
    }

    public Scrubber(Collection<String> secrets) {
        configure(secrets);
    }

    /** Takes those of all accounts out from now on; an old one may still stand in what is kept. */
    public void configured(Connections connections) {
        configure(secretsOf(connections));
    }

    /** Takes these out from now on, for as long as this process runs. */
    public synchronized void configure(Collection<String> secrets) {
        secrets.stream().filter(Scrubber::isTold).forEach(configured::add);
        known = Known.of(Stream.concat(configured.stream(), learned.stream()));
    }

    /** Whether it is long enough to be told from other text. */
    public static boolean isTold(String secret) {
        return secret != null && secret.length() >= LEAST;
    }

    /** Takes this out as well from now on, such as the session that a login returned. Of a thousand the oldest one is forgotten. */
    public synchronized void learn(String secret) {
        if (isTold(secret) && !learned.contains(secret)) {
            learned.add(secret);
            if (learned.size() > MOST_LEARNED) {
                learned.remove();
            }
            known = Known.of(Stream.concat(configured.stream(), learned.stream()));
        }
    }

    /** The text without secrets: {@link Masking#MASK} stands in the place of each. The same text when it has none; null stays null. */
    public String scrub(String text) {
        return text == null || text.length() < LEAST ? text : without(text, text.length(), false);
    }

    /** The first so many characters of a text, without secrets; at the end there is not the beginning of one either, whoever cut it off. */
    public String beginning(String text, int length) {
        // each character may be written in twelve at most, twice escaped
        int seen = length + 12 * known.longest;
        String looked = text.length() > seen ? text.substring(0, seen) : text;
        return without(looked, Math.min(length, looked.length()), true);
    }

    private String without(String text, int length, boolean cut) {
        Known all = known;
        List<int[]> found = new ArrayList<>();
        Spelling view = Spelling.of(text);
        for (int deep = 0; view != null; deep++) {
            find(all, view, cut, found);
            view = deep < DEEP ? view.unescaped() : null;
        }
        if (found.isEmpty()) {
            return text.substring(0, length);
        }
        found.sort((a, b) -> Integer.compare(a[0], b[0]));
        StringBuilder shown = new StringBuilder(length);
        int at = 0;
        for (int[] secret : found) {
            if (secret[0] >= length) {
                break;
            }
            if (secret[0] >= at) {
                shown.append(text, at, secret[0]).append(Masking.MASK);
            }
            at = Math.max(at, secret[1]);
        }
        return at < length ? shown.append(text, at, length).toString() : shown.toString();
    }

    private static void find(Known known, Spelling view, boolean cut, List<int[]> found) {
        char[] text = view.small();
        int end = text.length - LEAST;
        int hash = end < 0 || known.secrets.isEmpty() ? 0 : hash(text, 0);
        for (int i = 0; i <= end && !known.secrets.isEmpty(); i++) {
            if (known.beginnings.get(bit(hash))) {
                for (char[] secret : known.secrets.getOrDefault(hash, List.of())) {
                    int length = cut ? Math.min(secret.length, text.length - i) : secret.length;
                    if (i + length <= text.length && Arrays.equals(secret, 0, length, text, i, i + length)) {
                        found.add(new int[] {view.place(i), view.place(i + length)});
                        break;
                    }
                }
            }
            if (i < end) {
                hash = hash * BASE + text[i + LEAST] - text[i] * BASE_TO_THE_LEAST;
            }
        }
    }

    private static List<String> secretsOf(Connections connections) {
        List<String> all = new ArrayList<>();
        for (String name : connections.names()) {
            all.addAll(connections.texts(name));
        }
        return all;
    }

    private static Set<String> waysToWrite(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Set<String> ways = new LinkedHashSet<>();
        ways.add(secret);
        // one that holds escapes itself is another one when they are read as such
        ways.add(new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
        // as bytes are read that are no ASCII, in a header or after a %
        ways.add(new String(bytes, StandardCharsets.ISO_8859_1));
        ways.add(secret.replace(' ', '+'));
        ways.add(HexFormat.of().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int from = (before * Byte.SIZE + SEXTET - 1) / SEXTET;
            int to = shifted.length * Byte.SIZE / SEXTET;
            ways.add(Base64.getEncoder().withoutPadding().encodeToString(shifted).substring(from, to));
            ways.add(Base64.getUrlEncoder().withoutPadding().encodeToString(shifted).substring(from, to));
        }
        return ways;
    }

    private static int hash(char[] text, int from) {
        int hash = 0;
        for (int i = from; i < from + LEAST; i++) {
            hash = hash * BASE + text[i];
        }
        return hash;
    }

    private static int bit(int hash) {
        return (hash ^ hash >>> 16) & BITS - 1;
    }

    private static int power(int base, int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }
}
