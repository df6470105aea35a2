package io.orderweir.contract;

import io.orderweir.contract.Recordings.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a vendor of recordings keeps, and what each of its calls does to it. Names are what a request says: externalId, id, and what it is known again by. */
final class VendorRecords {

    /** The name of what a request is known again by; no recording can name it. */
    static final String KEY = "";
    private static final int FIRST = 7000;

    /** One record. */
    static final class Kept {
        final String kind;
        final String reference;
        final String id;
        /** By what the request is known again that made it; or null. */
        private final String key;
        private boolean ended;

        private Kept(String kind, String reference, String id, String key) {
            this.kind = kind;
            this.reference = reference;
            this.id = id;
            this.key = key;
        }

        boolean isOver() {
            return ended;
        }
    }

    /** What is to be said, by its name in the recordings, and of which record; null where there is none. */
    record Done(String answer, Kept record) {
    }

    private final List<Kept> records = new ArrayList<>();
    private int ids = FIRST;

    void clear() {
        records.clear();
    }

    List<Kept> all() {
        return List.copyOf(records);
    }

    /** The record that a call is about; of several the last. */
    Kept find(Call call, Map<String, String> names) {
        return records.stream().filter(record -> record.kind.equals(call.of()))
                .filter(record -> names.containsKey("id") ? record.id.equals(names.get("id")) : names.containsKey("externalId") && record.reference.equals(names.get("externalId")))
                .reduce((before, last) -> last).orElse(null);
    }

    Done act(Call call, Map<String, String> names) {
        Kept record = find(call, names);
        return switch (call.does()) {
            case MAKES -> make(call, names, record);
            case PUTS -> record == null ? made(call, names) : change(call, record, call.answers().containsKey("there") ? "there" : "success");
            case CHANGES -> record == null ? new Done("absent", null) : change(call, record, "success");
            case ENDS -> record == null ? new Done("absent", null) : end(call, record);
            case READS -> read(call, names, record);
            case TELLS -> new Done("success", null);
        };
    }

    private Done make(Call call, Map<String, String> names, Kept record) {
        Kept before = names.get(KEY) == null ? null : records.stream().filter(each -> names.get(KEY).equals(each.key)).findFirst().orElse(null);
        if (before != null) {
            return new Done("success", before);
        }
        return record == null || call.makesAnother() ? made(call, names) : new Done(isOver(call, record) ? "ended" : "there", record);
    }

    private Done made(Call call, Map<String, String> names) {
        Kept made = new Kept(call.of(), names.getOrDefault("externalId", ""), String.valueOf(++ids), names.get(KEY));
        records.add(made);
        return new Done("success", made);
    }

    /** Where nothing else is said of one that is over, it is taken up again. */
    private static Done change(Call call, Kept record, String answer) {
        if (isOver(call, record)) {
            return new Done("ended", record);
        }
        record.ended = false;
        return new Done(answer, record);
    }

    private static Done end(Call call, Kept record) {
        Done done = new Done(isOver(call, record) ? "ended" : "success", record);
        record.ended = true;
        return done;
    }

    /** One that names no record is of the last that is not over, where its answers depend on one. */
    private Done read(Call call, Map<String, String> names, Kept record) {
        boolean asksForOne = names.containsKey("externalId") || names.containsKey("id");
        if (!asksForOne && call.answers().containsKey("success")) {
            return new Done("success", null);
        }
        Kept known = asksForOne ? record : records.stream().filter(each -> each.kind.equals(call.of()) && !each.ended).reduce((before, last) -> last).orElse(null);
        return known == null ? new Done("absent", null) : new Done(isOver(call, known) ? "ended" : "there", known);
    }

    private static boolean isOver(Call call, Kept record) {
        return record.ended && call.answers().containsKey("ended");
    }
}
