package io.orderweir.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real single-node Kafka broker on loopback, its data in one directory. */
class EmbeddedKafka {
    private static final String USER = "orderweir";
    private final Path data;
    private final int port;
    private final int controllerPort;
    private volatile KafkaRaftServer server;

    EmbeddedKafka(Path data, int port, int controllerPort) {
        this.data = data;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    void start() throws Exception {
        FreePorts.require(port, EmbeddedServices.KAFKA_PORT);
        Directories.make(data);
        if (!Files.exists(data.resolve("meta.properties"))) {
            formatter().run();
        }
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            throw new Refusal("Kafka did not start on " + bootstrapServers() + " with " + data + ": " + e.getMessage(), e);
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    /** The password of its one user. */
    static Path keyOf(Path data) {
        return data.resolveSibling("kafka.key");
    }

    /** Who has it may do everything; others on the machine may do nothing. See kafka.apache.org, "Authentication using SASL/PLAIN". */
    static String login(String key) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\"" + key + "\"";
    }

    Formatter formatter() throws IOException {
        return new Formatter().setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString()).setNodeId(1)
                .setControllerListenerName("CONTROLLER").setMetadataLogDirectory(data.toString()).addDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION).setIgnoreFormatted(true);
    }

    Properties properties() throws IOException {
        String broker = "BROKER://" + bootstrapServers();
        String controller = "CONTROLLER://127.0.0.1:" + controllerPort;
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners", broker + "," + controller,
                "advertised.listeners", broker,
                "inter.broker.listener.name", "BROKER",
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
                "log.dirs", data.toString()));
        String key = OwnKey.of(keyOf(data));
        String known = login(key) + " user_" + USER + "=\"" + key + "\";";
        properties.putAll(Map.of(
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "sasl.mechanism.controller.protocol", "PLAIN",
                "listener.name.broker.plain.sasl.jaas.config", known,
                "listener.name.controller.plain.sasl.jaas.config", known));
        // one node: every internal topic has one copy
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1"));
        // after kill -9 the broker waits for its old session to end; the usual 9 s made a restart take 13 s
        properties.putAll(Map.of(
                "broker.session.timeout.ms", "1500",
                "broker.heartbeat.interval.ms", "300",
                "controller.quorum.election.timeout.ms", "200",
                "controller.quorum.election.backoff.max.ms", "200",
                "group.initial.rebalance.delay.ms", "0",
                // only segments not yet flushed are read again after kill -9
                "log.segment.bytes", String.valueOf(128 * 1024 * 1024)));
        properties.putAll(Map.of(
                "message.max.bytes", String.valueOf(6 * 1024 * 1024), // bodies of 5 MB and their headers
                "log.retention.hours", String.valueOf(14 * 24),
                "offsets.retention.minutes", String.valueOf(28 * 24 * 60),
                // what is acknowledged is on the disk: a power cut loses no more than the ledger does
                "log.flush.interval.messages", "1",
                "num.partitions", "12",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024)));
        return properties;
    }
}
