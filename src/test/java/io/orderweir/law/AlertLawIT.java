package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.hold.Causes;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One message for one cause on one channel, whatever repeats, overtakes or dies; and its end is told to whoever heard of it. */
class AlertLawIT {

    private static final String SENT = "select channel, purpose, state, text, cardinality(alerts) as n from orderweir.notification order by id";

    private static final Causes CAUSES = new Causes();

    private static Ledger ledger;

    private final ObjectNode terms = Ledger.JSON.createObjectNode();
    private Instant now = Instant.now();
    private int offset;

    @BeforeAll
    static void open() {
        ledger = Ledger.fresh();
    }

    @AfterAll
    static void close() throws SQLException {
        ledger.close();
    }

    @BeforeEach
    void quietHouse() throws SQLException {
        for (String table : List.of("told", "notification", "alert", "sample", "arrival", "hold", "permit", "allowance", "connection_state")) {
            ledger.sql.rows("with gone as (delete from orderweir." + table + " returning 1) select count(*) from gone");
        }
        ledger.sql.rows("update orderweir.watch set looked_at = '-infinity', sampled_at = '-infinity' returning 1");
        offset = (int) ledger.sql.number("select coalesce(max(next_offset), 0) from orderweir.intake");
        terms.put("zone", "UTC").put("url", "https://console.example.com").put("quiet", false).put("escalateAfter", 900).put("awayGrace", 120).put("skew", 0.0);
        terms.putArray("urgent").add("auth");
        terms.putArray("objectives");
        terms.set("words", CAUSES.words());
        for (String connection : List.of("erp", "chat", "phone")) {
            terms.withArray("connections").addObject().put("connection", connection).put("label", connection.toUpperCase());
            ledger.allow(connection, "at-once", 5, 0, at(-60));
        }
        channel("ops", "chat", 1);
    }

    @Test
    void twoThousandEightHundredHoldsOfOneCauseAreOneMessage() throws SQLException {
        // Given
        holds(1, "erp|refused-by-target|shippingAddress.zip");
        ledger.sql.rows("insert into orderweir.hold (message_id, reason, sentence, fingerprint) select h.message_id, h.reason, h.sentence, h.fingerprint "
                + "from orderweir.hold h cross join generate_series(2, 2800) returning 1");
        // When
        for (int look = 0; look < 20; look++) {
            watch(5);
        }
        // Then
        assertEquals(1, sent().size(), () -> sent().toString());
        assertEquals(2_800, ledger.sql.number("select count from orderweir.alert"));
        assertTrue(sent().get(0).get("text").toString().startsWith("2,800 are in the Error Hold bin for one cause. ERP: delivery address not accepted (shippingAddress.zip). The newest is order "),
                () -> sent().toString());
    }

    @Test
    void aCauseIsToldInTheWordsOfTheConsole() {
        for (JsonNode row : CAUSES.words()) {
            for (String path : List.of("", "shippingAddress.city", "lineItems[3].sku", "currency")) {
                String reason = row.path("reason").asText();
                String word = CAUSES.of(reason, path.isEmpty() ? null : path).word();
                assertEquals("ERP: " + word + (path.isEmpty() ? "" : " (" + path + ")"),
                        ledger.sql.rows("select orderweir.alert_cause_words(?::jsonb, ?) as said", terms.toString(), "erp|" + reason + "|" + path).get(0).get("said"));
            }
        }
        assertEquals("gone: brand new", ledger.sql.rows("select orderweir.alert_cause_words(?::jsonb, 'gone|brand-new') as said", terms.toString()).get(0).get("said"));
    }

    @Test
    void whatIsPutOffIsToldWhenItsTimeHasCome() throws SQLException {
        // Given one of two holds and a whole group put off
        holds(2, "erp|a|");
        holds(2, "erp|b|");
        ledger.sql.rows("update orderweir.hold set snoozed_until = ? where id = (select min(id) from orderweir.hold where fingerprint = 'erp|a|' and closed_at is null) returning 1", at(3_600));
        ledger.sql.rows("insert into orderweir.hold_group (fingerprint, snoozed_until) values ('erp|b|', ?) returning 1", at(1_800));
        // When
        watch(5);
        assertEquals(List.of("hold|erp|a|"), causes());
        watch(1_800);
        // Then
        assertEquals(List.of("hold|erp|a|", "hold|erp|b|"), causes());
        ledger.sql.rows("delete from orderweir.hold_group returning 1");
    }

