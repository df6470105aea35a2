package io.orderweir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The person at the console, through its REST doors. */
record Operator(Http console) {

    /** One order in the Error Hold bin; canonical is the order as it stands there. */
    record Held(long id, String sentence, String path, JsonNode canonical) {
    }

    static Operator of(Stage engine) {
        return new Operator(new Http(engine.url(), Token.of(engine.url(), "admin")));
    }

    List<Held> held() {
        List<Held> held = new ArrayList<>();
        console.get("/api/holds").path("holds").forEach(hold -> held.add(new Held(hold.path("id").asLong(), hold.path("sentence").asText(),
                hold.path("path").asText(), hold.path("canonical"))));
        return held;
    }

    /** The buyer's billing address has the postal code right. */
    void release(Held held) {
        String right = held.canonical().at("/billingAddress/zipCodeOrPostalCode").asText();
        console.post("/api/holds/" + held.id() + "/release", Map.of("changes", List.of(Map.of("path", held.path(), "value", right))));
    }

    /** Opens the gates of lines whose order the ERP has; gives the references of their requests. */
    List<String> openGates(int count, Ledger ledger) {
        List<String> opened = new ArrayList<>();
        for (Map<String, Object> line : ledger.linesThatOnlyWaitForTheirGate(count)) {
            console.post("/api/gates/open", Map.of("build", line.get("build"), "gate", line.get("gate"),
                    "evidence", Map.of("note", "drawing approved by the customer")));
            opened.add((String) line.get("external_id"));
        }
        return opened;
    }
}
