package io.orderweir.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder that is mounted is a connector like those that are packaged, and what is wrong in it is named with its file, its line and the way out. */
class MountedConnectorsTest {

    @TempDir
    Path mounted;

    @Test
    void aMountedFolderStandsBesideThePackagedOnes() throws Exception {
        // Given
        write("acme-erp/connector.yaml", "system: acme-erp\nlabel: Acme ERP\nports: { order: { create: { repeatable: true }, update: {}, find: {} } }\n");
        write("acme-erp/routes.camel.yaml", "- route: { from: { uri: direct:acme-erp.order.create } }");
        write("acme-erp/order.out.jq", ".order");
        write("README.md", "ours");
        // When
        Connectors connectors = Connectors.in(mounted.toString());
        // Then
        Connector acme = connectors.find("acme-erp").orElseThrow();
        assertEquals("Acme ERP", acme.label());
        assertTrue(acme.delivers());
        assertFalse(acme.tells());
        assertEquals("create", acme.repeatable("order"));
        assertEquals("NetSuite", connectors.find("netsuite").orElseThrow().label());
        List<String> routes = connectors.routeFiles().toList();
        assertTrue(routes.contains("file:" + mounted.resolve("acme-erp/routes.camel.yaml")), routes.toString());
        assertTrue(routes.contains("classpath:connectors/netsuite/routes.camel.yaml"), routes.toString());
    }