    @Test
    void severalWatchersAtOnceRaiseOneAlert() throws Exception {
        // Given five replicas that look again and again at the same moments, while causes come and grow
        ExecutorService replicas = Executors.newFixedThreadPool(5);
        List<Ledger> connections = new ArrayList<>(IntStream.range(0, 5).mapToObj(i -> ledger.another()).toList());
        try {
            for (int round = 0; round < 12; round++) {
                holds(3, "erp|cause|" + round % 4);
                now = now.plusSeconds(4);
                Map<String, Object> asked = Map.of("terms", terms.toString(), "now", at(0));
                CountDownLatch together = new CountDownLatch(1);
                List<Future<Object>> looks = new ArrayList<>();
                for (Ledger replica : connections) {
                    looks.add(replicas.submit(() -> {
                        together.await();
                        return replica.run("alert/watch.sql", asked);
                    }));
                }
                // When
                together.countDown();
                for (Future<Object> look : looks) {
                    look.get();
                }
            }
        } finally {
            replicas.shutdownNow();
            for (Ledger replica : connections) {
                replica.close();
            }
        }
        // Then
        assertEquals(4, ledger.sql.number("select count(*) from orderweir.alert"));
        assertEquals(4, ledger.sql.number("select sum(n)::int from (select cardinality(alerts) as n from orderweir.notification) x"), () -> sent().toString());
    }

    @Test
    void whatIsPutOffIsToldAsPutOffAndNotAsOver() throws SQLException {
        // Given two that somebody was told of
        channel("put-off", "phone", 2);
        holds(2, "erp|a|lineItems[0].sku");
        watch(5);
        send(null);
        // When they are put off
        ledger.sql.rows("insert into orderweir.hold_group (fingerprint, snoozed_until) values ('erp|a|lineItems[0].sku', ?) returning 1", at(3_600));
        watch(30);
        watch(40);
        watch(5);
        // Then
        String told = (String) sent().get(1).get("text");
        assertTrue(told.startsWith("2 put off until ") && told.contains(", and still held (ERP: a (lineItems[0].sku)).") && told.endsWith("/holds?group=erp%7Ca%7ClineItems%5B0%5D.sku"), told);
    }

    @Test
    void whoeverAnswersAgainIsToldToBeBack() throws SQLException {
        // Given
        channel("back", "phone", 2);
        ledger.sql.rows("update orderweir.connection_state set away_since = ?, probe_at = ? where connection = 'erp' returning 1", at(-200), at(0));
        watch(5);
        send(null);
        // When
        ledger.sql.rows("update orderweir.connection_state set away_since = null, probe_at = null where connection = 'erp' returning 1");
        watch(30);
        watch(40);
        watch(5);
        // Then
        String told = (String) sent().get(1).get("text");
        assertTrue(told.matches("(?s).* answers again since \\d\\d:\\d\\d.*https://console.example.com/connections#erp"), told);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyCauseIsToldOnceForEachOfItsLives(long seed) throws SQLException {
        // Given causes that come and go, quiet hours that begin and end, persons who take some, senders that die
        Random random = new Random(seed);
        channel("phone", "phone", 2);
        // When
        for (int step = 0; step < 150; step++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> holds(1 + random.nextInt(3), "erp|cause|" + random.nextInt(3));
                case 2 -> close("erp|cause|" + random.nextInt(3));
                case 3 -> terms.put("quiet", random.nextInt(3) == 0);
                case 4 -> acknowledgeAny();
                default -> send(random);
            }
            watch(5 + random.nextInt(60));
        }
        terms.put("quiet", false);
        for (int fingerprint = 0; fingerprint < 3; fingerprint++) {
            close("erp|cause|" + fingerprint);
        }
        for (int rest = 0; rest < 60; rest++) {
            watch(30);
            send(null);
        }
        // Then nobody was told twice, no end is missing, and none came where nobody had heard of a beginning
        assertEquals(List.of(), ledger.sql.rows("""
                select t.alert_id, n.channel, n.purpose, count(*) from orderweir.notification n cross join lateral unnest(n.alerts) as t (alert_id)
                group by 1, 2, 3 having count(*) > 1"""));
        assertEquals(List.of(), ledger.sql.rows("""
                select distinct b.alert_id, n.channel from orderweir.told b join orderweir.notification n on n.id = b.notification_id
                where b.step > 0 and n.state in ('sent', 'unsure')
                  and not exists (select from orderweir.told e where e.alert_id = b.alert_id and e.channel = b.channel and e.step = 0)"""));
        assertEquals(List.of(), ledger.sql.rows("""
                select e.alert_id from orderweir.told e where e.step = 0
                  and not exists (select from orderweir.told b where b.alert_id = e.alert_id and b.channel = e.channel and b.step > 0)"""));
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.alert where state <> 'over' or ended_at is null"));
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.notification where state in ('ready', 'sending')"));
    }

