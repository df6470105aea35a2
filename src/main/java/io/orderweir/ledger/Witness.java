package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.type.Types;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker knows of the ledger: a number that grows with its calls (origin.witness), kept as the committed offset of a group that reads nothing. A ledger whose
 * files were put back knows a smaller one. A broker forgets what a group without readers committed after a week (offsets.retention.minutes), so it is told every hour.
 */
final class Witness {

    private static final int LOOKS_AN_HOUR = 3600;

    private final String group;
    private final TopicPartition place;
    private long told = -1;
    private int looks;

    /** @param prefix of the topics, or empty */
    Witness(String prefix) {
        group = prefix + "orderweir.ledger";
        place = new TopicPartition(prefix + "orderweir.captured." + Types.packaged().order().type(), 0);
    }

    /**
     * Tells the broker, or asks it where the ledger must know.
     *
     * @param partitions the broker has
     * @param seen what sql/ledger/seen.sql says
     * @param log gets {@code witness} where the ledger asks for it: the number, or null when the broker has none
     */
    void look(Admin admin, Set<TopicPartition> partitions, JsonNode seen, ObjectNode log) throws ExecutionException, InterruptedException {
        long number = seen.get("witness").longValue();
        if (seen.get("compare").booleanValue()) {
            OffsetAndMetadata known = !partitions.contains(place) ? null : admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(place);
            log.put("witness", known == null ? null : (Long) known.offset());
        } else if (partitions.contains(place) && (looks++ % LOOKS_AN_HOUR == 0 || number != told)) {
            admin.alterConsumerGroupOffsets(group, Map.of(place, new OffsetAndMetadata(number))).all().get();
            told = number;
        }
    }
}
