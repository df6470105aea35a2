package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.embedded.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L13: who is called with a token that ends is signed in by itself, once for all replicas, whatever dies or is lost on the way. */
class TokenLawTest {

    private static final int REPLICAS = 3;
    private static final long DAY = 86_400;
    private static final String KEY = "k1";

    private final Instant epoch = Instant.now().plusSeconds(3600);
    private final List<Ledger> replicas = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(REPLICAS);
    private Ledger ledger;
    private Vendor vendor;
    private double now;
    private int orders;

    /** Gives tokens that live a day. */
    private static final class Vendor {
        private final boolean oldLives;
        private final Map<String, Double> alive = new HashMap<>();
        private String refresh;
        private int given;

        Vendor(boolean oldLives, String refresh) {
            this.oldLives = oldLives;
            this.refresh = refresh;
        }

        /** The token, with what the next one is asked for with; null where it is refused. */
        Map<String, String> gives(String with, double at) {
            if (refresh != null && !refresh.equals(with)) {
                return null;
            }
            if (!oldLives) {
                alive.clear();
            }
            given++;
            alive.put("token-" + given, at + DAY);
            if (refresh == null) {
                return Map.of("sealed", "token-" + given);
            }
            refresh = "refresh-" + given;
            return Map.of("sealed", "token-" + given, "refresh", refresh);
        }

        boolean lets(String token, double at) {
            return alive.getOrDefault(token, 0.0) > at;
        }
    }