    @Test
    void whatIsOverIsToldWhereItsBeginningWas() throws SQLException {
        // Given
        channel("late", "phone", 2);
        holds(2, "erp|a|");
        watch(5);
        send(null);
        // When its holds are closed, it is over a minute later and not before
        close("erp|a|");
        watch(30);
        assertEquals(1, sent().size());
        watch(40);
        watch(5);
        // Then
        assertEquals(List.of("ops raised", "ops over"), sentShort());
        assertEquals("Nothing is held any more for: ERP: a. 0 released, 2 discarded, 0 settled by what came later.\nhttps://console.example.com/holds?group=erp%7Ca%7C", sent().get(1).get("text"));
        // and when it comes again, that is news
        holds(1, "erp|a|");
        watch(5);
        assertEquals(List.of("ops raised", "ops over", "ops raised"), sentShort());
    }

    @Test
    void whatAVendorEndsIsToldThreeTimesBeforeAndOnceWhenItHasEnded() throws SQLException {
        // Given an account that uses what ends
        now = Instant.parse("2031-01-01T12:00:00Z");
        terms.putArray("ends").addObject().put("connection", "erp").put("label", "the ERP").put("what", "API version 7").put("on", "2031-06-01").put("todo", "Call version 8.");
        // When a day passes after the other, and each message is sent
        for (int day = 0; day < 170; day++) {
            for (int look : new int[] {30, 40, 86_330}) {
                watch(look);
                send(null);
            }
        }
        // and the account is moved
        terms.putArray("ends");
        watch(70);
        watch(5);
        // Then
        String place = "the ERP uses API version 7, which ";
        assertEquals(List.of("2031-03-03 raised " + place + "ends on 2031-06-01, in 90 days or less. Call version 8.", "2031-05-02 raised " + place + "ends on 2031-06-01, in 30 days or less. Call version 8.",
                "2031-05-25 raised " + place + "ends on 2031-06-01, in 7 days or less. Call version 8.", "2031-06-01 raised " + place + "ended on 2031-06-01. Call version 8.",
                "2031-06-20 over Nothing that erp uses ends so soon any more: API version 7."),
                ledger.sql.rows("select to_char(planned_at at time zone 'UTC', 'YYYY-MM-DD ') || purpose || ' ' || split_part(text, E'\\n', 1) as said from orderweir.notification where text like '%API version 7%' order by id")
                        .stream().map(row -> row.get("said")).toList());
        assertEquals(List.of("/connections#erp"), ledger.sql.rows("select orderweir.alert_place('end', 'erp') as place").stream().map(row -> row.get("place")).toList());
    }

    @Test
    void whatWasOverBeforeItWasSentIsNotSent() throws SQLException {
        // Given a channel that cannot be reached
        holds(1, "erp|a|");
        watch(5);
        assertEquals("ready", settle(claim("chat"), "later", "refused", null));
        // When
        close("erp|a|");
        watch(70);
        now = now.plusSeconds(60);
        // Then
        assertNull(claim("chat"));
        assertEquals(List.of("dropped"), ledger.sql.rows("select state from orderweir.notification").stream().map(row -> row.get("state")).toList());
    }

