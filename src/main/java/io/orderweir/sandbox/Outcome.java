package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;

/** What became of a call, in the word by which its route goes on, and the record it is about: null when there is none. */
record Outcome(String was, ObjectNode record) {
    static Outcome without(String was) {
        return new Outcome(was, null);
    }

    /** Sets the variables was, record (the answer's body; empty without one), recordId, and problem (the body of a 422). */
    void tell(Exchange exchange, ObjectNode brief, FieldProblem problem) {
        exchange.setVariable("was", was);
        exchange.setVariable("record", brief == null ? "" : Json.write(brief));
        exchange.setVariable("recordId", record == null ? "" : record.path("id").asText());
        exchange.setVariable("problem", problem == null ? "" : Json.write(problem.json()));
    }
}
