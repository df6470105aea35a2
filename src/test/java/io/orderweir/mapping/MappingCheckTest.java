package io.orderweir.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mounted connector whose mapping a long text makes slow refuses the start, wherever in its routes the mapping stands. */
class MappingCheckTest {

    private static final String ROUTE = """
            - route:
                id: acme.order.map
                from:
                  uri: direct:acme.order.map
                  steps:
                    - choice:
                        when:
                          - simple: ${body} != null
                            steps:
                              - transform:
                                  jq:
                                    expression: '%s'
            """;

    @TempDir
    private Path connector;

    @Test
    void aSlowExpressionInAFileIsNamedWithItsLine() throws Exception {
        Path mapping = Files.writeString(connector.resolve("order.in.jq"), "# an order\n.name |= gsub(\"\\\\s+$\"; \"\")\n");
        String refusal = refusal("resource:file:" + mapping);
        assertTrue(refusal.startsWith("file:" + mapping + ": line 2: the regular expression \\\\s+$ may take for ever on a long text: a repeat without an end is tried from every character,"
                + " and what follows it may fail. Anchor it, count its repeats ({1,20}), or use trim, ltrimstr, split or startswith"), refusal);
    }

    @Test
    void oneThatStandsInTheRouteIsNamedWithTheRoute() {
        assertTrue(refusal("test(.regex)").startsWith("acme.order.map: line 1: the regular expression may take for ever"), refusal("test(.regex)"));
    }

    @Test
    void aQuickOneStarts() throws Exception {
        start(ROUTE.formatted("test(\"^[0-9]{1,20}$\")")).close();
        assertEquals(0, MappingCheck.slow(".a | trim").size());
    }

    private static String refusal(String expression) {
        Throwable refused = assertThrows(Exception.class, () -> start(ROUTE.formatted(expression)));
        while (refused.getCause() != null) {
            refused = refused.getCause();
        }
        return refused.getMessage();
    }

    private static DefaultCamelContext start(String yaml) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("trim/0", new Trim());
        new MappingCheck().configure(camel);
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("acme.camel.yaml", yaml));
        camel.start();
        return camel;
    }
}