    @Test
    void quietHoursEndWithOneMessageOfAllThatIsStillOpen() throws SQLException {
        // Given
        terms.put("quiet", true);
        holds(1, "erp|a|");
        holds(1, "erp|b|");
        holds(1, "erp|c|");
        pause("erp", "ERP does not accept our token (status 401)");
        watch(5);
        // Then only what is urgent is told
        assertEquals(1, sent().size(), () -> sent().toString());
        assertTrue(sent().get(0).get("text").toString().contains("does not accept our token"), () -> sent().toString());
        // When one of them is solved in the night, and the morning comes
        close("erp|b|");
        watch(70);
        terms.put("quiet", false);
        watch(5);
        // Then
        assertEquals(2, sent().size(), () -> sent().toString());
        assertEquals(2, sent().get(1).get("n"));
        assertTrue(sent().get(1).get("text").toString().startsWith("2 things need you:\n- "), () -> sent().toString());
    }

    @Test
    void theNextStepIsToldWhenNobodyTookItAndNotWhenSomebodyDid() throws SQLException {
        // Given
        channel("phone", "phone", 2);
        holds(1, "erp|a|");
        holds(1, "erp|b|");
        watch(5);
        send(null);
        ledger.sql.rows("select orderweir.alert_acknowledge(id, 'Ann', ?) from orderweir.alert where cause = 'hold|erp|a|'", at(0));
        // When
        watch(600);
        assertEquals(1, sent().size());
        watch(400);
        watch(1_000);
        // Then
        assertEquals(List.of("ops raised", "phone escalated"), sentShort());
        assertEquals(1, sent().get(1).get("n"));
        assertTrue(sent().get(1).get("text").toString().startsWith("Nobody has taken this yet.\n"), () -> sent().toString());
    }

    @Test
    void aChannelThatRefusesIsNotWaitedFor() throws SQLException {
        // Given
        channel("phone", "phone", 2);
        holds(1, "erp|a|");
        watch(5);
        // When
        assertEquals("failed", settle(claim("chat"), "hold", null, 400));
        watch(5);
        // Then
        assertEquals(List.of("ops raised", "phone escalated"), sentShort());
    }

    @Test
    void whatMayHaveLeftIsSentAgainOnlyWhereThatDoesNoHarm() throws SQLException {
        // Given one message on a channel that drops repeats and one on a telephone
        channel("phone", "phone", 1);
        holds(1, "erp|a|");
        watch(5);
        // When both senders die before the call: it never left, and is sent
        claim("chat");
        claim("phone");
        now = now.plusSeconds(60);
        expire();
        Map<String, Object> chat = claim("chat");
        Map<String, Object> phone = claim("phone");
        // When both die after it
        assertTrue(start(chat));
        assertTrue(start(phone));
        assertFalse(start(phone), "a call is made once");
        now = now.plusSeconds(60);
        expire();
        // Then
        assertTrue(claim("chat") != null);
        assertNull(claim("phone"));
        assertEquals("unsure", ledger.sql.rows("select state from orderweir.notification where channel = 'phone'").get(0).get("state"));
        assertEquals("unsure", settle(phone, "done", null, 201), "the call was no longer its own");
    }

    @Test
    void aRefusedAccountPausesItsConnectionAndTheOthersTellOfIt() throws SQLException {
        // Given
        channel("phone", "phone", 1);
        holds(1, "erp|a|");
        watch(5);
        // When
        assertEquals("ready", settle(claim("chat"), "pause", null, 404));
        now = now.plusSeconds(30);
        // Then nothing more goes that way until a person resumes it, and the telephone says so
        assertNull(claim("chat"));
        watch(5);
        assertTrue(sent().stream().anyMatch(row -> row.get("channel").equals("phone") && row.get("text").toString().contains("CHAT is paused since")), () -> sent().toString());
    }

