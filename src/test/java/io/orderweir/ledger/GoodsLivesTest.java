package io.orderweir.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lives of a line: edited, cancelled, shipped by others before we are asked and by us after, returned, told twice. At every step ordered = open + requested + shipped + cancelled. */
class GoodsLivesTest {

    private static final int LIVES = 60;
    private static final int STEPS = 12;

    private static Understanding understanding;

    @BeforeAll
    static void start() throws Exception {
        understanding = new Understanding();
    }

    @AfterAll
    static void close() {
        understanding.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void goodsMoveOnceWhateverHappensToTheirOrder(long seed) {
        for (int i = 0; i < LIVES; i++) {
            new Life(new Random(seed * 1_000 + i)).goesOn();
        }
    }

    /** What the shop, others and our warehouse know of one line, each for itself; nothing here is told how the engine counts. */
    private static final class Life {

        private final Random random;
        private final List<String> story = new ArrayList<>();
        private int ordered;
        private int cancelled;
        private int shippedByOthers;
        private int shippedByUs;
        private int returned;
        /** What our warehouse was asked for in all, and the line as it was told; null while it was not. */
        private Integer requested;
        private String sent;
        private String planned;

        Life(Random random) {
            this.random = random;
            ordered = 1 + random.nextInt(5);
        }

        void goesOn() {
            told();
            for (int i = 0; i < STEPS; i++) {
                happens();
                told();
            }
        }

        private int open() {
            return ordered - cancelled - shippedByOthers - shippedByUs;
        }

        private void happens() {
            int units = open() == 0 ? 0 : 1 + random.nextInt(open());
            switch (random.nextInt(6)) {
                case 0 -> {
                    cancelled += units;
                    story.add("cancels " + units);
                }
                case 1 -> {
                    // whoever ships by hand what we were asked for sends a second parcel, and nobody can tell
                    shippedByOthers += sent == null ? units : 0;
                    story.add("others ship " + (sent == null ? units : 0));
                }
                case 2 -> {
                    int ours = sent == null ? 0 : Math.min(units, requested - shippedByUs);
                    shippedByUs += ours;
                    story.add("we ship " + ours);
                }
                case 3 -> {
                    int out = shippedByOthers + shippedByUs - returned;
                    int back = out == 0 ? 0 : 1 + random.nextInt(out);
                    returned += back;
                    story.add("returns " + back);
                }
                case 4 -> {
                    ordered++;
                    story.add("adds 1");
                }
                default -> story.add("nothing, told twice");
            }
        }

        /** The shop's event, and what the engine makes of it. */
        private void told() {
            List<Map<String, Object>> known = new ArrayList<>();
            if (sent != null) {
                known.add(Map.of("entity", "web-us/71", "line", sent, "sent", true));
            }
            if (planned != null) {
                known.add(Map.of("entity", "web-us/71", "line", planned, "sent", false));
            }
            JsonNode entry = understanding.entry("web-us", "order", "web-us/71", payload().getBytes(UTF_8), known);
            assertTrue(!entry.hasNonNull("hold"), () -> story + " " + entry.path("hold"));
            JsonNode row = null;
            for (JsonNode each : entry.path("deliveries")) {
                row = each.path("connection").asText().equals("wms") ? each : row;
            }
            JsonNode line = entry.at("/canonical/lineItems/0");
            long wanted = row == null || row.path("cancel").asBoolean() ? 0 : Goods.toShip(line);
            // Then what is open is asked for, and what we shipped was
            assertEquals(open() + shippedByUs, wanted, () -> story + " " + line);
            assertEquals(ordered, wanted - shippedByUs + shippedByUs + shippedByOthers + cancelled, () -> story.toString());
            boolean goesOut = row != null && random.nextBoolean();
            if (goesOut && wanted > 0) {
                sent = line.toString();
                requested = (int) wanted;
                planned = null;
                story.add("goes out " + wanted);
            } else if (goesOut || row == null) {
                // a request that was cancelled before it went out, or at the warehouse
                planned = null;
                if (sent != null && wanted == 0 && row != null) {
                    sent = null;
                    requested = null;
                    story.add("is cancelled there");
                }
            } else {
                planned = wanted > 0 ? line.toString() : null;
            }
        }

        private String payload() {
            int out = shippedByOthers + shippedByUs;
            StringBuilder parcels = new StringBuilder();
            for (int units : new int[] {shippedByOthers, shippedByUs}) {
                parcels.append(units == 0 ? "" : (parcels.isEmpty() ? "" : ",") + "{'status':'success','line_items':[{'id':1,'quantity':" + units + "}]}");
            }
            return ("{'id':71,'name':'#71','currency':'USD','updated_at':'2026-11-21T13:00:00Z','shipping_address':{'last_name':'S','address1':'1 Road','city':'C','country_code':'US'}"
                    + ",'fulfillments':[" + parcels + "],'refunds':[{'id':5,'refund_line_items':[" + (cancelled == 0 ? "" : "{'line_item_id':1,'quantity':" + cancelled + ",'restock_type':'cancel'}")
                    + (cancelled == 0 || returned == 0 ? "" : ",") + (returned == 0 ? "" : "{'line_item_id':1,'quantity':" + returned + ",'restock_type':'return'}") + "]}]"
                    + ",'line_items':[{'id':1,'sku':'LAMP','quantity':" + ordered + ",'current_quantity':" + (ordered - cancelled - returned) + ",'fulfillable_quantity':" + open()
                    + ",'fulfillment_status':" + (out == 0 ? "null" : open() == 0 ? "'fulfilled'" : "'partial'") + ",'price':'1.00'}]}").replace('\'', '"');
        }
    }
}
