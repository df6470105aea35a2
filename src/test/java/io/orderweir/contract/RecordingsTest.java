package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.orderweir.type.Types;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Row.Verdict;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What recordings say is read as editors check it, and what is wrong in them is told with its file. */
class RecordingsTest {

    @TempDir
    Path directory;

    @Test
    void editorsAndTheSuiteKnowTheSameKeys() throws IOException {
        JsonNode port = schema("fixtures");
        Map.of(Recordings.class, port.path("properties"), Recordings.Call.class, port.at("/$defs/call/properties"), Recordings.Asks.class, port.at("/$defs/call/properties/asks/properties"),
                Recordings.Said.class, port.at("/$defs/said/properties"), Recordings.Account.class, schema("fixtures-account").path("properties"),
                Recordings.Door.class, schema("fixtures-door").path("properties"), Recordings.Webhook.class, schema("fixtures-door").at("/$defs/webhook/properties"))
                .forEach((type, keys) -> assertEquals(components(type), names(keys), type.getSimpleName()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "calls: { a: { does: reads, asks: { method: GET, path: /a } } }~anwsers: {}~# end | 'anwsers' is not a key; there are [answers, calls, gates, lines, order, part, payment, waits-at]",
            "calls: { a: { does: reads, asks: { method: GET, path: /a }, answers: { their: {} } } }~# end | 'their' is no answer that is asked for here; there are [absent, ended, fails-in-200, limit,",
            "calls: { a: { does: reads, asks: { method: GET, path: /a }, asks-for-more: { method: GET, path: /a }, answers: { there: {}, absent: {} } } }~# end | nothing is recorded for a call that does: makes or puts, calls.a.answers.more, what is said of a page that is not the last",
            "calls: { a: { does: reads } }~# end                                              | a call needs 'does' and 'asks'",
            "calls: { a: { does: makes, asks: { path: /a } } }~# end                          | 'asks' needs 'method' and 'path'",
            "calls: {}~                                                                       | it does not end in the line '# end'",
            "calls: {}~# end                                                                  | nothing is recorded for a call that does: makes or puts, answers.refusal, answers.limit, answers.lost",
            "calls: { a: { does: makes, asks: { method: POST, path: /a } } }~answers: { refusal: {}, limit: {}, lost: {} }~# end | nothing is recorded for calls.a.answers.success, calls.a.answers.there, what is said of a second one of the same reference (or makes-another: true)",
            "order: nothing.json~calls: { a: { does: puts, asks: { method: POST, path: /a }, answers: { success: {} } } }~answers: { refusal: {}, limit: {}, lost: {} }~# end | nothing.json: it is not there, and 'order' of a recording names it"})
    void whatIsWrongIsToldWithItsFile(String yaml, String says) throws IOException {
        write("connector.yaml", "system: acme\nlabel: Acme\nports: { order: { create: { repeatable: true } } }\n# end\n");
        write("fixtures/order.yaml", yaml.strip().replace("~", "\n") + "\n");
        List<Row> red = Suite.over(Connectors.in(directory.toString()), Set.of("acme"), Types.packaged(), null).rows().stream().filter(row -> row.verdict() == Verdict.RED).toList();
        assertEquals(1, red.size(), red.toString());
        assertTrue(red.get(0).says().contains(says), red.toString());
        assertTrue(red.get(0).wayOut().contains("fixtures/order.yaml"), red.toString());
    }

    @Test
    void aFileThatNoPortReadsIsTold() throws IOException {
        write("connector.yaml", "system: acme\nlabel: Acme\nports: { order: { create: { repeatable: true } } }\n# end\n");
        write("fixtures/ordr.yaml", "calls: {}\n# end\n");
        List<String> red = Suite.over(Connectors.in(directory.toString()), Set.of("acme"), Types.packaged(), null).rows().stream().filter(row -> row.verdict() == Verdict.RED).map(Row::says).toList();
        assertEquals(List.of("fixtures/ordr.yaml is read for nothing: there is no port of this name, only [order]", "there are no fixtures of this port"), red);
    }

    @Test
    void aShapeIsKnownAgainWithWhatItsNamesStandFor() {
        assertEquals(Optional.of(Map.of("id", "7-1")), new Shape("/orders/{id}/cancel").of("/orders/7-1/cancel"));
        assertEquals(Optional.empty(), new Shape("/orders/{id}").of("/orders/7/cancel"));
        assertEquals(Optional.of(Map.of("externalId", "shop-1-r2")), new Shape("ref={externalId}&limit=1").of("ref=shop-1-r2&limit=1"));
        assertEquals(Optional.empty(), new Shape("a.c").of("abc"));
        assertEquals(Optional.of(Map.of("externalId", "x")), new Shape("{any}({externalId}={externalId})").of("if (x=x)"));
        assertEquals(Optional.empty(), new Shape("({externalId}={externalId})").of("(x=y)"));
        assertEquals(Optional.of(Map.of("externalId", "x-1")), new Shape("<no>{externalId}</no>").in("<a><no>x-1</no></a>"));
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve("acme").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static JsonNode schema(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readString(Path.of("src/editor/" + name + ".schema.json")));
    }

    private static Set<String> components(Class<?> type) {
        return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).map(new PropertyNamingStrategies.KebabCaseStrategy()::translate).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