    @Test
    void aLimitOfAConnectionIsKeptByMessages() throws SQLException {
        // Given one message in ten seconds
        ledger.sql.rows("with a as (delete from orderweir.permit where connection = 'chat'), b as (delete from orderweir.allowance where connection = 'chat') select 1");
        ledger.allow("chat", "window", 1, 10, at(-60));
        holds(1, "erp|a|");
        watch(5);
        holds(1, "erp|b|");
        watch(5);
        // When
        assertEquals("sent", settle(claim("chat"), "done", null, 200));
        Instant ended = now;
        // Then
        now = ended.plusSeconds(9);
        assertNull(claim("chat"));
        now = ended.plusSeconds(11);
        assertTrue(claim("chat") != null);
    }

    @Test
    void aQueueThatGrowsForFiveMinutesIsTold() throws SQLException {
        // Given
        now = Instant.parse("2027-01-01T12:00:00Z");
        for (int minute = 6; minute >= 0; minute--) {
            sample("erp", minute, 100 - minute * 10);
            sample("phone", minute, minute == 3 ? 90 : 100 - minute * 10);
        }
        // When
        watch(5);
        // Then the one that recovered in between is not told
        assertEquals(List.of("queue|erp"), causes());
        // and it lasts until half of it is gone
        ledger.sql.rows("update orderweir.sample set due = 60 where connection = 'erp' and at = ? returning 1", at(-5));
        watch(20);
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.alert where state <> 'over' and last_at > ?", at(-1)));
    }

    @Test
    void aTargetThatIsAwayIsToldAfterItsGraceAndItsQueueIsNot() throws SQLException {
        // Given
        ledger.sql.rows("update orderweir.connection_state set away_since = ?, probe_at = ? where connection = 'erp' returning 1", at(0), at(0));
        for (int minute = 6; minute >= 0; minute--) {
            sample("erp", minute, 100 - minute * 10);
        }
        // When
        watch(60);
        assertEquals(List.of(), causes());
        watch(70);
        // Then
        assertEquals(List.of("away|erp"), causes());
    }

    @Test
    void anHourWithoutAnythingIsToldWhereItAlwaysHadSome() throws SQLException {
        // Given a shop with orders in this hour of each of the last seven days, and another with six
        now = Instant.parse("2027-01-08T15:00:00Z");
        long bucket = now.getEpochSecond() / 600;
        for (int day = 1; day <= 7; day++) {
            arrival("erp", bucket - 3 - day * 144L);
            if (day != 4) {
                arrival("phone", bucket - 3 - day * 144L);
            }
        }
        // When
        watch(5);
        // Then
        assertEquals(List.of("silence|erp"), causes());
        // and it lasts until something comes
        watch(4 * 3_600);
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.alert where state <> 'over'"));
        arrival("erp", now.getEpochSecond() / 600);
        watch(100);
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.alert where state <> 'over'"));
    }

    @Test
    void deliveriesThatWaitForTheBrokersWitnessAreTold() throws SQLException {
        // Given a server that was started anew, and nobody who asked the broker since
        ledger.sql.run("update orderweir.origin set started_at = '2026-01-01'");
        now = now.plusSeconds(120);
        // When
        watch(5);
        // Then
        assertEquals(List.of("lag|witness"), causes());
        assertTrue(ledger.sql.text("select sentence from orderweir.alert where cause = 'lag|witness'").startsWith("Nothing is sent: the database server was started at "));
        ledger.sql.run("update orderweir.origin set started_at = pg_postmaster_start_time()");
    }

    @Test
    void whatIsPausedWhileItIsAwayIsNotSaidToBeBack() throws SQLException {
        // Given
        channel("paused", "phone", 2);
        ledger.sql.rows("update orderweir.connection_state set away_since = ?, probe_at = ? where connection = 'erp' returning 1", at(-200), at(0));
        watch(5);
        send(null);
        // When
        pause("erp", "paused by Ann");
        watch(30);
        watch(40);
        watch(5);
        // Then
        assertTrue(sent().get(1).get("text").toString().startsWith("ERP is paused; whether it answers again is not known."), () -> sent().toString());
    }

