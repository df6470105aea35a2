package io.orderweir.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Connector;
import io.orderweir.contract.PaperLedger.Ended;
import io.orderweir.contract.Recordings.Said;
import io.orderweir.contract.Vendor.Mood;
import io.orderweir.contract.Vendor.Refuses;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One port of a connector against the vendor of its recordings. A law asks it for lanes, and tells the vendor how to behave. */
final class Trial {

    static final List<String> CHANGES = List.of("update", "cancel");
    private static final String REFERENCE = "shop-1201-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bench bench;
    private final Connector connector;
    private final String port;
    private final Recordings recordings;
    private final Vendor vendor;
    private final JsonNode order;
    private final List<Ended> ended;
    /** Those that were kept at this port until now. */
    private final Set<Law> kept = EnumSet.noneOf(Law.class);
    private int lanes;

    /** All that is written down of calls is added to {@code ended}. */
    Trial(Bench bench, Connector connector, String port, Recordings recordings, JsonNode order, Vendor vendor, List<Ended> ended) {
        this.bench = bench;
        this.connector = connector;
        this.port = port;
        this.recordings = recordings;
        this.order = order;
        this.vendor = vendor;
        this.ended = ended;
    }

    Connector connector() {
        return connector;
    }

    Bench bench() {
        return bench;
    }

    Recordings recordings() {
        return recordings;
    }

    Vendor vendor() {
        return vendor;
    }

    String port() {
        return port;
    }

    JsonNode order() {
        return order;
    }

    boolean isOfMessages() {
        return port.equals(Connector.MESSAGE);
    }

    /** Whether the engine may ask for it: of what is created a change and a cancel, too, and a look where a second create may do harm. */
    boolean has(String verb) {
        return verbs().contains(verb) || verbs().contains("create") && (CHANGES.contains(verb) || verb.equals("find") && !repeats("create"));
    }

    /** Sends a newer version, or a cancel, to its end; false where a person is asked to do it at the vendor, and nobody calls it. */
    boolean change(Lane lane, boolean cancel) {
        int before = vendor.heard().size();
        Lane.State state = lane.wants(order, cancel).run();
        if (state == Lane.State.HELD && vendor.heard().size() == before) {
            return false;
        }
        is(lane, state, Lane.State.DELIVERED);
        return true;
    }

    boolean repeats(String verb) {
        return List.of(connector.repeatable(port).split(" ")).contains(verb);
    }

    private Set<String> verbs() {
        return connector.ports().get(port).keySet();
    }

    void keeps(Law law) {
        kept.add(law);
    }

    /** Those that were kept until now. */
    Set<Law> kept() {
        return Set.copyOf(kept);
    }

    /** A lane of which the vendor has never heard, of an order of its own. */
    Lane lane() {
        return lane(REFERENCE + ++lanes);
    }

    /** A lane under a reference that may have been used. */
    Lane lane(String reference) {
        Map<String, Object> terms = new HashMap<>();
        terms.put("port", port);
        terms.put("shop", "shop");
        terms.put("part", recordings.part());
        terms.put("correlationId", "5f0c6a9e-0000-4000-8000-000000001201");
        terms.put("othersAnswered", false);
        terms.put("lineIds", lineIds());
        terms.put("basis", recordings.gates() == null ? null : "0badcafe");
        terms.put("gates", recordings.gates() == null ? null : recordings.gates().toString());
        terms.put("waitsAt", recordings.waitsAt() == null ? null : texts(recordings.waitsAt()));
        terms.put("payment", recordings.payment() == null ? null : recordings.payment().toString());
        return new Lane(reference, terms, row -> kept(bench.deliver(ofItsOwnOrder(row, reference))));
    }

