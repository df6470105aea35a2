package io.orderweir.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capability.Configured;
import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.hold.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one record may cost: the clock here goes on by a millisecond whenever it is looked at. */
class BudgetTest {

    /** Some thousand calls, and it would go on whatever failed. */
    private static final String WORK = "[range(5000) | try tostring catch \"caught\"] | length";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private long clock;
    private final Budget budget = new Budget(Duration.ofMillis(20), () -> clock += 1_000_000);

    @BeforeEach
    void start() {
        camel.getRegistry().bind("trim/0", new Trim());
        budget.configure(camel);
        camel.start();
    }

    @AfterEach
    void stop() throws IOException {
        camel.close();
    }

    @Test
    void whatTakesTooLongIsGivenUpWhateverItCatches() {
        // Given a record with its time
        Exchange record = record();

        // When it takes more, Then the mapping ends there, and the hold says why
        RuntimeCamelException given = assertThrows(RuntimeCamelException.class, () -> map(WORK, record));
        assertInstanceOf(TooCostly.class, given.getCause());
        assertEquals("too-costly", new Sentence(Configured.connectors(Map.of())).forError(null, given).reason());
        assertTrue(clock < 40_000_000, "it went on until " + clock);
    }

    @Test
    void theNextRecordHasATimeOfItsOwn() {
        Exchange first = record();
        assertThrows(RuntimeCamelException.class, () -> map(WORK, first));
        assertThrows(RuntimeCamelException.class, () -> map(WORK, first), "all mappings of a record share one time");

        assertEquals(100, map("[range(100) | tostring] | length", record()).intValue());
    }

    @Test
    void whatIsNoRecordHasNoEnd() {
        assertEquals(5_000, map(WORK, new DefaultExchange(camel)).intValue());
    }

    @Test
    void whatBecomesOfItLaterAndElsewhereHasNoEnd() throws Exception {
        // Given the word that something may be due, which process gives on with all that its exchange knows
        Exchange record = record();
        assertThrows(RuntimeCamelException.class, () -> map(WORK, record));
        Exchange due = record.copy();
        // When another thread maps a delivery, Then the time of the record is not its own
        assertEquals(5_000, CompletableFuture.supplyAsync(() -> map(WORK, due).intValue()).get());
    }

    @Test
    void ourOwnFunctionsAreWatchedToo() {
        Exchange record = record();
        assertThrows(RuntimeCamelException.class, () -> map("[range(5000) | \" a \" | trim] | length", record));
    }

    @Test
    void whatGoesTooDeepIsGivenUpAsAnExceptionThatARouteCatches() {
        assertInstanceOf(TooCostly.class, assertThrows(RuntimeCamelException.class, () -> map("def deeper: [.] | select(true) | deeper; deeper", new DefaultExchange(camel))).getCause());
    }

    private Exchange record() {
        Exchange record = new DefaultExchange(camel);
        budget.begin(record);
        return record;
    }

    private JsonNode map(String jq, Exchange exchange) {
        exchange.getMessage().setBody("{}");
        return camel.resolveLanguage("jq").createExpression(jq).evaluate(exchange, JsonNode.class);
    }
}