    @Test
    void clockDiskAndLagAreTold() throws SQLException {
        // Given an order that waits since the day it was captured
        ObjectNode event = Ledger.event(offset++, "lag" + offset, 1);
        event.put("captured_at", at(-1_000).toInstant().toString());
        Ledger.delivery(event, "erp", "order", false);
        ledger.append(event);
        terms.put("skew", -3.25).put("diskFree", 5_000_000_000L).put("diskSize", 100_000_000_000L).put("diskFreePercent", 10).put("databaseSize", 1_000_000);
        terms.withArray("objectives").addObject().put("type", "order").put("seconds", 900);
        // When
        watch(5);
        // Then
        assertEquals(List.of("clock", "disk", "disk|database", "lag|order"), causes());
        assertEquals("An order has waited 17 min for ERP; 15 min are promised.", ledger.sql.rows("select sentence from orderweir.alert where kind = 'lag'").get(0).get("sentence"));
    }

    @Test
    void booksThatDoNotAgreeAreToldUntilACountingAgrees() throws SQLException {
        // Given a total that somebody made two larger
        holds(3, "erp|books|");
        close("erp|books|");
        recount();
        watch(5);
        assertEquals(List.of(), causes());
        ledger.sql.run("insert into orderweir.tally (book, place, state, n) values ('delivery', 'erp', 'ready', 2)");
        // When it is counted, and looked at again and again
        recount();
        for (int look = 0; look < 20; look++) {
            watch(30);
        }
        // Then one alert names the book, the place and the difference
        assertEquals(List.of("books|total"), causes());
        String sentence = ledger.sql.text("select sentence from orderweir.alert");
        assertTrue(sentence.contains("1 in all (book delivery, erp ready: 2 kept, 0 counted, 2 too many)"), sentence);
        assertEquals(1, sent().size(), () -> sent().toString());
        // and it ends when a counting agrees
        recount();
        watch(70);
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.alert where state <> 'over'"));
        // and records that are nowhere are another cause
        ledger.sql.run("update orderweir.intake set records = records + 1");
        recount();
        ledger.sql.run("update orderweir.intake set records = records - 1");
        watch(5);
        assertEquals(List.of("books|records"), openCauses());
        assertTrue(ledger.sql.text("select sentence from orderweir.alert where state <> 'over'").contains("accounted for, 1 missing)"));
        // and a plan that was not carried out
        ledger.sql.run("update orderweir.message set planned = planned + 1 where id = (select min(id) from orderweir.message)");
        recount();
        watch(70);
        assertTrue(openCauses().contains("books|plan"), () -> openCauses().toString());
        ledger.sql.run("update orderweir.message set planned = planned - 1 where id = (select min(id) from orderweir.message)");
        recount();
        watch(70);
        assertEquals(List.of(), openCauses());
    }

    @Test
    void whatNoLookWouldFindAgainIsKeptUntilAPersonTakesIt() throws SQLException {
        // Given
        for (int said = 0; said < 3; said++) {
            ledger.run("alert/raise.sql", Map.of("kind", "notice", "cause", "notice|file", "subject", "file", "sentence", "A file is broken.", "now", at(0)));
        }
        // When
        watch(600);
        watch(600);
        // Then
        assertEquals(1, sent().size());
        assertEquals(3, ledger.sql.number("select count from orderweir.alert where state = 'open'"));
        ledger.sql.rows("select orderweir.alert_acknowledge(id, 'Ann') from orderweir.alert");
        watch(5);
        assertEquals(1, sent().size());
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.alert where state = 'over'"));
    }

    private void channel(String name, String connection, int step) {
        ((ArrayNode) terms.withArray("channels")).addObject().put("channel", name).put("connection", connection).put("system", connection).put("step", step);
    }

    private void watch(int seconds) throws SQLException {
        now = now.plusSeconds(seconds);
        ledger.run("alert/watch.sql", Map.of("terms", terms.toString(), "now", at(0)));
    }

    /** One message of each channel, as a sender does it; with a random one it may die or fail on the way. */
    private void send(Random random) throws SQLException {
        expire();
        for (String system : List.of("chat", "phone")) {
            Map<String, Object> claimed = claim(system);
            int fate = random == null ? 9 : random.nextInt(10);
            if (claimed == null || fate == 0) {
                continue;
            }
            start(claimed);
            if (fate > 1) {
                settle(claimed, fate == 2 ? "unsure" : fate == 3 ? "later" : "done", fate == 3 ? "refused" : null, fate > 3 ? 200 : null);
            }
        }
    }

