package io.orderweir.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Broker;
import io.orderweir.connection.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker which captured topics it has, and where each of their partitions begins and ends. A mark tells whether it is still the same log: the first record
 * of a certain time stands where it stood, unless records before it were lost.
 */
@ApplicationScoped
@Named("capturedLog")
@RegisterForReflection
public class CapturedLog {

    @Inject
    Settings settings;

    @Inject
    ObjectMapper json;

    @Inject
    Broker broker;

    private Admin admin;
    private Witness witness;

    /**
     * The log as db/functions/intake/R__intake_look.sql compares it, as JSON text.
     *
     * @param seen what sql/ledger/seen.sql says, asked before
     * @throws ExecutionException the broker does not answer
     */
    public String look(String seen) throws ExecutionException, InterruptedException, JsonProcessingException {
        try {
            String log = compared(seen);
            broker.answers();
            return log;
        } catch (ExecutionException e) {
            broker.tell(e);
            throw e;
        }
    }

    private synchronized String compared(String seen) throws ExecutionException, InterruptedException, JsonProcessingException {
        if (admin == null) {
            admin = Admin.create(broker.properties());
            witness = new Witness(settings.topics().prefix().orElse(""));
        }
        String prefix = settings.topics().prefix().orElse("");
        String captured = prefix + "orderweir.captured.";
        List<String> topics = admin.listTopics().names().get().stream().filter(name -> name.startsWith(captured)).toList();
        Map<String, TopicDescription> described = admin.describeTopics(topics).allTopicNames().get();
        Set<TopicPartition> partitions = new HashSet<>();
        described.forEach((topic, description) -> description.partitions().forEach(one -> partitions.add(new TopicPartition(topic, one.partition()))));
        JsonNode ledger = json.readTree(seen);
        Map<TopicPartition, JsonNode> before = new HashMap<>();
        Map<TopicPartition, OffsetSpec> sought = new HashMap<>();
        for (JsonNode row : ledger.get("partitions")) {
            TopicPartition partition = new TopicPartition(row.get("topic").textValue(), row.get("partition").intValue());
            before.put(partition, row);
            if (partitions.contains(partition) && row.at("/known/mark").isNumber()) {
                sought.put(partition, OffsetSpec.forTimestamp(row.at("/known/mark").longValue()));
            }
        }
        // the marks first: what comes to the log meanwhile does not move them
        Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(sought).all().get();
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        // where something came, or a person has just said that this is the log
        offsets(partitions.stream().filter(one -> !before.containsKey(one) || ends.get(one).offset() != before.get(one).at("/known/end").longValue()
                || ends.get(one).offset() > begins.get(one).offset() && !before.get(one).at("/known/mark").isNumber()).collect(Collectors.toSet()), OffsetSpec.maxTimestamp())
                .forEach((partition, last) -> {
                    if (last.offset() >= 0) {
                        latest.put(partition, OffsetSpec.forTimestamp(last.timestamp()));
                    }
                });
        Map<TopicPartition, ListOffsetsResultInfo> marked = admin.listOffsets(latest).all().get();
        ObjectNode log = json.createObjectNode().put("cluster", admin.describeCluster().clusterId().get());
        ArrayNode rows = log.putArray("partitions");
        for (TopicPartition one : partitions) {
            ObjectNode row = rows.addObject().put("topic", one.topic()).put("partition", one.partition()).put("topicId", described.get(one.topic()).topicId().toString())
                    .put("begin", begins.get(one).offset()).put("end", ends.get(one).offset());
            if (before.containsKey(one)) {
                row.set("expected", before.get(one).get("expected"));
                row.set("known", before.get(one).get("known"));
            }
            if (found.containsKey(one)) {
                // a later one in its place is another record
                row.put("markAt", found.get(one).timestamp() == before.get(one).at("/known/mark").longValue() ? found.get(one).offset() : -1);
            }
            if (marked.containsKey(one) && marked.get(one).offset() >= 0) {
                row.put("newMark", marked.get(one).timestamp()).put("newMarkAt", marked.get(one).offset());
            }
        }
        witness.look(admin, partitions, ledger, log);
        return log.toString();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Set<TopicPartition> partitions, OffsetSpec which) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(one -> asked.put(one, which));
        return admin.listOffsets(asked).all().get();
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
