package io.orderweir.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything an operator may set under {@code orderweir.*}; a key that is not here refuses the start. */
@ConfigMapping(prefix = "orderweir")
public interface Settings {

    @WithDefault("capture,process,deliver,console")
    List<String> roles();

    Capture capture();

    Console console();

    Map<String, Connection> connections();

    /** The door for webhooks. */
    interface Capture {
        @WithDefault("2M")
        MemorySize maxBody();

        /** Longer than any storefront goes on repeating a delivery; what is older is flagged, never refused. */
        @WithDefault("4H")
        Duration oldAfter();

        /** Partitions of the captured topics when they are created; more later would break the order per key. */
        @WithDefault("12")
        int partitions();

        /** Copies of the captured topics when they are created; -1 leaves it to the broker. */
        @WithDefault("-1")
        short replicas();
    }

    /** The page and the API for people. */
    interface Console {
        /** Without it a new one is made at every start, and printed. */
        Optional<String> key();
    }

    /** One account on one system. */
    interface Connection {
        String system();

        Optional<String> url();

        Optional<String> label();

        @WithDefault("UTC")
        ZoneId zone();

        /** All are accepted at once, so that a secret can be rotated. */
        Optional<List<String>> secrets();

        /** One secret per line, for secrets mounted as files. */
        Optional<Path> secretsFile();

        @WithDefault("10S")
        Duration timeout();

        /** How long a request may still be under way after our time-out. */
        @WithDefault("1S")
        Duration grace();

        /** How long the target may still work on an unanswered call. */
        @WithDefault("30S")
        Duration settlesWithin();

        Map<String, String> settings();

        Map<String, String> credentials();

        Map<String, Limit> limits();
    }

    /** N calls in every window. */
    interface Limit {
        int calls();

        Duration window();
    }
}