    private Map<String, Object> claim(String system) throws SQLException {
        return ledger.run("alert/take.sql", Map.of("system", system, "repeatable", !system.equals("phone"), "now", at(0),
                "accounts", "[{\"connection\":\"" + system + "\",\"lease\":8,\"settles\":2,\"limits\":1}]")).stream().findFirst().orElse(null);
    }

    /** What a process does with the calls of one that died. */
    private void expire() throws SQLException {
        ledger.run("call/expire.sql", Map.of("now", at(0),
                "connections", "[{\"connection\":\"chat\",\"reaches\":4,\"settles\":2},{\"connection\":\"phone\",\"reaches\":4,\"settles\":2}]"));
    }

    private boolean start(Map<String, Object> claimed) throws SQLException {
        return ledger.start(claimed, 3, at(0));
    }

    private Object settle(Map<String, Object> claimed, String outcome, String failure, Integer status) throws SQLException {
        start(claimed);
        Map<String, Object> parameters = new HashMap<>(Map.of("call", claimed.get("call"), "outcome", outcome, "because", "away", "patience", 1000, "breaks", 8, "settles", 2.0, "grace", 1.0, "took", 0.1, "reason", "said so", "now", at(0)));
        parameters.put("failure", failure);
        parameters.put("status", status);
        ledger.end(parameters);
        return ledger.sql.rows("select state from orderweir.notification where id = ?", claimed.get("id")).get(0).get("state");
    }

    /** The fingerprint is connection, reason and path. */
    private void holds(int count, String fingerprint) throws SQLException {
        String[] parts = fingerprint.split("\\|", -1);
        ledger.append(IntStream.range(0, count).mapToObj(i -> {
            ObjectNode event = Ledger.event(offset++, "held" + offset, 1);
            event.putObject("hold").put("reason", parts[1]).put("sentence", "It is wrong.").put("path", parts[2]);
            return event.put("connection", parts[0]);
        }).toArray(ObjectNode[]::new));
    }

    private void close(String fingerprint) {
        ledger.sql.rows("update orderweir.hold set closed_at = ?, resolution = 'discarded' where fingerprint = ? and closed_at is null returning 1", at(0), fingerprint);
    }

    private void pause(String connection, String reason) {
        ledger.sql.rows("update orderweir.connection_state set paused_at = ?, reason = ? where connection = ? returning 1", at(0), reason, connection);
    }

    private void acknowledgeAny() {
        ledger.sql.rows("select orderweir.alert_acknowledge(id, 'Ann', ?) from orderweir.alert where state = 'open' limit 1", at(0));
    }

    private void sample(String connection, int minutesAgo, int due) {
        ledger.sql.rows("insert into orderweir.sample values (date_trunc('minute', ?::timestamptz), ?, ?, 0, 0, 0, 0, 0, 0, 0) returning 1", at(-60 * minutesAgo), connection, due);
    }

    private void arrival(String connection, long bucket) {
        ledger.sql.rows("insert into orderweir.arrival values (?, ?) returning 1", connection, bucket);
    }

    private void recount() throws SQLException {
        ledger.run("ledger/recount.sql", Map.of("by", "Ann"));
    }

    private List<Object> openCauses() {
        return ledger.sql.rows("select cause from orderweir.alert where state <> 'over' order by cause").stream().map(row -> row.get("cause")).toList();
    }

    private List<Object> causes() {
        return ledger.sql.rows("select cause from orderweir.alert order by cause").stream().map(row -> row.get("cause")).toList();
    }

    private List<Map<String, Object>> sent() {
        return ledger.sql.rows(SENT);
    }

    private List<String> sentShort() {
        return sent().stream().map(row -> row.get("channel") + " " + row.get("purpose")).toList();
    }

    private Timestamp at(int seconds) {
        return Timestamp.from(now.plusSeconds(seconds));
    }
}
