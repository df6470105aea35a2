package io.orderweir.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The routes of two revisions of a folder stand beside each other. */
class RenamedTest {

    @Test
    void idsAndNamesAndFilesOfTheFolderCarryItsRevisionAndNothingElseDoes() {
        String yaml = """
                # acme.call is what direct:acme.order.create leads to
                - route:
                    id: acme.order.create
                    from:
                      uri: "direct:acme.order.create"
                      steps:
                        - transform: { id: "acme.map", jq: { expression: resource:connector:acme/order.out.jq } }
                        - setVariable: { name: url, constant: https://acme.example/acme.html }
                        - setVariable: { name: path, constant: /direct/acme. }
                        - to: direct:acme.call
                        - to: direct:acme-eu.call
                        - to: direct:call
                        - toD: direct:acme.order.${variable.verb}
                        - to: { uri: seda:acme.later }
                    group: acme
                """;
        assertEquals("""
                # acme.call is what direct:acme_7.order.create leads to
                - route:
                    id: acme_7.order.create
                    from:
                      uri: "direct:acme_7.order.create"
                      steps:
                        - transform: { id: "acme_7.map", jq: { expression: resource:connector:acme_7/order.out.jq } }
                        - setVariable: { name: url, constant: https://acme.example/acme.html }
                        - setVariable: { name: path, constant: /direct/acme. }
                        - to: direct:acme_7.call
                        - to: direct:acme-eu.call
                        - to: direct:call
                        - toD: direct:acme_7.order.${variable.verb}
                        - to: { uri: seda:acme_7.later }
                    group: acme
                """, new String(Renamed.routes(yaml.getBytes(StandardCharsets.UTF_8), "acme", "acme_7"), StandardCharsets.UTF_8));
    }
}
