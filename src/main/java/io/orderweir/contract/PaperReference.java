package io.orderweir.contract;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.Exchange;

/** What the ledger keeps of the reference data of the one account, on paper: all that the descriptor lists under {@code knows}. Every other statement finds nothing. */
final class PaperReference {

    private final Map<String, Map<String, Object>> kept = new ConcurrentSkipListMap<>();

    /** Answers sql/deliver/reference-keep.sql and reference-read.sql. */
    void answer(Exchange statement) {
        String uri = String.valueOf(statement.getProperty(Exchange.TO_ENDPOINT));
        if (uri.contains("reference-keep")) {
            String name = statement.getVariable("asksFor", String.class);
            Duration keptFor = Duration.ofMillis((long) (1_000 * statement.getVariable("keptFor", Double.class)));
            kept.put(name, Map.of("name", name, "content", statement.getVariable("known", String.class), "keptUntil", Timestamp.from(Instant.now().plus(keptFor))));
        }
        statement.getMessage().setBody(uri.contains("reference-read") ? List.copyOf(kept.values()) : List.of());
    }
}
