package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capture.RouteCheck;
import io.orderweir.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector that would lose what it captures, or take another one's place, refuses the start with its file and the way out. */
class RouteCheckTest {

    private static final String CAPTURE = "- route: { id: capture, from: { uri: direct:capture, steps: [ { log: kept } ] } }";
    private static final String NAME = """
            - route:
                id: acme.name
                from:
                  uri: direct:acme.name
                  steps:
                    - choice:
                        when:
                          - simple: ${variable.topic} == 'x'
                            steps:
                              - %s
                        otherwise:
                          steps:
                            - setVariable: { name: type, constant: unknown }
                    - to: { uri: direct:capture }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"setVariable: { name: type, constant: stock }", "setVariables: { variables: [ { name: topic, constant: t }, { name: type, constant: stock } ] }",
            "setVariable: { name: type, simple: stock }"})
    void aTypeNobodyDeclaredRefusesTheStartOfItsConnector(String says) {
        // Given a connector that answers 202 to what would lie in a topic nobody reads and no book counts
        String refusal = refusal(CAPTURE, NAME.formatted(says));
        // Then
        assertEquals("acme.name (part-1.camel.yaml): it captures events of the type 'stock', which nobody reads; say order, product or signal,"
                + " or unknown, of which the kind is noted and nothing else is done; or mount a folder of that name with orderweir.types.dir", refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"setVariable: { name: type, constant: order }", "setVariable: { name: type, constant: unknown }", "setVariable: { name: type, simple: '${variable.kind}' }",
            "setVariable: { name: type, variable: kind }", "setVariable: { name: kind, constant: stock }"})
    void whatCanBeReadOrIsOnlyKnownLaterIsLeftAlone(String says) throws Exception {
        start(CAPTURE, NAME.formatted(says)).close();
    }

    @Test
    void whatAnotherRouteCallsATypeIsItsOwnMatter() throws Exception {
        start(CAPTURE, "- route: { id: acme.order.map, from: { uri: direct:acme.order.map, steps: [ { setVariable: { name: type, constant: stock } } ] } }").close();
    }

    @Test
    void twoConnectorsAtOneDoorOrOfOneNameRefuseTheStartWithBothFiles() {
        assertEquals("acme.capture (part-0.camel.yaml) and shop.capture (part-1.camel.yaml) both read seda:/capture/acme/{connection}: what comes would be one's alone."
                + " Rename one; a connector's own names begin with its system",
                refusal("- route: { id: acme.capture, from: { uri: 'seda:/capture/acme/{connection}', steps: [ { log: a } ] } }",
                        "- route: { id: shop.capture, from: { uri: 'seda:/capture/acme/{connection}', parameters: { size: 7 }, steps: [ { log: b } ] } }"));
        assertTrue(refusal(CAPTURE, NAME.formatted("log: a"), NAME.formatted("log: b").replace("id: acme.name", "id: shop.name"))
                .startsWith("acme.name (part-1.camel.yaml) and shop.name (part-2.camel.yaml) both read direct:acme.name: "));
    }

    @Test
    void routesOfOneTemplateReadEachTheirOwn() throws Exception {
        start("- routeTemplate: { id: door, parameters: [ { name: system } ], from: { uri: 'seda:{{system}}', steps: [ { log: a } ] } }",
                "- templatedRoute: { routeTemplateRef: door, routeId: a, parameters: [ { name: system, value: a } ] }",
                "- templatedRoute: { routeTemplateRef: door, routeId: b, parameters: [ { name: system, value: b } ] }").close();
    }

    @Test
    void ofOnePathEachMethodIsADoorOfItsOwn() throws Exception {
        String reads = "- route: { id: %s, from: { uri: 'platform-http:/acme', parameters: { httpMethodRestrict: %s }, steps: [ { log: a } ] } }";
        assertTrue(refusal(reads.formatted("a", "POST"), reads.formatted("b", "POST")).contains(" both read platform-http:/acme POST: "));
        assertFalse(refusal(reads.formatted("a", "POST"), reads.formatted("b", "GET")).contains(" both read "), "no HTTP server is here to start them");
    }

    /** What the start is refused with. */
    private static String refusal(String... yaml) {
        Throwable refused = assertThrows(Exception.class, () -> start(yaml));
        while (refused.getCause() != null) {
            refused = refused.getCause();
        }
        return refused.getMessage();
    }

    private static DefaultCamelContext start(String... yaml) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        new RouteCheck(Types.packaged()).configure(camel);
        List<Resource> files = new ArrayList<>();
        for (String text : yaml) {
            files.add(ResourceHelper.fromString("part-" + files.size() + ".camel.yaml", text));
        }
        PluginHelper.getRoutesLoader(camel).loadRoutes(files);
        camel.start();
        return camel;
    }
}
