package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is acknowledged is taken in or named, whatever becomes of the log it stood in (L1): the real statements beside a log that loses its end, or is made anew. */
class IntakeLawIT {

    private static final int STEPS = 120;
    private static final String AT = "2026-11-27T10:00:00Z";

    @Test
    void aRecordThatWasNeverTakenInIsNotTakenForAKnownOne() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            ledger.append(Ledger.event(0, "a", 1), Ledger.event(1, "b", 1), Ledger.event(2, "c", 1));
            // When
            SQLException refused = assertThrows(SQLException.class, () -> ledger.append(Ledger.event(1, "d", 1)));
            // Then
            assertEquals("OW003", refused.getSQLState());
            assertEquals("ERROR: partition 0 of t: record 1 was never taken in, and stands below 3", refused.getMessage().lines().findFirst().orElseThrow());
        }
    }

    @Test
    void knownRecordsAreReadAgainWithoutANotice() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given: the second one brings the operation of the first under another name
            ObjectNode first = Ledger.event(0, "a", 1);
            ObjectNode again = first.deepCopy().put("offset", 1).put("ce_id", "another delivery");
            ledger.append(first, again);
            // When
            ledger.append(first, again, Ledger.event(2, "b", 1));
            // Then
            assertEquals(3, ledger.sql.number("select next_offset from intake"));
            assertEquals(2, ledger.sql.number("select count(*) from message"));
            assertEquals(1, ledger.sql.number("select sum(repeats) from message"));
        }
    }

    @Test
    void whatStandsStillGoesOnFromWhereAPersonSays() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given: 12 records were acknowledged, 10 of them are taken in
            Log log = new Log(ledger);
            log.acknowledge(12);
            log.poll(10);
            log.look();
            // When: the broker comes back without the last 5
            log.truncate(7);
            log.look();
            // Then
            assertEquals(Map.of("stopped_for", "log-behind", "lost_from", 10L, "lost_to", 12L), ledger.sql.rows("select stopped_for, lost_from, lost_to from intake").get(0));
            assertEquals("OW004", assertThrows(SQLException.class, () -> ledger.append(Ledger.event(10, "later", 1))).getSQLState());
            assertEquals("Partition 0 of t has the records 0 to 6: take in from one of them, or from 7 for what comes next.", refusal(() -> log.takeIn(9)));
            assertTrue(log.takeIn(null).contains("\"answer\": \"1 partition is taken in again. What may be gone is written down (partition 0: records 10 to 11).\""), "answer");
            assertEquals("Nothing of that stands still: everything that comes is taken in.", refusal(() -> log.takeIn(null)));
            assertEquals(1, ledger.sql.number("select count(*) from audit where action = 'intake.take-in' and by = 'somebody'"));
            assertEquals(0, ledger.sql.number("select next_offset from intake"));
        }
    }

    @Test
    void anotherLogThatEndsWhereTheKnownOneDidStopsOnce() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            Log log = new Log(ledger);
            log.acknowledge(4);
            log.poll(4);
            log.look();
            // When: the broker comes back without the last 2, and 2 others have their numbers
            log.truncate(2);
            log.acknowledge(2);
            log.look();
            assertEquals("other-records", ledger.sql.text("select stopped_for from intake"));
            log.takeIn(null);
            // Then: it is this log from now on
            log.look();
            log.look();
            assertEquals(0, ledger.sql.number("select count(*) from intake where stopped_at is not null"));
        }
    }

    @Test
    void aTopicThatWasMadeAgainIsCalledThatAlsoWhereAReaderCameFirst() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            Log log = new Log(ledger);
            log.acknowledge(4);
            log.poll(4);
            log.look();
            // When
            log.makeAnew();
            log.acknowledge(6);
            log.assign();
            log.poll(6);
            assertEquals("other-records", ledger.sql.text("select stopped_for from intake"));
            log.look();
            // Then
            assertEquals("other-topic", ledger.sql.text("select stopped_for from intake"));
        }
    }

    @Test
    void whatWaitsAndIsNotTakenInIsTold() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            Log log = new Log(ledger);
            log.acknowledge(5);
            log.poll(2);
            log.look("2026-11-27T10:00:00Z");
            log.look("2026-11-27T10:00:01Z");
            // When
            log.look("2026-11-27T10:01:02Z");
            // Then
            String told = "select sentence from intake_troubles('{\"zone\": \"UTC\"}', '%s')";
            assertEquals("3 events of t wait on Kafka, and nothing of partition 0 has been taken in since 2026-11-27 10:00.", ledger.sql.text(String.format(told, "2026-11-27T10:01:02Z")));
            log.poll(1);
            log.look("2026-11-27T10:01:03Z");
            assertEquals(0, ledger.sql.number("select count(*) from intake_troubles('{\"zone\": \"UTC\"}', '2026-11-27T10:09:00Z')"));
        }
    }

    @Test
    void recordsThatWereRemovedBeforeTheyWereTakenInAreNamed() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            Log log = new Log(ledger);
            log.acknowledge(9);
            log.poll(4);
            log.look();
            // When
            log.begin = 6;
            log.look();
            // Then
            assertEquals(Map.of("stopped_for", "records-gone", "lost_from", 4L, "lost_to", 6L), ledger.sql.rows("select stopped_for, lost_from, lost_to from intake").get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatWasAcknowledgedIsTakenInOrNamed(long seed) throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            Random random = new Random(seed);
            Log log = new Log(ledger);
            ObjectNode late = log.ask();
            // When: traffic, restarts of the reader, looks that come late, and now and then a broker that lost its end, or all of it
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(20);
                if (what < 8) {
                    log.acknowledge(1 + random.nextInt(6));
                } else if (what < 14) {
                    log.poll(1 + random.nextInt(8));
                } else if (what < 15) {
                    log.compare(late, AT);
                    late = log.ask();
                } else if (what < 17) {
                    log.look();
                } else if (what == 17) {
                    log.assign();
                } else if (what == 18) {
                    log.truncate(random.nextInt(log.records.size() + 1));
                } else if (random.nextInt(3) == 0) {
                    log.makeAnew();
                }
                if (random.nextInt(10) == 0 && log.standsStill()) {
                    log.takeIn(null);
                }
            }
            log.look();
            if (log.standsStill()) {
                log.takeIn(null);
            }
            log.drain();
            if (log.standsStill()) {
                log.takeIn(null);
                log.drain();
            }
            // Then
            Set<String> known = new TreeSet<>(ledger.sql.rows("select ce_id from message").stream().map(row -> (String) row.get("ce_id")).toList());
            for (ObjectNode record : log.records) {
                assertTrue(known.contains(record.get("ce_id").textValue()), () -> record + " stands in the log and was swallowed");
            }
            for (String acknowledged : log.mustBeNamed) {
                assertTrue(known.contains(acknowledged) || log.named.contains(acknowledged), () -> acknowledged + " was acknowledged, is gone, and nobody was told");
            }
            assertEquals(0, ledger.sql.number("select count(*) from intake i where records <> (select count(*) + sum(repeats) from message)"), "the books balance");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aLogThatOnlyGrowsNeverStandsStillHoweverLateALookIs(long seed) throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            Random random = new Random(seed);
            Log log = new Log(ledger);
            List<ObjectNode> looks = new ArrayList<>();
            // When: several look, and the ledger keeps some of them waiting while what came since is taken in
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(8);
                if (what < 2) {
                    log.acknowledge(1 + random.nextInt(6));
                } else if (what < 4) {
                    log.poll(1 + random.nextInt(8));
                } else if (what < 6) {
                    looks.add(log.ask());
                } else if (!looks.isEmpty()) {
                    log.compare(looks.remove(random.nextInt(looks.size())), AT);
                }
                // Then
                assertEquals(List.of(), ledger.sql.rows("select stopped_for, lost_from, lost_to from intake where stopped_at is not null or lost_from is not null"));
            }
            assertTrue(ledger.sql.number("select count(*) from captured_log where end_offset > 0") > 0, "nothing was ever looked at");
        }
    }

    private interface Command {
        void run() throws SQLException;
    }

    private static String refusal(Command command) {
        return assertThrows(SQLException.class, command::run).getMessage().lines().findFirst().orElseThrow().replaceFirst("^ERROR: ", "");
    }

    /** One partition as a broker keeps it, and the one who reads it, as Camel's Kafka consumer does with the offsets that the ledger says. */
    private static final class Log {

        private final Ledger ledger;
        private final List<ObjectNode> records = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        /** Acknowledged, lost since, and looked at before it was lost. */
        private final Set<String> mustBeNamed = new TreeSet<>();
        private final Set<String> named = new TreeSet<>();
        private final Map<Long, Set<String>> everAt = new LinkedHashMap<>();
        private int topic = 1;
        private int begin;
        private int position;
        private int made;
        private int looked;
        private boolean passedOver;

        Log(Ledger ledger) throws SQLException {
            this.ledger = ledger;
            assign();
        }

        void acknowledge(int many) {
            for (int i = 0; i < many; i++) {
                ObjectNode record = Ledger.event(records.size(), "o" + made++, 1);
                records.add(record);
                times.add((long) made);
                everAt.computeIfAbsent((long) records.size() - 1, none -> new TreeSet<>()).add(record.get("ce_id").textValue());
            }
        }

        void truncate(int size) {
            lose(size);
            while (records.size() > size) {
                records.remove(records.size() - 1);
                times.remove(times.size() - 1);
            }
        }

        void makeAnew() {
            lose(0);
            records.clear();
            times.clear();
            topic++;
        }

        private void lose(int from) {
            Set<Object> known = new TreeSet<>(ledger.sql.rows("select ce_id from message").stream().map(row -> (String) row.get("ce_id")).toList());
            // while it stands still nothing is counted as expected: a person is at it already
            if (!standsStill()) {
                records.subList(Math.min(from, records.size()), records.size()).stream().filter(record -> record.get("offset").longValue() < looked)
                        .map(record -> record.get("ce_id").textValue()).filter(id -> !known.contains(id)).forEach(mustBeNamed::add);
            }
            looked = Math.min(looked, from);
        }

        void look() throws SQLException {
            look(AT);
        }

        void look(String at) throws SQLException {
            compare(ask(), at);
        }

        /** What the ledger knows, and then what the broker says; the time of a record is its number in all that was ever made. */
        ObjectNode ask() throws SQLException {
            JsonNode before;
            try {
                before = Ledger.JSON.readTree((String) ledger.run("ledger/seen.sql", Map.of()).get(0).get("seen")).path("partitions").path(0);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            ObjectNode log = Ledger.JSON.createObjectNode().put("cluster", "k");
            ObjectNode row = log.putArray("partitions").addObject().put("topic", "t").put("partition", 0).put("topicId", String.valueOf(topic)).put("begin", begin).put("end", records.size());
            if (!before.isMissingNode()) {
                row.set("expected", before.get("expected"));
                row.set("known", before.get("known"));
                if (before.at("/known/mark").isNumber()) {
                    row.put("markAt", firstOf(before.at("/known/mark").longValue()));
                }
            }
            if (!records.isEmpty() && (!before.at("/known/mark").isNumber() || before.at("/known/end").intValue() != records.size())) {
                row.put("newMark", times.get(times.size() - 1)).put("newMarkAt", records.size() - 1);
            }
            return log;
        }

        void compare(ObjectNode log, String at) throws SQLException {
            boolean stopped = (Boolean) ledger.run("ledger/look.sql", Map.of("log", log.toString(), "now", at)).get(0).get("stopped");
            looked = (int) ledger.sql.number("select end_offset from captured_log");
            ledger.sql.rows("select lost_from, lost_to from intake where lost_from is not null").forEach(row -> {
                for (long offset = (Long) row.get("lost_from"); offset < (Long) row.get("lost_to"); offset++) {
                    named.addAll(everAt.getOrDefault(offset, Set.of()));
                }
            });
            if (!stopped && passedOver) {
                assign();
            }
        }

        private long firstOf(long time) {
            for (int offset = 0; offset < times.size(); offset++) {
                if (times.get(offset) >= time) {
                    return times.get(offset) == time ? offset : -1;
                }
            }
            return -1;
        }

        void assign() throws SQLException {
            passedOver = false;
            long next = ((Number) ledger.run("ledger/assign.sql", "t", 0).get(0).get("next_offset")).longValue();
            long place = Math.max(0, next - 1);
            // out of range: from the earliest
            position = (int) (place > records.size() ? begin : place);
        }

        void poll(int most) throws SQLException {
            if (position > records.size()) {
                position = begin;
            }
            List<ObjectNode> batch = records.subList(Math.min(position, records.size()), Math.min(records.size(), position + most));
            if (batch.isEmpty()) {
                return;
            }
            try {
                ledger.append(batch.toArray(ObjectNode[]::new));
            } catch (SQLException refused) {
                if (refused.getSQLState().equals("OW002")) {
                    assign();
                    return;
                }
                if (refused.getSQLState().equals("OW003")) {
                    ledger.run("ledger/stop.sql", "t", 0);
                } else {
                    assertEquals("OW004", refused.getSQLState(), refused.getMessage());
                }
                passedOver = true;
            }
            position += batch.size();
        }

        void drain() throws SQLException {
            assign();
            for (int i = 0; i < 3 + records.size(); i++) {
                poll(7);
            }
        }

        boolean standsStill() {
            return ledger.sql.number("select count(*) from intake where stopped_at is not null or lost_from is not null") > 0;
        }

        String takeIn(Integer offset) throws SQLException {
            Map<String, Object> asked = new LinkedHashMap<>(Map.of("by", "somebody", "now", AT));
            if (offset != null) {
                asked.putAll(Map.of("topic", "t", "partition", 0, "offset", offset));
            }
            String answer = (String) ledger.run("ledger/take-in.sql", asked).get(0).get("answer");
            assign();
            return answer;
        }
    }
}
