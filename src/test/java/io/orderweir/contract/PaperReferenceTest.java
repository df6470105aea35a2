package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A connector that knows two things of its target has both when it is tried: the second one does not take the place of the first. */
class PaperReferenceTest {

    private final PaperReference ledger = new PaperReference();

    @Test
    void allThatWasFetchedIsRead() {
        // Given
        assertEquals(List.of(), names());
        fetched("currencies", "{\"USD\":7}");
        fetched("countries", "{\"US\":1}");
        // Then
        assertEquals(List.of("countries", "currencies"), names());
        // and the newest of a name
        fetched("countries", "{\"US\":2}");
        assertEquals("{\"US\":2}", ((Map<?, ?>) rows().get(0)).get("content"));
        assertEquals(2, rows().size());
    }

    private void fetched(String name, String known) {
        Exchange statement = statement("reference-keep");
        statement.setVariable("asksFor", name);
        statement.setVariable("known", known);
        statement.setVariable("keptFor", 60.0);
        ledger.answer(statement);
    }

    private List<?> names() {
        return rows().stream().map(row -> ((Map<?, ?>) row).get("name")).toList();
    }

    private List<?> rows() {
        Exchange statement = statement("reference-read");
        ledger.answer(statement);
        return statement.getMessage().getBody(List.class);
    }

    private static Exchange statement(String name) {
        Exchange statement = new DefaultExchange(new DefaultCamelContext());
        statement.setProperty(Exchange.TO_ENDPOINT, "sql://classpath:sql/deliver/" + name + ".sql");
        return statement;
    }
}
