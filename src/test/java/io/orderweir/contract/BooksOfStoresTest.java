package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NetSuite's books are kept apart by class, department, location and subsidiary, and each store has its own. The store of this order is called shop. */
class BooksOfStoresTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "7                     | 7",
        "shop=7                | 7",
        "shop = 7              | 7",
        "other=8, shop=7       | 7",
        "9, shop=7, other=8    | 7",
        "other=8, 9            | 9",
        "other=8               | -",
        "-                     | -"})
    void aStoresOrdersAreBookedUnderItsOwnIds(String setting, String id) throws Exception {
        Map<String, String> settings = new HashMap<>();
        if (setting != null) {
            for (String field : new String[] {"class", "department", "location", "subsidiary"}) {
                settings.put(field, setting);
            }
        }
        OnTrial.at("netsuite", "order", settings, trial -> {
            Lane lane = trial.lane().wants(trial.order(), false);
            trial.is(lane, lane.run(), Lane.State.DELIVERED);
            JsonNode sent = new ObjectMapper().readTree(trial.vendor().heard().get(0).body());
            for (String field : new String[] {"class", "department", "location", "subsidiary"}) {
                assertEquals(id, sent.path(field).path("id").asText(null), field);
            }
            assertFalse(sent.toString().contains("shop="));
        });
    }
}
