package io.orderweir.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.capability.Configured;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a connection can be tested from this process, and why not. */
class TestCallTest {

    @ParameterizedTest
    @CsvSource({"'capture,process,deliver,console',wms,,", "console,wms,unreadable,This process has no credentials of The warehouse",
        "'deliver,console',pager,unreadable,The connector pager has no read to test with"})
    void whatCannotBeTestedSaysWhy(String roles, String system, String outcome, String reason) throws Exception {
        // Given
        Map<String, String> keys = Map.of("orderweir.roles", roles, "orderweir.connections.one.system", system);
        TestCall test = new TestCall();
        test.connections = Configured.connections(keys);
        test.settings = Configured.settings(keys);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:wms.test").routeId("wms.test").log("asked");
                }
            });
            camel.start();
            Exchange asked = new DefaultExchange(camel);
            Map.of("connection", "one", "system", system, "label", "The warehouse").forEach(asked::setVariable);
            // When
            test.test(asked);
            // Then
            assertEquals(outcome, asked.getVariable("outcome"));
            assertEquals(reason, asked.getVariable("reason") == null ? null : asked.getVariable("reason", String.class).split(":")[0]);
        }
    }
}