    @BeforeEach
    void begin() throws SQLException {
        TestDatabase database = TestDatabase.shared().named("tokens");
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(Ledger.in(database));
        }
        ledger = replicas.get(0);
        ledger.allow("erp", "at-once", 10, 0, at(0));
        now = 10;
    }

    @AfterEach
    void end() throws SQLException {
        threads.shutdownNow();
        for (Ledger replica : replicas) {
            replica.close();
            replica.sql.close();
        }
    }

    @Test
    void aTokenOfADayIsRenewedOnceAPeriodByThreeReplicasForThirtyDays() throws Exception {
        // Given a vendor whose old token lives on
        vendor = new Vendor(true, null);
        Set<Long> numbers = new TreeSet<>();
        int refused = 0;
        int asked = 0;
        assertNotNull(renews(true));
        // When processes die before and in the middle of it, and answers are lost or come late
        while (now < 30 * DAY) {
            Map<String, Object> call = renews(false);
            if (call != null) {
                switch (asked++ % 6) {
                    case 1 -> now += 20;
                    case 2 -> {
                        leaves(call);
                        vendor.gives(null, now);
                        now += 20;
                    }
                    case 3 -> {
                        leaves(call);
                        vendor.gives(null, now);
                        now += 5;
                        ledger.end(ended(call, "unsure", null));
                    }
                    case 4 -> {
                        leaves(call);
                        Map<String, String> late = vendor.gives(null, now);
                        now += 20;
                        expire();
                        ledger.end(given(call, late));
                    }
                    default -> {
                        leaves(call);
                        ledger.end(given(call, vendor.gives(null, now)));
                    }
                }
                expire();
            }
            // Then whoever is called is called with a token that lives
            Map<String, Object> token = token();
            assertFalse(isDead(), () -> "dead at " + now / 3600 + " h");
            refused += vendor.lets(text(token), now) ? 0 : 1;
            numbers.add((Long) token.get("number"));
            ledger.sql.rows("select orderweir.token_worked('erp', ?)", token.get("number"));
            now += open() || call != null ? 1 : 900;
        }
        assertEquals(0, refused, "calls that were refused");
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.connection_state where paused_at is not null"));
        // a period is 80 % of a day
        double periods = 30 / 0.8;
        assertTrue(numbers.size() >= periods - 1 && numbers.size() <= periods + 1, () -> numbers.size() + " tokens in " + periods + " periods");
        assertTrue(vendor.given <= numbers.size() + asked / 3 + 1, () -> vendor.given + " were given");
    }

    @Test
    void aLostAnswerThatCannotBeAskedForAgainIsToldInTenSecondsAndHoldsNothing() throws Exception {
        // Given a vendor that lets no old token live, and gives the next one once
        vendor = new Vendor(false, "refresh-0");
        Map<String, Object> first = asks();
        leaves(first);
        ledger.end(given(first, vendor.gives("refresh-0", now)));
        order();
        now = 0.8 * DAY + 20;
        // When the answer of a renewal is lost
        Map<String, Object> lost = renews(false);
        leaves(lost);
        vendor.gives(refreshOf(lost), now);
        ledger.end(ended(lost, "unsure", null));
        double since = now;
        // Then nothing is begun with a token of which nobody knows
        assertTrue(isDead());
        assertEquals(List.of(), ledger.run("deliver/take.sql", taking()));
        // and a second try is refused, as the vendor refuses what was used
        now += 2;
        Map<String, Object> again = renews(false);
        leaves(again);
        assertEquals(null, vendor.gives(refreshOf(again), now));
        Map<String, Object> refusal = ended(again, "hold", 400);
        refusal.put("reason", "it says invalid_grant; sign in at https://vendor.example/apps");
        ledger.end(refusal);
        now += 5;
        watch();
        assertTrue(now - since <= 10);
        List<Map<String, Object>> alerts = ledger.sql.rows("select kind, sentence, orderweir.alert_place(kind, subject) as place from orderweir.alert where state <> 'over'");
        assertEquals(1, alerts.size(), alerts::toString);
        assertEquals("auth", alerts.get(0).get("kind"));
        assertEquals("/connections#erp", alerts.get(0).get("place"));
        assertTrue(alerts.get(0).get("sentence").toString().endsWith("sign in at https://vendor.example/apps"), alerts::toString);
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.hold"));
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.connection_state where paused_at is not null"));
        assertEquals(List.of(), ledger.run("deliver/take.sql", taking()));
        // When a person has signed in
        vendor.refresh = "refresh-new";
        now += 70;
        Map<String, Object> signedIn = renews(false);
        leaves(signedIn);
        ledger.end(given(signedIn, vendor.gives("refresh-new", now)));
        // Then the order goes out by itself, and the alert ends
        assertEquals(1, ledger.run("deliver/take.sql", taking()).size());
        now += 70;
        watch();
        assertEquals("Erp is signed in again.", ledger.sql.text("select ending from orderweir.alert where state = 'over'"));
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnceAndTheOldOneIsKeptUntilTheNewOneHasWorked() throws Exception {
        vendor = new Vendor(true, null);
        Map<String, Object> first = renews(true);
        long old = number();
        ledger.sql.rows("select orderweir.token_worked('erp', ?)", old);
        // Given a new token that the vendor does not take
        now = 0.8 * DAY + 20;
        Map<String, Object> call = renews(false);
        leaves(call);
        ledger.end(given(call, Map.of("sealed", "none of the vendor's")));
        long bad = number();
        // When a call is refused with it
        assertEquals("again", refused(bad));
        // Then the old one is used again, and another one is asked for a minute later
        assertEquals(old, number());
        assertEquals(null, renews(false));
        now += 61;
        Map<String, Object> better = renews(false);
        leaves(better);
        ledger.end(given(better, vendor.gives(null, now)));
        long good = number();
        assertTrue(good > bad);
        // When calls of three replicas are refused with one of before, and with it after it has worked
        assertEquals("again", refused(old));
        ledger.sql.rows("select orderweir.token_worked('erp', ?)", good);
        // Then the young one that has worked is not to blame; one that has lived an hour is renewed, once
        assertEquals("ask", refused(good));
        now += 3600;
        assertEquals(List.of("again", "again", "again"), List.of(refused(good), refused(good), refused(good)));
        assertTrue(isDead());
        assertNotNull(renews(true));
        assertEquals(null, renews(false));
        assertNotNull(first);
    }

    @Test
    void aLostKeyPausesTheConnectionAndSaysTheWayOut() throws Exception {
        vendor = new Vendor(true, null);
        renews(true);
        // Given replicas that do not have the key any more
        now += 5;
        assertEquals(List.of(), take(ledger, "[\"k2\"]", true));
        // Then
        String reason = ledger.sql.text("select reason from orderweir.connection_state where connection = 'erp' and paused_at is not null");
        assertTrue(reason.startsWith("its token is sealed with the key k1, which is none of orderweir.tokens.keys") && reason.contains("resume"), reason);
        // When a person resumes it, it signs in anew, sealed with the key there is
        now += 5;
        ledger.sql.run("update orderweir.connection_state set paused_at = null, reason = null, resumed_at = ?::timestamptz", at(now));
        Map<String, Object> call = take(ledger, "[\"k2\"]", true).get(0);
        leaves(call);
        ledger.end(given(call, vendor.gives(null, now), "k2"));
        assertEquals("k2", token().get("key"));
    }

    @Test
    void anAccountThatIsSignedInAnotherWayNowWaitsForNoToken() throws Exception {
        // Given a connection that waits for its first token
        assertNotNull(renews(false));
        order();
        assertEquals(List.of(), ledger.run("deliver/take.sql", taking()));
        // When
        ledger.run("token/off.sql", Map.of("connection", "erp"));
        // Then
        assertEquals(1, ledger.run("deliver/take.sql", taking()).size());
    }

    /** The call in which one of three replicas, that all look at once, asks for a token; null where it is not the time. With an answer, if it is to be answered. */
    private Map<String, Object> renews(boolean answered) throws Exception {
        Map<String, Object> call = asks();
        if (call != null && answered) {
            leaves(call);
            ledger.end(given(call, vendor.gives(null, now)));
        }
        return call;
    }

    private Map<String, Object> asks() throws Exception {
        List<Callable<List<Map<String, Object>>>> looks = new ArrayList<>();
        for (Ledger replica : replicas) {
            looks.add(() -> take(replica, "[\"" + KEY + "\", \"k0\"]", vendor == null || vendor.oldLives));
        }
        List<Map<String, Object>> calls = new ArrayList<>();
        for (Future<List<Map<String, Object>>> look : threads.invokeAll(looks)) {
            calls.addAll(look.get());
        }
        assertTrue(calls.size() <= 1, () -> "several replicas ask: " + calls);
        return calls.isEmpty() ? null : calls.get(0);
    }

    private List<Map<String, Object>> take(Ledger replica, String keys, boolean repeatable) throws SQLException {
        return replica.run("token/take.sql", Map.of("connection", "erp", "tokenKeys", keys, "repeatable", repeatable, "waits", 2.0, "lease", 8.0, "settles", 2.0, "limits", 1, "now", at(now)));
    }

    private void leaves(Map<String, Object> call) throws SQLException {
        assertTrue(ledger.start(call, 3, at(now)));
    }

    private void expire() throws SQLException {
        ledger.run("call/expire.sql", Map.of("connections", Replicas.KNOWN, "now", at(now)));
    }

    private boolean open() throws SQLException {
        return ledger.sql.number("select count(*) from orderweir.call") > 0;
    }

    private Map<String, Object> given(Map<String, Object> call, Map<String, String> token) {
        return given(call, token, KEY);
    }

    private Map<String, Object> given(Map<String, Object> call, Map<String, String> token, String key) {
        ObjectNode found = Ledger.JSON.createObjectNode().put("key", key).put("lives", (double) DAY);
        token.forEach((name, text) -> found.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        Map<String, Object> end = ended(call, "done", 200);
        end.put("found", found.toString());
        return end;
    }

    private Map<String, Object> ended(Map<String, Object> call, String outcome, Integer status) {
        Map<String, Object> end = new HashMap<>(call);
        end.putAll(Map.of("outcome", outcome, "now", at(now), "took", 0.0, "patience", 12, "breaks", 8, "settles", 2.0, "grace", 1.0));
        end.put("status", status);
        end.put("reason", "no answer came");
        return end;
    }

    private Map<String, Object> token() throws SQLException {
        return ledger.sql.rows("select number, sealed, sealed_with as key from orderweir.token").get(0);
    }

    private long number() throws SQLException {
        return (Long) token().get("number");
    }

    private static String text(Map<String, Object> token) {
        return new String((byte[]) token.get("sealed"), StandardCharsets.UTF_8);
    }

    private static String refreshOf(Map<String, Object> call) {
        return new String(Base64.getDecoder().decode((String) call.get("refresh")), StandardCharsets.UTF_8);
    }

    private boolean isDead() throws SQLException {
        return (Boolean) ledger.sql.rows("select orderweir.token_is_dead('erp', ?::timestamptz) as dead", at(now)).get(0).get("dead");
    }

    private String refused(long number) throws SQLException {
        return (String) ledger.sql.rows("select orderweir.token_refused('erp', ?, ?::timestamptz) as next", number, at(now)).get(0).get("next");
    }

    private void order() throws SQLException {
        ObjectNode event = Ledger.event(orders, "o" + orders++, 1);
        Ledger.delivery(event, "erp", "order", false);
        ledger.append(event);
    }

    private Map<String, Object> taking() {
        return Map.of("connection", "erp", "most", 5, "ahead", 0.1, "lease", 8.0, "settles", 2.0, "now", at(now));
    }

    private void watch() throws SQLException {
        ObjectNode terms = Ledger.JSON.createObjectNode();
        terms.put("zone", "UTC").put("url", "https://console.example.com").put("quiet", false).put("escalateAfter", 900).put("awayGrace", 120).put("skew", 0.0);
        List.of("urgent", "objectives", "words", "channels").forEach(terms::putArray);
        terms.putArray("connections").addObject().put("connection", "erp").put("label", "Erp");
        assertNotNull(ledger.run("alert/watch.sql", Map.of("terms", terms.toString(), "now", at(now))).get(0).get("planned"));
    }

    private Timestamp at(double second) {
        return Timestamp.from(epoch.plusNanos(Math.round(second * 1e9)));
    }
}
