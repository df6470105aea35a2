package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.contract.Rehearsal.Made;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What two versions make differently, in lines: counted by mapping and field, and nobody's name, street or address among them. */
class DifferencesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER = "{\"name\":\"#1\",\"shippingAddress\":{\"firstName\":\"Rosalind\",\"city\":\"Lübeck\"},\"lineItems\":[{\"sku\":\"L\"}]}";

    private final Differences differences = new Differences();

    @Test
    void aFieldIsOneLineWhateverItsPlaceInAList() throws IOException {
        differences.add("acme order.map", "#1", ORDER, made("{'lines':[{'q':1},{'q':2}],'same':1}"), made("{'lines':[{'q':3},{'q':4},{'q':5}],'same':1}"));
        differences.add("acme order.map", "#2", ORDER, made("{'lines':[{'q':1}]}"), made("{'lines':[{'q':7}]}"));
        differences.add("acme order.map", "#3", ORDER, made("{'lines':[]}"), made("{'lines':[]}"));
        assertEquals(List.of("acme order.map: 3 compared, 2 differ", "  lines[].q: in 2, first #1: 1 -> 3"), differences.lines());
        assertEquals(2, differences.count());
    }

    @Test
    void whatComesAndGoesIsToldByItsFields() throws IOException {
        differences.add("acme order.map", "#1", ORDER, made("{'a':{'b':1},'c':[]}"), made("{'c':'x'}"));
        assertEquals(List.of("acme order.map: 1 compared, 1 differs", "  a.b: in 1, first #1: 1 -> nothing", "  c: in 1, first #1: [] -> x"), differences.lines());
    }

    @Test
    void personalValuesAreHiddenWhereverAMappingPutsThem() throws IOException {
        differences.add("acme f.create", "#1", ORDER, made("{'method':'POST','path':'/a','query':'who=Rosalind','body':{'shipTo':{'city':'Lübeck'},'ref':'1'}}"),
                made("{'method':'POST','path':'/a/ROSALIND','query':'who=R','body':{'shipTo':{'city':'HL'},'ref':'1 for Rosalind'}}"));
        differences.add("acme f.create", "#2", ORDER, made("{'method':'POST','body':'<city>Kiel</city>'}"), made("{'method':'POST','body':'<city>Bonn</city>'}"));
        assertEquals(List.of("acme f.create: 2 compared, 2 differ", "  path: in 1, first #1: /a -> /a/•••", "  query: in 1, first #1: who=••• -> who=•••", "  body.shipTo.city: in 1, first #1: ••• -> •••",
                "  body.ref: in 1, first #1: 1 -> 1 for •••", "  body: in 1, first #2: ••• -> •••"), differences.lines());
    }

    @Test
    void aFailureIsToldInItsWordsWithoutTheValuesInThem() throws IOException {
        Made fails = new Made(null, "Order #1: the mapping connectors/acme/order.out.jq, line 3, failed with 'Cannot index \"city\" of \"Kiel\" for rosalind'. The connector acme is at fault, not the order: an integrator"
                + " corrects it there, and releases the whole group.");
        differences.add("acme f.create", "#1", ORDER, made("{}"), fails);
        differences.add("acme f.create", "#2", ORDER, fails, made("{}"));
        differences.add("acme f.create", "#3", ORDER, fails, fails);
        String words = "the mapping connectors/acme/order.out.jq, line 3, failed with 'Cannot index \"city\" of \"•••\" for •••'";
        assertEquals(List.of("acme f.create: 3 compared, 2 differ", "  fails now: in 1, first #1: " + words, "  failed before: in 1, first #2: Order #1: " + words, "  not shown: in 1, first #3: Order #1: " + words),
                differences.lines());
    }

    @Test
    void ofManyLinesFortyAreTold() throws IOException {
        String many = "{" + String.join(",", IntStream.range(0, 60).mapToObj(i -> "'f" + i + "':%1$d").toList()) + "}";
        differences.add("acme order.map", "#1", ORDER, made(many.formatted(1)), made(many.formatted(2)));
        assertEquals(41, differences.lines().size());
        assertEquals("and 21 more", differences.lines().get(40));
    }

    private static Made made(String document) throws IOException {
        return new Made((ObjectNode) JSON.readTree(document.replace('\'', '"')), null);
    }
}
