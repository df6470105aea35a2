package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Error Hold bin: whatever people ask for whole groups, nothing is lost, nothing is released twice, and live work goes first. */
class HoldLawIT {

    private static final String GROUP = "erp|refused-by-target|shippingAddress.city";

    private final Ledger ledger = Ledger.fresh();
    private long offset;

    @AfterEach
    void close() throws SQLException {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @Execution(CONCURRENT)
    void whateverIsStoppedOrDiesEveryHoldHasOneTurn(long seed) throws SQLException {
        // Given 60 held orders, whose warehouse waits, and a ledger that notes every change of state
        Random random = new Random(seed);
        ledger.allow("erp", "at-once", 1000, 0, null);
        ledger.sql.run("create table seen (id bigint, step text)");
        ledger.sql.run("create function see() returns trigger language plpgsql as $$ begin "
                + "insert into orderweir.seen values (new.id, old.state || '>' || new.state); return null; end $$");
        ledger.sql.run("create trigger see after update on delivery for each row when (old.state <> new.state) execute function orderweir.see()");
        for (int order = 0; order < 60; order++) {
            ledger.append(order(order, 1, true));
        }
        Ledger other = ledger.another();
        Instant now = Instant.now().plusSeconds(60);
        int jobs = 0;
        long stopped = 0;

        // When two replicas work, die and come back, people stop and start it again, and newer versions and single commands come between
        while (ledger.sql.number("select count(*) from hold where closed_at is null and fingerprint = ?", GROUP) > 0 && jobs < 100) {
            long job = start(jobs % 7 == 3 ? "discard" : "release");
            jobs++;
            for (int turn = 0; turn < 40 && running(job); turn++) {
                now = now.plusSeconds(random.nextInt(5) == 0 ? 40 : 1);
                ledger.sql.run("update hold_job set next_at = '-infinity' where ended_at is null");
                Ledger replica = random.nextBoolean() ? ledger : other;
                for (Map<String, Object> step : steps(replica, 1 + random.nextInt(5), now)) {
                    int fate = random.nextInt(20);
                    if (fate == 0) {
                        newer(((Number) step.get("hold")).longValue());
                    } else if (fate == 1) {
                        discard(ledger, ((Number) step.get("hold")).longValue(), null);
                    } else if (fate == 2 && running(job)) {
                        long before = done(job);
                        ledger.run("hold/stop-work.sql", Map.of("job", job, "by", "Bea"));
                        stopped++;
                        work(replica, step);
                        assertEquals(before, done(job), "what comes after the stop does not count");
                        assertEquals(1, ledger.sql.number("select count(*) from hold where id = ? and closed_at is null", step.get("hold")), "and stays held");
                        continue;
                    }
                    if (fate < 16) {
                        work(replica, step);
                    }
                    // else it dies before its turn, and another one goes on
                }
                deliverAll("erp");
            }
            assertEquals(0, ledger.sql.number("select count(*) from hold_job j where (j.done, j.failed, j.gone) <> (select count(*) filter (where outcome = 'done'), "
                    + "count(*) filter (where outcome = 'failed'), count(*) filter (where outcome = 'gone') from hold_job_step s where s.job_id = j.id)"));
        }

        // Then every hold was closed once, and every job adds up or was stopped
        assertEquals(0, ledger.sql.number("select count(*) from hold where closed_at is null and fingerprint = ?", GROUP), jobs + " jobs");
        assertTrue(stopped > 0 || seed != 1, "no job was stopped");
        assertEquals(0, ledger.sql.number("select count(*) from hold_job where ended_at is null or stopped_by is null and done + failed + gone <> total"));
        assertEquals(0, ledger.sql.number("select count(*) from (select hold_id from hold_job_step where outcome = 'done' group by hold_id having count(*) > 1) twice"));
        assertEquals(List.of(), ledger.sql.rows("select id, count(*) from seen where step = 'held>ready' group by id having count(*) > 1"));
        assertEquals(0, ledger.sql.number("select count(*) from hold_job_step s join hold h on h.id = s.hold_id where s.outcome = 'done' and h.resolution not in ('released', 'discarded: enough')"));
        // and whatever was released is done, at replay priority
        deliverAll("erp");
        deliverAll("wms");
        assertEquals(0, ledger.sql.number("select count(*) from delivery where state not in ('delivered', 'superseded', 'discarded')"));
        assertEquals(0, ledger.sql.number("select count(*) from delivery d where d.state = 'delivered' and d.priority <> 4 "
                + "and exists (select from hold h join hold_job_step s on s.hold_id = h.id and s.outcome = 'done' where h.message_id = d.message_id)"));
        assertEquals(0, ledger.sql.number("select (select sum(records) from intake) - (select count(*) + sum(repeats) from message)"));
        other.close();
    }

    @Test
    void replaysGoBehindLiveWorkAndOneAtATimeBesideIt() throws SQLException {
        // Given a target that takes four at once, and thirty held orders
        ledger.allow("erp", "at-once", 4, 0, null);
        for (int order = 0; order < 30; order++) {
            ledger.append(order(order, 1, true));
        }
        start("release");
        Instant now = Instant.now().plusSeconds(5);

        // When nothing else is to be done, no more than 20 wait for the target
        for (int turn = 0; turn < 10; turn++) {
            for (Map<String, Object> step : steps(ledger, 5, now)) {
                work(ledger, step);
            }
        }
        assertEquals(20, ledger.sql.number("select count(*) from delivery where connection = 'erp' and state = 'ready' and priority = 4"));

        // Then live orders that come are claimed before all of them
        for (int order = 100; order < 106; order++) {
            ledger.append(order(order, 1, false));
        }
        assertEquals(List.of("shop/100-order", "shop/101-order", "shop/102-order", "shop/103-order"), claim("erp", 4));
        assertEquals(List.of(), steps(ledger, 5, now), "enough of it waits");
        settleAll("erp");
        assertEquals(2, claim("erp", 2).stream().filter(id -> id.startsWith("shop/10")).count());
        settleAll("erp");

        // and beside live work one is released when the one before is done
        while (claim("erp", 4).size() > 0) {
            settleAll("erp");
        }
        assertEquals(1, steps(ledger, 5, now.plusSeconds(1)).size(), "live work was here a moment ago");
        assertEquals(5, steps(ledger, 5, now.plusSeconds(12)).size());
    }

    @Test
    void whatWasPutOffComesBackAndWhoCaresStays() throws SQLException {
        // Given
        ledger.append(order(1, 1, true), order(2, 1, true));
        long hold = ledger.sql.number("select min(id) from hold");

        // When
        arrange(null, "owner", "Ann");
        arrange(hold, "owner", "Bea");
        arrange(null, "due", "2030-01-01T00:00:00Z");
        arrange(hold, "snooze", Instant.now().plusSeconds(3600).toString());
        arrange(hold, "note", "asked the buyer");
        SQLException past = assertThrows(SQLException.class, () -> arrange(null, "snooze", "2020-01-01T00:00:00Z"));

        // Then
        assertEquals("OW422", past.getSQLState());
        Map<String, Object> group = group();
        assertEquals(2L, group.get("holds"));
        assertEquals(1L, group.get("awake"));
        assertEquals("Ann", group.get("owner"));
        List<Map<String, Object>> members = ledger.sql.rows("select coalesce(h.owner, g.owner) as owner from hold h join hold_group g on g.fingerprint = h.fingerprint where h.closed_at is null order by h.id desc");
        assertEquals(List.of("Ann", "Bea"), members.stream().map(row -> row.get("owner")).toList());
        arrange(null, "snooze", Instant.now().plusSeconds(3600).toString());
        assertEquals(0L, group().get("awake"));
        ledger.sql.run("update hold_group set snoozed_until = clock_timestamp() - interval '1 second'");
        ledger.sql.run("update hold set snoozed_until = clock_timestamp() - interval '1 second'");
        assertEquals(2L, group().get("awake"), "it comes back");
        assertThrows(IllegalStateException.class, () -> ledger.sql.run("delete from hold_note"));
        assertThrows(IllegalStateException.class, () -> ledger.sql.run("update hold_note set note = 'x'"));

        // and when it is held again, or the group was empty for a while
        release(hold);
        refuseAll("erp");
        assertEquals("Bea", ledger.sql.rows("select owner from hold where closed_at is null and delivery_id = (select delivery_id from hold where id = ?)", hold).get(0).get("owner"));
        for (Map<String, Object> open : ledger.sql.rows("select id from hold where closed_at is null")) {
            discard(ledger, ((Number) open.get("id")).longValue(), null);
        }
        ledger.run("hold/tidy.sql", Map.of());
        assertEquals(1, ledger.sql.number("select count(*) from hold_group where owner = 'Ann' and due_at is null and snoozed_until is null"));
    }

    @Test
    void aLookFindsWhatTheTargetHasAndBringsBackWhatItDoesNot() throws SQLException {
        // Given two orders that were refused, and one that failed again and again after calls whose outcome nobody knows
        ledger.allow("erp", "at-once", 50, 0, null);
        ledger.append(order(1, 1, true), order(2, 1, true), order(3, 1, false));
        claim("erp", 1);
        ledger.sql.run("update delivery set state = 'held', call_id = null, unsure_since = clock_timestamp() - interval '1 hour', reason = 'r' where state = 'sending'");
        ledger.sql.run("update lane set doubtful = true where id = (select lane_id from delivery where unsure_since is not null)");
        ledger.sql.run("insert into hold (message_id, delivery_id, opened_at, reason, sentence, fingerprint) select message_id, id, clock_timestamp() - interval '1 hour', 'tries-used-up', "
                + "'Order #3: failed.', 'erp|tries-used-up' from delivery where unsure_since is not null");
        long first = ledger.sql.number("select min(id) from hold");

        // When
        ledger.run("hold/look.sql", Map.of("hold", first, "by", "Ann"));
        ledger.run("hold/look.sql", Map.of("hold", first + 1, "by", "Ann"));
        Map<String, Object> looked = ledger.run("hold/tidy.sql", Map.of()).get(0);

        // Then all three are asked for, and none is sent
        assertEquals(1, looked.get("looked"));
        List<Map<String, Object>> claimed = claimed("erp", 10);
        assertEquals(3, claimed.size());
        assertTrue(claimed.stream().allMatch(row -> (Boolean) row.get("lookUp") && (Boolean) row.get("looks")), claimed.toString());
        settle(claimed.get(0), "found", null);
        settle(claimed.get(1), "hold", "Order #2: refused. Looked for at 2026-11-27T00:00:00.000Z: the ERP does not have it.");
        settle(claimed.get(2), "found", null);
        List<Map<String, Object>> states = ledger.sql.rows("select d.state, h.resolution from delivery d join hold h on h.delivery_id = d.id where d.connection = 'erp' order by h.id");
        assertEquals(List.of("confirmed", "held", "ready", "held"), states.stream().map(row -> row.get("state")).toList(), states.toString());
        assertTrue(states.get(0).get("resolution").toString().startsWith("the target has it: R-"), states.toString());
        assertEquals("looked for at the target, which does not have it", states.get(1).get("resolution"));
        assertEquals("the target has it, and is sent what may be missing", states.get(2).get("resolution"));
        assertNull(states.get(3).get("resolution"));
        assertEquals(0, ledger.run("hold/tidy.sql", Map.of()).get(0).get("looked"), "it is looked for once by itself");
        String again = ledger.run("hold/looked.sql", Map.of("id", claimed.get(1).get("id"), "label", "the ERP")).get(0).get("sentence").toString();
        assertTrue(again.matches("Order #2: refused\\. Looked for at \\S+: the ERP does not have it\\."), again);
        assertEquals("OW422", assertThrows(SQLException.class, () -> {
            ledger.append(understoodByNobody(9));
            ledger.run("hold/look.sql", Map.of("hold", ledger.sql.number("select max(id) from hold"), "by", "Ann"));
        }).getSQLState());
    }

    @Test
    void whatANewerVersionHasPassedIsRefusedWithItsName() throws SQLException {
        // Given an event that was not understood, and a newer one that was
        ledger.append(understoodByNobody(1));
        long hold = ledger.sql.number("select max(id) from hold");
        ledger.sql.run("update entity set version = '2026-11-27T05:00:00Z', message_id = (select max(id) from message), name = '#o1'");
        ledger.sql.run("update message set version = '2026-11-27T05:00:00Z'");

        // When
        SQLException refused = assertThrows(SQLException.class, () -> ledger.run("hold/release-message.sql", Map.of("hold", hold, "by", "Ann", "changes", "[]",
                "document", "{\"entity_key\": \"shop/o1\", \"version\": \"2026-11-27T04:00:00Z\", \"hash\": \"h\", \"name\": \"#o1\", \"canonical\": {}, \"deliveries\": []}")));

        // Then
        assertTrue(refused.getMessage().contains("Order #o1: superseded by the version of 2026-11-27T05:00:00.000Z, which came at 2026-11-27T00:00:00.000Z as shop:o1:1:0. Discard this one."),
                refused.getMessage());
    }

    @Test
    void aHeldDeliveryThatANewerVersionHasPassedIsRefusedWithItsName() throws SQLException {
        // Given two orders that are held at the ERP, and one whose call is under way
        ledger.allow("erp", "at-once", 50, 0, null);
        ledger.append(order(3, 1, false));
        Map<String, Object> underWay = claimed("erp", 1).get(0);
        ledger.append(order(1, 1, true), order(2, 1, true));

        // When a newer version of each comes, one of them a cancel, and only then a person decides, and the target refuses
        ObjectNode cancelled = order(2, 2, false);
        cancelled.withArray("deliveries").forEach(one -> ((ObjectNode) one).put("cancel", true));
        ledger.append(order(1, 2, false), cancelled, order(3, 2, false));
        settle(underWay, "hold", "Order #3: refused.");

        // Then whoever releases, discards or looks is told of the newer one, and nothing of the older is ever sent
        List<Map<String, Object>> holds = ledger.sql.rows("select h.id, n.ce_id, orderweir.utc(n.version) as version from hold h join message m on m.id = h.message_id "
                + "join message n on n.entity_id = m.entity_id and n.id > m.id order by h.id");
        assertEquals(2, holds.size(), "what the target refuses while a newer version waits is not held");
        for (Map<String, Object> one : holds) {
            long hold = ((Number) one.get("id")).longValue();
            String newer = "the version of " + one.get("version") + ", which came at 2026-11-27T00:00:00.000Z as " + one.get("ce_id") + ".";
            for (Executable late : List.<Executable>of(() -> release(hold), () -> discard(ledger, hold, null),
                    () -> ledger.run("hold/look.sql", Map.of("hold", hold, "by", "Ann")))) {
                SQLException refused = assertThrows(SQLException.class, late);
                assertEquals("OW409", refused.getSQLState());
                assertTrue(refused.getMessage().contains(newer), refused.getMessage());
            }
        }
        assertEquals(List.of("superseded", "superseded", "superseded"), ledger.sql.rows("select d.state from delivery d join message m on m.id = d.message_id "
                + "where d.connection = 'erp' and m.version = (select min(version) from message)").stream().map(row -> row.get("state")).toList());
        assertEquals(0, ledger.sql.number("select count(*) from delivery where connection = 'erp' and cancel and state <> 'superseded'"));
        assertEquals(2, claimed("erp", 10).size(), "the newer ones of the other two orders go on");
    }

    @Test
    void tenThousandErrorsOfSevenCausesShowAsSeven() throws SQLException {
        // Given
        ledger.append(understoodByNobody(1));
        ledger.sql.run("insert into hold (message_id, opened_at, reason, sentence, path, fingerprint) select 1, clock_timestamp() - n * interval '1 second', 'invalid-document', "
                + "'Order #' || n, 'f' || n % 7, 'shop|invalid-document|f' || n % 7 from generate_series(1, 10000) n");
        ledger.sql.run("insert into hold (message_id, opened_at, closed_at, resolution, reason, sentence, fingerprint) select 1, clock_timestamp(), clock_timestamp(), 'released', 'r', 's', "
                + "'old|' || n % 100 from generate_series(1, 50000) n");
        ledger.sql.run("analyze hold");

        // When
        long begin = System.nanoTime();
        List<Map<String, Object>> groups = ask("hold-groups").stream().filter(row -> row.get("fingerprint").toString().startsWith("shop|invalid-document|")).toList();
        double seconds = (System.nanoTime() - begin) / 1e9;

        // Then
        assertEquals(7, groups.size());
        assertEquals(10_000, groups.stream().mapToLong(row -> (Long) row.get("holds")).sum());
        assertTrue(seconds < 1, seconds + " s");
    }

    @Test
    void aPlanCountsAlsoWhatItDoesNotShow() throws SQLException {
        // Given orders of more cities than a plan shows, one of them twice, and one without a city
        for (int order = 1; order <= 62; order++) {
            ledger.append(order(order, 1, true));
        }
        ledger.sql.run("update payload set canonical = jsonb_build_object('currency', 'USD', 'totalPrice', '10.50', 'shippingAddress', jsonb_build_object('country', 'SE', 'city', 'City ' || message_id % 61))");
        ledger.sql.run("update payload set canonical = canonical #- '{shippingAddress,city}' where message_id = 30");

        // When
        List<Map<String, Object>> twice = ask("hold-plan", "shippingAddress.city", GROUP, false, "City 1");
        List<Map<String, Object>> without = ask("hold-plan", "shippingAddress.city", GROUP, false, null);
        List<Map<String, Object>> any = ask("hold-plan", "shippingAddress.city", GROUP, true, null);

        // Then
        assertEquals("City 1", twice.get(0).get("value"));
        assertEquals("21.00 USD", twice.get(0).get("worth"));
        assertEquals(List.of("2 of 62", "1 of 62", "62 of 62"), Stream.of(twice, without, any).map(plan -> plan.get(0).get("changed") + " of " + plan.get(0).get("total")).toList());
        assertEquals(1, twice.stream().filter(row -> (Boolean) row.get("changes")).count());
        assertEquals(50, any.size());
    }

    /** An order for the ERP, and the warehouse after it; held ones were refused before any call. */
    private ObjectNode order(int order, long version, boolean held) {
        ObjectNode event = Ledger.event(offset++, Integer.toString(order), version);
        ObjectNode erp = Ledger.delivery(event, "erp", "order", false);
        if (held) {
            erp.putObject("hold").put("reason", "refused-by-target").put("sentence", "Order #" + order + ": refused.").put("path", "shippingAddress.city");
        }
        Ledger.delivery(event, "wms", "order", false).put("goods_moving", true).putObject("after").put("connection", "erp").put("part", "order");
        return event;
    }

    private ObjectNode understoodByNobody(int order) {
        ObjectNode event = Ledger.event(offset++, "o" + order, 1);
        event.putNull("version").putNull("hash").putNull("canonical").putObject("hold").put("reason", "not-json").put("sentence", "s");
        return event;
    }

    /** The next version of the order a hold is about, which nobody refuses. */
    private void newer(long hold) throws SQLException {
        String order = ledger.sql.rows("select e.name from hold h join message m on m.id = h.message_id join entity e on e.id = m.entity_id where h.id = ?", hold).get(0).get("name").toString();
        ledger.append(order(Integer.parseInt(order.substring(1)), 2, false));
    }

    private long start(String what) throws SQLException {
        ledger.run("hold/start-work.sql", Map.of("group", GROUP, "by", "Ann", "what", what, "asked", "{}"));
        return ledger.sql.number("select max(id) from hold_job");
    }

    private boolean running(long job) {
        return ledger.sql.number("select count(*) from hold_job where id = ? and ended_at is null", job) == 1;
    }

    private long done(long job) {
        return ledger.sql.number("select done from hold_job where id = ?", job);
    }

    private static List<Map<String, Object>> steps(Ledger replica, int most, Instant now) throws SQLException {
        return replica.run("hold/take-steps.sql", Map.of("most", most, "now", Timestamp.from(now)));
    }

    /** What a replica does with one step. */
    private static void work(Ledger replica, Map<String, Object> step) throws SQLException {
        try {
            if (step.get("what").equals("discard")) {
                discard(replica, ((Number) step.get("hold")).longValue(), step.get("job"));
            } else {
                replica.run("hold/release-delivery.sql", Map.of("hold", step.get("hold"), "by", step.get("by"), "changes", "[]", "documents", "[]", "job", step.get("job")));
            }
        } catch (SQLException e) {
            replica.run("hold/end-step.sql", Map.of("job", step.get("job"), "hold", step.get("hold"), "again", !e.getSQLState().startsWith("OW"), "answer", e.getMessage()));
        }
    }

    private static void discard(Ledger replica, long hold, Object job) throws SQLException {
        Map<String, Object> parameters = new HashMap<>(Map.of("hold", hold, "by", "Bea", "reason", "enough"));
        parameters.put("job", job);
        replica.run("hold/discard.sql", parameters);
    }

    private void release(long hold) throws SQLException {
        ledger.run("hold/release-delivery.sql", Map.of("hold", hold, "by", "Ann", "changes", "[]", "documents", "[]"));
    }

    private void arrange(Long hold, String what, String value) throws SQLException {
        Map<String, Object> parameters = new HashMap<>(Map.of("by", "Ann", "what", what, "value", value));
        parameters.put(hold == null ? "group" : "hold", hold == null ? GROUP : hold);
        ledger.run("hold/arrange.sql", parameters);
    }

    private Map<String, Object> group() {
        return ask("hold-groups").stream().filter(row -> row.get("fingerprint").equals(GROUP)).findFirst().orElseThrow();
    }

    private List<Map<String, Object>> ask(String question, Object... values) {
        try {
            return ledger.sql.rows(Files.readString(Path.of("src/main/resources/sql/console/" + question + ".sql"), StandardCharsets.UTF_8), values);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Map<String, Object>> claimed(String connection, int most) throws SQLException {
        return ledger.run("deliver/take.sql", Map.of("connection", connection, "most", most, "ahead", 0, "lease", 10, "settles", 0));
    }

    private List<String> claim(String connection, int most) throws SQLException {
        return claimed(connection, most).stream().map(row -> row.get("externalId").toString()).collect(Collectors.toCollection(ArrayList::new));
    }

    private void settleAll(String connection) throws SQLException {
        for (Map<String, Object> one : ledger.sql.rows("select call_id as call, external_id as \"externalId\" from delivery where state = 'sending' and connection = ?", connection)) {
            settle(one, "done", null);
        }
    }

    private void deliverAll(String connection) throws SQLException {
        if (connection.equals("wms")) {
            ledger.allow("wms", "at-once", 1000, 0, null);
        }
        while (!claim(connection, 100).isEmpty()) {
            settleAll(connection);
        }
    }

    private void refuseAll(String connection) throws SQLException {
        ledger.allow(connection, "at-once", 10, 0, null);
        for (Map<String, Object> one : claimed(connection, 10)) {
            settle(one, "hold", "refused again");
        }
    }

    private void settle(Map<String, Object> claimed, String outcome, String sentence) throws SQLException {
        Map<String, Object> parameters = new HashMap<>(Map.of("call", claimed.get("call"), "outcome", outcome, "patience", 8,
                "settles", 0, "grace", 0, "breaks", 100, "verb", "create"));
        parameters.put("remoteId", outcome.equals("hold") ? null : "R-" + claimed.get("externalId"));
        parameters.put("reason", outcome.equals("hold") ? "refused-by-target" : null);
        parameters.put("field", outcome.equals("hold") ? "shippingAddress.city" : null);
        parameters.put("sentence", sentence);
        ledger.end(parameters);
    }
}
