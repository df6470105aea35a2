package io.orderweir.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of types beside those that are packaged. */
class TypesTest {

    private static final Path PRICE = Path.of("src/test/resources/types/price");

    @TempDir
    Path mounted;

    @Test
    void whatIsPackagedIsOfTheThreeKinds() {
        Types types = Types.in(null);
        assertEquals(List.of("order", "product", "signal"), List.copyOf(types.names()));
        assertEquals(List.of(Kind.ORDER, Kind.RECORD, Kind.SIGNAL), types.all().stream().map(Type::kind).toList());
        assertEquals("order", types.order().type());
        assertEquals("order, product or signal", types.listed("or"));
        assertTrue(types.find("product").orElseThrow().tellsProductTypes());
        assertTrue(types.find("unknown").isEmpty());
        assertTrue(types.find(null).isEmpty());
    }

    @Test
    void aMountedFolderIsATypeLikeAnyOther() throws IOException {
        // Given
        price();
        Files.writeString(mounted.resolve("README.md"), "ours");
        Files.createDirectory(mounted.resolve("..2026_11_29"));
        // When
        Types types = Types.in(mounted.toString());
        // Then
        Type price = types.find("price").orElseThrow();
        assertEquals(Kind.RECORD, price.kind());
        assertEquals("a price, Price", price.one() + ", " + price.capital());
        assertFalse(price.tellsProductTypes());
        assertEquals("an amount such as 10.00", price.words().at("/amount/expects").asText());
        assertEquals("order, price, product and signal", types.listed("and"));
    }

    @Test
    void aRouteNamesAFileOfAFolderInOneWayWhereverItStands() throws Exception {
        price();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind(TypeResources.NAME, new TypeResources(Types.in(mounted.toString())));
            assertTrue(read(camel, "type:price/schema.json").contains("\"Price\""));
            assertTrue(read(camel, "type:order/schema.json").contains("\"Order\""));
            assertEquals("the types have no file price/scheme.json", assertThrows(IllegalArgumentException.class, () -> read(camel, "type:price/scheme.json")).getMessage());
        }
    }

    @Test
    void aTypeWithoutWordsIsOneAllTheSame() throws IOException {
        price();
        Files.delete(mounted.resolve("price/words.yaml"));
        assertTrue(Types.in(mounted.toString()).find("price").orElseThrow().words().isEmpty());
    }

    @Test
    void oneThatIsWrongIsToldAndTheOthersCanBeAsked() throws IOException {
        price();
        write("stock/type.yaml", "type: stock\nkind: reccord\nword: stock\n");
        List<String> wrong = new ArrayList<>();
        assertEquals(List.of("order", "price", "product", "signal"), List.copyOf(Types.looked(Optional.of(mounted), wrong).names()));
        assertEquals(List.of("Orderweir does not start: " + mounted + "/stock/type.yaml: line 2: there is no kind 'reccord'; there are [order, record, signal]"), wrong);
    }

    @Test
    void aDirectoryThatIsNoneIsNamed() {
        assertEquals("Orderweir does not start: orderweir.types.dir = " + mounted + "/none is no directory; mount it, correct the path, or remove the key",
                assertThrows(IllegalStateException.class, () -> Types.in(mounted + "/none")).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "type.yaml   | kind: record                    | knid: record                        | /price/type.yaml: line 3: 'knid' is not a key; there are [type, kind, word, promised-within, tells-product-types]",
            "type.yaml   | kind: record                    | kind: order                         | /price/type.yaml: line 3: what is of the kind order is planned by the flows of orders, and there is one such type, order",
            "type.yaml   | type: price                     | type: prise                         | /price/type.yaml: line 2: its type is 'prise' and its folder is called 'price'; call both the same",
            "type.yaml   | type: price                     | kind: record                        | /price/type.yaml: line 3: Duplicate field 'kind'",
            "type.yaml   | word: price                     | word: ''                            | /price/type.yaml: line 4: it needs 'word', a text",
            "type.yaml   | word: price                     | word: 'the {price}'                 | /price/type.yaml: line 4: word is what a sentence calls one of them",
            "type.yaml   | word: price                     | promised-within: soon               | /price/type.yaml: it needs 'word'",
            "type.yaml   | kind: record                    | kind: signal                        | /price/schema.json: a document of the kind signal has 'signal', and the schema does not say so; write it into properties and into required",
            "type.yaml   | # What                          | tells-product-types: true #         | /price/type.yaml: line 1: product types are told by what is of the kind record and has a 'productType' in its schema",
            "type.yaml   | # What                          | promised-within: soon #             | /price/type.yaml: line 1: promised-within is a time such as 20s, 15m or 1h, and not 'soon'",
            "schema.json | \"externalId\", \"amount\"      | \"amount\"                          | /price/schema.json: a document of the kind record has 'externalId', and the schema does not say so",
            "schema.json | \"maxLength\": 200              | \"maxLength\": 201                  | /price/schema.json: externalId names a price, so it is a text of 1 to 200 characters",
            "schema.json | \"updatedAt\":                  | \"changedAt\":                      | /price/schema.json: of a price the newest counts, and the schema has no 'updatedAt' to tell it by",
            "schema.json | }                               | ]                                   | /price/schema.json: line 8: Unexpected close marker ']'",
            "words.yaml  | amount:                         | amuont:                             | /price/words.yaml: line 2: 'amuont' is no field of its schema; there [schemaVersion, externalId, amount, currency, updatedAt] can stand",
            "words.yaml  | expects:                        | expect:                             | /price/words.yaml: line 2: 'expect' is not a key of a word; there are word and expects"})
    void whatIsWrongIsNamedWithFileAndLine(String file, String from, String to, String says) throws IOException {
        // Given
        price();
        String text = Files.readString(PRICE.resolve(file));
        assertTrue(text.contains(from), from);
        write("price/" + file, text.substring(0, text.indexOf(from)) + to + text.substring(text.indexOf(from) + from.length()));
        // When, Then
        String refusal = assertThrows(IllegalStateException.class, () -> Types.in(mounted.toString())).getMessage();
        assertTrue(refusal.startsWith("Orderweir does not start: " + mounted + says.strip()), refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"order | it is called like a type that is packaged", "Price | its type is 'price' and its folder is called 'Price'", "unknown | its type is 'price' and its folder is called 'unknown'"})
    void aFolderHasANameOfItsOwn(String name, String says) throws IOException {
        for (String file : List.of("type.yaml", "schema.json", "words.yaml")) {
            write(name + "/" + file, Files.readString(PRICE.resolve(file)));
        }
        String refusal = assertThrows(IllegalStateException.class, () -> Types.in(mounted.toString())).getMessage();
        assertTrue(refusal.contains(says), refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"type.yaml | which says what kind of events they are", "schema.json | the JSON schema of its canonical document"})
    void aFileThatIsMissingIsNamed(String file, String what) throws IOException {
        price();
        Files.delete(mounted.resolve("price").resolve(file));
        assertEquals("Orderweir does not start: " + mounted + "/price: it has no " + file + ", " + what + "; write one, or take the folder away",
                assertThrows(IllegalStateException.class, () -> Types.in(mounted.toString())).getMessage());
    }

    private void price() throws IOException {
        for (String file : List.of("type.yaml", "schema.json", "words.yaml")) {
            write("price/" + file, Files.readString(PRICE.resolve(file)));
        }
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(mounted.resolve(file).getParent());
        Files.writeString(mounted.resolve(file), text);
    }

    private static String read(DefaultCamelContext camel, String location) throws IOException {
        return new String(PluginHelper.getResourceLoader(camel).resolveResource(location).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