    /** The shop has no two orders of one id, and a request may name the order alone. */
    private Map<String, Object> ofItsOwnOrder(Map<String, Object> row, String reference) {
        String id = order.path("externalId").asText() + reference.substring(REFERENCE.length());
        vendor.knowsOrder(id, String.valueOf(row.get("externalId")));
        try {
            row.put("canonical", ((ObjectNode) JSON.readTree(String.valueOf(row.get("canonical")))).put("externalId", id).toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return row;
    }

    /** A message that people are told, at the port {@code message}. */
    Ended tell() {
        Map<String, Object> row = new HashMap<>();
        row.put("id", 12L);
        row.put("purpose", "raised");
        row.put("channel", "ops");
        row.put("recipient", "+15550100");
        row.put("subject", "Order #1201");
        row.put("text", "Order #1201 waits: the warehouse does not accept the SKU.");
        row.put("alerts", "[{\"id\":7,\"state\":\"open\",\"kind\":\"hold\",\"subject\":\"order\",\"sentence\":\"Order #1201 waits.\",\"count\":1,\"since\":\"2026-11-27T05:00:00.000Z\"}]");
        return kept(bench.tell(row));
    }

    private Ended kept(Ended end) {
        ended.add(end);
        vendor.complaint().ifPresent(says -> {
            throw new Broken(says);
        });
        return end;
    }

    /** Sends a create to a vendor that does its work; it must be there afterwards. */
    Lane created() {
        Lane lane = lane().wants(order, false);
        is(lane, lane.run(), Lane.State.DELIVERED);
        return lane;
    }

    void is(Lane lane, Lane.State state, Lane.State wanted) {
        Broken.unless(state == wanted || wanted == Lane.State.DELIVERED && state == Lane.State.CONFIRMED, "it ended " + state.toString().toLowerCase() + ", not " + wanted.toString().toLowerCase()
                + ": the last call was " + lane.last().words());
    }

    /** The vendor, of which one reference alone was asked for, has one record of it, and of no other kind more than one. */
    void isThereOnce(String reference) {
        long main = vendor.records(reference).stream().filter(record -> record.kind.equals(kind())).count();
        Broken.unless(main == 1, "the vendor has " + main + " records of " + reference);
        Map<String, Long> kinds = vendor.records().stream().collect(Collectors.groupingBy(record -> record.kind, Collectors.counting()));
        kinds.forEach((kind, count) -> Broken.unless(count == 1, "the vendor has " + count + " records of the kind " + kind + " for one order"));
    }

    /** What the last of its calls that makes something makes. */
    String kind() {
        return recordings.calls().values().stream().filter(call -> call.does() == Recordings.Does.MAKES || call.does() == Recordings.Does.PUTS).map(Recordings.Call::of)
                .reduce((before, last) -> last).orElse("record");
    }

    /** How many of the calls that a lane made until now changed something. */
    long changes() {
        return vendor.heard().stream().filter(Vendor.Heard::changesSomething).count();
    }

    /** From now on every call that changes something is answered so; those that only read are answered as ever. */
    void refuseChanges(String answer) {
        vendor.refuse((name, call) -> call.does().changesSomething() ? recordings.answer(call, answer).orElse(null) : null);
    }

    void refuseAll(String answer, Said otherwise) {
        Refuses how = (name, call) -> recordings.answer(call, answer).orElse(otherwise);
        vendor.refuse(how);
    }

    /** The n-th of the calls that change something from now on loses its answer, once. */
    void lose(int nth, Mood mood) {
        int[] seen = {0};
        vendor.lose((name, call) -> call.does().changesSomething() && ++seen[0] == nth ? mood : Mood.NORMAL);
    }

    /** The order with another text at a path, such as {@code lineItems[].sku}, of its first line then. */
    JsonNode orderWith(String path, String text) {
        ObjectNode changed = order.deepCopy();
        String[] steps = path.split("\\.");
        JsonNode here = changed;
        for (int i = 0; i < steps.length - 1; i++) {
            here = steps[i].endsWith("[]") ? here.path(steps[i].replace("[]", "")).path(0) : here.path(steps[i]);
        }
        if (here instanceof ObjectNode parent) {
            parent.put(steps[steps.length - 1], text);
        }
        return changed;
    }

    private String lineIds() {
        return recordings.lines() != null ? texts(recordings.lines())
                : texts(StreamSupport.stream(order.path("lineItems").spliterator(), false).map(line -> line.path("id").asText()).toList());
    }

    private static String texts(List<String> texts) {
        List<String> quoted = new ArrayList<>();
        texts.forEach(text -> quoted.add("\"" + text + "\""));
        return "[" + String.join(",", quoted) + "]";
    }
}
