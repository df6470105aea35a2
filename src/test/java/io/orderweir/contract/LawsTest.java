package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.type.Types;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Row.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connector that keeps all laws is green in each; one that breaks one is red in that one, and in no other. */
class LawsTest {

    private static final Path RESOURCES = Path.of("src/test/resources/contract");

    @TempDir
    Path directory;

    @Test
    void anInventedVendorsConnectorKeepsEveryLaw() throws IOException {
        Report report = tried();
        assertEquals(List.of(), report.rows().stream().filter(row -> row.verdict() != Verdict.GREEN).toList());
        assertEquals(Stream.of(Law.values()).collect(Collectors.toSet()), report.rows().stream().map(Row::law).collect(Collectors.toSet()));
        assertTrue(report.isKept());
    }

    @ParameterizedTest
    @MethodSource("laws")
    void oneThatBreaksALawIsRedInThatLawAlone(Law law) throws IOException {
        // Given
        JsonNode broken = new YAMLMapper().readTree(RESOURCES.resolve("broken.yaml").toFile()).path(law.toString());
        assertTrue(broken.isObject(), "broken.yaml has no connector that breaks " + law);
        instead(broken.path("file").asText(), broken.path("instead").asText(), broken.path("by").asText());
        // When
        Report report = tried();
        // Then
        List<Row> red = report.rows().stream().filter(row -> row.verdict() == Verdict.RED).toList();
        assertEquals(List.of(law), red.stream().map(Row::law).toList(), red.toString());
        assertTrue(red.get(0).wayOut().startsWith(directory.resolve("acme").toString()), "it names its file: " + red);
        assertTrue(report.lines().stream().anyMatch(line -> line.contains(red.get(0).says())), report.lines().toString());
        assertTrue(!report.isKept());
    }

    @Test
    void aRequestMayNameTheOrderAlone() throws IOException {
        // Given a vendor that knows an order of the shop by its own id, and no reference of ours
        instead("fixtures/order.yaml", "json: { /number: \"{externalId}\" }", "json: { /order: \"{orderId}\" }");
        instead("order.out.jq", "{ number: .externalId,", "{ order: .order.externalId,");
        assertEquals(Set.of(), red(tried()));
        // When it is told another order than the one that is sent, Then that is none of its calls
        instead("order.out.jq", "{ number: .externalId,", "{ order: \"1201\",");
        assertEquals(Set.of(Law.RECORDED), red(tried()));
    }

    @Test
    void aNextPageMayBeALinkToo() throws IOException {
        // Given a vendor that says where the next page is, and a connector that goes there
        instead("fixtures/order.yaml", "after: \"{page}\"", "after: \"{url}/orders?search={externalId}&after={page}\"");
        instead("routes.camel.yaml", "{after: .}", "{after: sub(\".*&after=\"; \"\")}");
        assertEquals(Set.of(), red(tried()));
    }

    @Test
    void aPageThatNobodyNamedIsAskedForInVain() throws IOException {
        // Given a connector that counts pages, at a vendor that names them
        instead("routes.camel.yaml", "{after: .}", "{after: \"2\"}");
        Report report = tried();
        assertEquals(Set.of(Law.LIST_TO_THE_END), red(report));
    }

    @Test
    void aWebhookWithAFieldThatNobodyKnowsIsMappedAsEver() throws IOException {
        // Given a mapping that passes on whatever a line has
        instead("order.in.jq", "{ id: (.line | tostring), sku: .sku, quantity: .quantity, requiresShipping: true }", "(. + { id: (.line | tostring), requiresShipping: true } | del(.line))");
        // When
        List<Row> red = tried().rows().stream().filter(row -> row.verdict() == Verdict.RED).toList();
        // Then
        assertEquals(List.of(Law.UNKNOWN_FIELD), red.stream().map(Row::law).toList(), red.toString());
        assertTrue(red.get(0).port().isEmpty() && red.get(0).says().startsWith("an order, with a field in each object that nobody knows, is not understood: "), red.toString());
    }

    @Test
    void whoseWordsAreOursIsHeldForAFieldThatNobodyKnows() throws IOException {
        instead("fixtures/door.yaml", "    about: \"1201\"\n", "    about: \"1201\"\n    refuses-more: true\n");
        assertEquals(List.of("an order, with a field in each object that nobody knows, is mapped, and it says refuses-more"),
                tried().rows().stream().filter(row -> row.verdict() == Verdict.RED).map(Row::says).toList());
    }

    @Test
    void whereARequestIsKnownAgainByItsKeyALostOneMayBeRepeated() throws IOException {
        // Given a create that is sent again without a look, and a vendor that does not know it again
        instead("connector.yaml", "create: {}", "create: { repeatable: true }");
        assertEquals(Set.of(Law.DOUBLED_CREATE, Law.COMMIT_THEN_SILENCE), red(tried()));
        // When it knows it by its key, Then the lost one is one; a second one with a key of its own is refused again and again, because nobody looks
        instead("fixtures/order.yaml", "    does: makes\n", "    does: makes\n    known-by: Idempotency-Key\n");
        assertEquals(Set.of(Law.DOUBLED_CREATE), red(tried()));
    }

    @Test
    void whatAPersonIsAskedToDoAtTheVendorIsNoCallOfTheConnector() throws IOException {
        // Given a cancel that is done by hand, and so is no verb that the descriptor lists
        instead("connector.yaml", "cancel: { repeatable: true }, ", "");
        instead("routes.camel.yaml", "              - { name: path, simple: \"/orders/${variable.remoteId}/cancel\" }\n              - { name: final, constant: \"true\" }\n        - to: direct:acme.call\n",
                "              - { name: outcome, constant: hold }\n              - { name: reason, constant: by-hand }\n              - { name: sentence, simple: \"Order ${variable.orderName}: cancel it at Acme, then discard this.\" }\n");
        Report report = tried();
        assertEquals(Set.of(), red(report), report.rows().toString());
        assertEquals(List.of("a person is asked to cancel it at the vendor"), report.rows().stream().filter(row -> row.law() == Law.FINAL_CANCEL).map(Row::says).toList());
    }

    private static Set<Law> red(Report report) {
        return report.rows().stream().filter(row -> row.verdict() == Verdict.RED).map(Row::law).collect(Collectors.toSet());
    }

    static Stream<Law> laws() {
        return Stream.of(Law.values());
    }

    private Report tried() throws IOException {
        copy();
        return Suite.over(Connectors.in(directory.toString()), Set.of("acme"), Types.packaged(), null);
    }

    /** Files that are there already stay: they are broken. */
    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("acme"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = directory.resolve("acme").resolve(RESOURCES.resolve("acme").relativize(file));
                Files.createDirectories(target.getParent());
                if (!Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    private void instead(String file, String from, String to) throws IOException {
        String text = Files.readString(RESOURCES.resolve("acme").resolve(file));
        assertTrue(text.contains(from), file + " does not hold " + from);
        Path target = directory.resolve("acme").resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text.replace(from, to));
    }
}
