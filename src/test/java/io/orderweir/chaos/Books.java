package io.orderweir.chaos;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.type.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The engine's end: what the ledger and the topic say, each in one look. */
final class Books {
    private final BlackFriday day;

    Books(BlackFriday day) {
        this.day = day;
    }

    /** Nothing was taken in without a trace, and nothing planned without a row: true at any moment. */
    void balance() {
        assertEquals(List.of(), day.sql().rows("""
                select i.topic, i.partition, i.records, i.next_offset, coalesce(m.messages, 0) as messages
                from orderweir.intake i
                left join (select topic, partition, count(*) as messages from orderweir.message group by topic, partition) m using (topic, partition)
                where i.records <> i.next_offset or i.records < coalesce(m.messages, 0)"""), "partitions that skipped a record");
        assertEquals(List.of(), day.sql().rows("""
                select * from (
                  select (select sum(records) from orderweir.intake) as records,
                         (select count(*) + sum(repeats) from orderweir.message) as accounted) l1
                where records <> accounted"""), "records taken in are messages or repeats");
        assertEquals(List.of(), day.sql().rows("""
                select m.id, m.planned, count(d.id) as rows
                from orderweir.message m
                left join orderweir.delivery d on d.message_id = m.id
                group by m.id
                having m.planned <> count(d.id)"""), "messages with another number of deliveries than planned");
    }

    /** In no lane was a call made for an older version after one for a newer. */
    void inOrder() {
        assertEquals(List.of(), day.sql().rows("""
                select * from (
                  select d.lane_id, d.seq, c.called_at, max(d.seq) over (partition by d.lane_id order by c.called_at) as newest
                  from orderweir.call_item i
                  join orderweir.call_log c on c.id = i.call_id and c.ended_at = i.ended_at
                  join orderweir.delivery d on d.id = i.delivery_id) calls
                where seq < newest"""), "calls that were overtaken");
    }

    /** Everything sent is taken in, everything taken in is where it stays, every permit is back. */
    void awaitQuiet(Duration patience) {
        await("all webhooks answered 2xx").atMost(patience).pollInterval(Duration.ofMillis(500)).until(day.store::isDone);
        await("the topic read to its end").atMost(patience).pollInterval(Duration.ofMillis(500)).untilAsserted(() ->
                assertEquals(0, lag()));
        await("nothing left to send").atMost(patience).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertEquals(Map.of(), unfinished()));
        await("permits given back").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertEquals(List.of(),
                day.sql().rows("select connection, limit_name, slot, free_at, holder from orderweir.permit where free_at > clock_timestamp()")));
        assertEquals(0, day.sql().number("select count(*) from orderweir.connection_state where paused_at is not null"), "connections paused");
    }

    private Map<Object, Object> unfinished() {
        Map<Object, Object> unfinished = new HashMap<>();
        day.sql().rows("""
                select connection || ' ' || state as what, count(*) as n
                from orderweir.delivery
                where state in ('sending', 'unsure') or state = 'ready' and not stopped
                group by 1""").forEach(row -> unfinished.put(row.get("what"), row.get("n")));
        return unfinished;
    }

    /** Records on the topics that the ledger has not taken in. */
    private long lag() {
        try (Admin admin = Admin.create(day.tenant.kafka())) {
            List<String> topics = Stream.concat(Types.packaged().names().stream(), Stream.of(Types.UNKNOWN)).map(day.tenant::topic).toList();
            Map<TopicPartition, OffsetSpec> ends = admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            long written = admin.listOffsets(ends).all().get().values().stream().mapToLong(end -> end.offset()).sum();
            return written - day.sql().number("select sum(next_offset) from orderweir.intake");
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The states of everything planned for each external id. */
    Map<String, List<String>> states() {
        return day.sql().rows("select external_id, string_agg(distinct state, ',') as states from orderweir.delivery group by external_id").stream()
                .collect(Collectors.toMap(row -> (String) row.get("external_id"), row -> List.of(((String) row.get("states")).split(","))));
    }

    /** Orders with an open hold, by their name, with the sentence. */
    List<String> holds() {
        return day.sql().rows("""
                select e.name || ': ' || h.sentence as hold
                from orderweir.hold h
                join orderweir.message m on m.id = h.message_id
                join orderweir.entity e on e.id = m.entity_id
                where h.closed_at is null
                order by h.id""").stream().map(row -> (String) row.get("hold")).toList();
    }
}
