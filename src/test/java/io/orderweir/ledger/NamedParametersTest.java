package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class NamedParametersTest {

    private final NamedParameters parameters = new NamedParameters();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void everyParameterBecomesAQuestionMarkAndNothingElseDoes() {
        assertEquals("select ?::text, '12:30:00', a->>'x' from t where id = ? and at < ?::timestamptz",
                parameters.prepareQuery("select :?${variable.name}::text, '12:30:00', a->>'x' from t where id = :?id and at < :?${variable.now}::timestamptz", true, exchange));
    }

    @Test
    void valuesComeInTheOrderOfTheTextAndAsOftenAsItNamesThem() {
        exchange.setVariable("name", "x");
        exchange.setVariable("id", 7);
        assertEquals(List.of("x", 7, "x"), values(":?${variable.name} :?id :?${variable.name}", null));
    }

    @Test
    void anInputIsAVariableWhateverBodyAndHeadersAreCalled() {
        exchange.setVariable("connection", "wms");
        exchange.getMessage().setHeader("connection", "keep-alive");
        exchange.getMessage().setHeader("reason", "a header");
        assertEquals(Arrays.asList("wms", null), values(":?connection :?${variable.reason}", Map.of("connection", "a body", "reason", "a body")));
        assertThrows(IllegalArgumentException.class, () -> values(":?reason", Map.of("reason", "a body")));
    }

    @Test
    void theOneFormMayBeAbsentAndTheOtherSaysWhatIsMissing() {
        assertEquals(Arrays.asList((Object) null), values(":?${variable.reason}", Map.of()));
        IllegalArgumentException missing = assertThrows(IllegalArgumentException.class, () -> values(":?reason", "a body that is no map"));
        assertTrue(missing.getMessage().contains(":#reason"), missing::getMessage);
    }

    @Test
    void aRouteNeedNotSayHowManyInputsItsStatementHas() throws Exception {
        // Given
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("ledger", new DriverManagerDataSource());
        parameters.configure(camel);

        // When
        SqlEndpoint given = camel.getEndpoint("sql:classpath:sql/hold/take-steps.sql?dataSource=#ledger", SqlEndpoint.class);
        Exception missing = assertThrows(Exception.class, () -> camel.getEndpoint("sql:classpath:sql/hold/nothing.sql?dataSource=#ledger"));

        // Then
        assertEquals(2, given.getParametersCount());
        assertTrue(missing.getMessage().contains("sql/hold/nothing.sql"), missing::getMessage);
    }

    private List<Object> values(String query, Object body) {
        List<Object> values = new ArrayList<>();
        parameters.createPopulateIterator(query, null, 1, exchange, body).forEachRemaining(values::add);
        return values;
    }
}