    @Test
    void aRouteNamesAFileOfAFolderInOneWayWhereverItStands() throws Exception {
        // Given
        write("acme-erp/connector.yaml", "system: acme-erp\nlabel: Acme ERP\n");
        write("acme-erp/order.out.jq", ".order.name");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind(ConnectorResources.NAME, new ConnectorResources(Connectors.in(mounted.toString())));
            // When, Then
            assertEquals(".order.name", read(camel, "connector:acme-erp/order.out.jq"));
            assertTrue(read(camel, "connector:wms/fulfilment.out.jq").contains("lines"));
            assertEquals("the connectors have no file acme-erp/ordr.out.jq", assertThrows(IllegalArgumentException.class, () -> read(camel, "connector:acme-erp/ordr.out.jq")).getMessage());
        }
    }

    @Test
    void whatIsMountedCannotTakeThePlaceOfWhatIsPackaged() throws IOException {
        write("netsuite/connector.yaml", "system: netsuite\nlabel: mine\n");
        assertEquals("Orderweir does not start: " + mounted.resolve("netsuite") + " is called like a connector that is packaged; give it, and its system, a name of its own", refusal());
    }

    @Test
    void aFolderThatIsCalledLikeTheRoutesOfARevisionIsNoSystem() throws IOException {
        write("acme_7/connector.yaml", "system: acme_7\nlabel: mine\n");
        assertEquals("Orderweir does not start: " + mounted.resolve("acme_7") + " is called like no system: a name has small letters, digits and '-'; rename the folder, and its system", refusal());
    }

    @Test
    void aFolderWithoutADescriptorIsNamed() throws IOException {
        write("acme/routes.camel.yaml", "[]");
        assertEquals("Orderweir does not start: " + mounted.resolve("acme") + " has no connector.yaml, which says what the system is and can; write one, or take the folder away", refusal());
    }

    @Test
    void aDirectoryThatIsNoneIsNamed() {
        assertEquals("Orderweir does not start: orderweir.connectors.dir = " + mounted.resolve("nowhere") + " is no directory; mount it, correct the path, or remove the key",
                assertThrows(IllegalStateException.class, () -> Connectors.in(mounted.resolve("nowhere").toString())).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "system: acme~label: Acme~lable: x                                                            | line 3 (lable): 'lable' is not a key; there are [auth, credentials, ends, field-limits, knows, label, plans,",
            "system: acme~label: Acme~ports:~  order: { create: { repeatble: true } }                     | line 4 (ports, order, create, repeatble): 'repeatble' is not a key; there are [most, repeatable]",
            "system: acme                                                                                 | it needs 'label'",
            "system: other~label: Acme                                                                    | its system is 'other' and its folder is called 'acme'; call both the same",
            "system: acme~label: Acme~system: acme                                                        | line 3: Duplicate field 'system'",
            "system: acme~label: [                                                                        | line 2",
            "system: acme~label: Acme~plans:~  - { plan: a, limit: b, window: 1s }                        | line 4 (plans, 1): it needs 'calls'",
            "system: acme~label: Acme~plans:~  - { plan: a, limit: b, calls: 1, window: later }          | write a time such as 20s or 5m",
            "system: acme~label: Acme~plans:~  - { plan: a, limit: b, calls: 1, window: soon }           | line 4 (plans, 1, window): Cannot deserialize value of type `java.time.Duration` from String",
            "system: acme~label: Acme~field-limits:~  - { path: name, says: short }                       | line 4 (field-limits, 1, says): Cannot deserialize value of type",
            "system: acme~label: Acme~settings: { box: {} }~field-limits:~  - { path: name, says: required, unless: bix } | field-limits says unless: bix, which is none of its settings [box]",
            "system: acme~label: Acme~field-limits:~  - { path: name, says: too-long }                    | what says too-long, and nothing else, has a max of 1 or more characters",
            "system: acme~label: Acme~quota: { left: 'x-left', restores: 2 }                              | 'x-left' is no reference; write header:<name> or body:/<member>/<member>",
            "system: acme~label: Acme~auth: { kind: oauth2-client-credentials }                           | (auth, 1): it needs 'token-url'",
            "system: acme~label: Acme~auth: { kind: oauth2-jwt }                                          | (auth, 1): it needs 'token-url'",
            "system: acme~label: Acme~auth: { kind: oauth2-jwt, token-url: /t, client-in: header }        | client-in is for a kind with a client-secret",
            "system: acme~label: Acme~auth: { kind: bearer, token-url: /token }                           | token-url is for a kind that asks for tokens",
            "system: acme~label: Acme~auth: { kind: header }                                              | it needs 'header'",
            "system: acme~label: Acme~auth: { kind: oauth2-refresh, token-url: '/{tenant}/token' }        | token-url or login names {tenant}, which is none of its settings",
            "system: acme~label: Acme~auth: { kind: session, token-url: /l, login: { u: '{usr}' }, cookie: c } | token-url or login names {usr}, which is none of its settings",
            "system: acme~label: Acme~auth: { kind: session, token-url: /l, login: { u: x } }             | a session, and nothing else, has 'login', and either 'token-at' or 'cookie'",
            "system: acme~label: Acme~auth: { kind: bearer, token-at: /a }                                | a session, and nothing else, has 'login', and either 'token-at' or 'cookie'",
            "system: acme~label: Acme~ends:~  - { what: version 1, on: soon, do: Go. }                    | line 4 (ends, 1, on): Cannot deserialize value of type `java.time.LocalDate`",
            "system: acme~label: Acme~ends:~  - { what: version 1, on: 2027-01-01 }                       | it needs 'do'",
            "system: acme~label: Acme~ends:~  - { what: a, on: 2027-01-01, do: Go., when: { auth: oauth1 } } | ends names a way of signing in that is none of its auth",
            "system: acme~label: Acme~ends:~  - { what: a, on: 2027-01-01, do: Go., when: { setting: v, is: 1 } } | ends names the setting v, which is none of its settings []",
            "system: acme~label: Acme~settings: { v: {} }~ends:~  - { what: a, on: 2027-01-01, do: Go., when: { setting: v } } | when names a kind of auth, or a setting and what it is",
            "system: acme~label: Acme~quota: { left: 'header:x-left' }                                    | a quota says when more is left",
            "system: acme~label: Acme~signature: { headers: [x], encoding: hex, signed: [id, body] }      | where the id is signed, and only there, 'id' names its header",
            "system: acme~label: Acme~signature: { headers: [x], encoding: hex, signed: [time] }          | signed has no body",
            "system: acme~label: Acme~signature: { headers: [x], encoding: hex, signed: [time, body], time-part: 't=' } | 'separator' says what stands between them"})
    void whatIsWrongInADescriptorIsNamedWithItsLine(String yaml, String said) throws IOException {
        write("acme/connector.yaml", yaml.strip().replace("~", "\n") + "\n");
        String refusal = refusal();
        assertTrue(refusal.startsWith("Orderweir does not start: " + mounted.resolve("acme/connector.yaml")) && refusal.contains(said), refusal);
        assertTrue(refusal.lines().count() <= 3, refusal);
    }

    private String refusal() {
        return assertThrows(IllegalStateException.class, () -> Connectors.in(mounted.toString())).getMessage();
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(mounted.resolve(file).getParent());
        Files.writeString(mounted.resolve(file), content);
    }

    private static String read(DefaultCamelContext camel, String location) throws IOException {
        return new String(ResourceHelper.resolveMandatoryResourceAsInputStream(camel, location).readAllBytes(), StandardCharsets.UTF_8);
    }
}
