package io.orderweir.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.contract.Rehearsal.Made;
import io.orderweir.hold.Diff;
import io.orderweir.privacy.Masking;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What two versions of connectors make differently of the same things, counted by mapping and field; of each field the first is told, and nobody's personal values. */
final class Differences {

    private static final int MOST_LINES = 40;
    private static final int LONGEST = 60;
    private static final String NOTHING = "nothing";
    private static final String QUERY = "query";

    /** One field, or one way to fail: in how many, and what is told of the first. */
    private static final class Found {
        private final String says;
        private final String first;
        private int times;

        private Found(String says, String first) {
            this.says = says;
            this.first = first;
        }
    }

    /** What is known of one mapping. */
    private static final class Group {
        private int compared;
        private int differing;
        private final Map<String, Found> found = new LinkedHashMap<>();

        private void add(String key, String says, String first) {
            found.computeIfAbsent(key, none -> new Found(says, first)).times++;
        }
    }

    private final Map<String, Group> groups = new TreeMap<>();
    private int differing;

    /**
     * One thing that both made.
     *
     * @param mapping such as {@code acme fulfilment.create}
     * @param name of its order
     * @param input of both, as JSON text
     */
    void add(String mapping, String name, String input, Made before, Made now) {
        Group group = groups.computeIfAbsent(mapping, first -> new Group());
        group.compared++;
        if (before.failure() != null || now.failure() != null) {
            failed(group, name, new PersonalValues(input), before, now);
        } else if (!before.document().equals(now.document())) {
            PersonalValues personal = new PersonalValues(input);
            count(group);
            Set<String> seen = new HashSet<>();
            compare(before.document(), masked(before.document()), now.document(), masked(now.document()), "",
                    (path, old, made) -> {
                        if (seen.add(path)) {
                            group.add(path, path, name + ": " + shown(old, personal) + " -> " + shown(made, personal));
                        }
                    });
        }
    }

    /** How many things differ. */
    int count() {
        return differing;
    }

    /** A line for each mapping, and below it one for each field; at most 40. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        groups.forEach((mapping, group) -> {
            lines.add(mapping + ": " + group.compared + " compared, " + (group.differing == 0 ? "none differs" : group.differing + (group.differing == 1 ? " differs" : " differ")));
            group.found.values().forEach(found -> lines.add("  " + found.says + ": in " + found.times + ", first " + found.first));
        });
        return lines.size() <= MOST_LINES ? lines : more(lines);
    }

    private static List<String> more(List<String> lines) {
        List<String> shown = new ArrayList<>(lines.subList(0, MOST_LINES));
        shown.add("and " + (lines.size() - MOST_LINES) + " more");
        return shown;
    }

    private void failed(Group group, String name, PersonalValues personal, Made before, Made now) {
        String old = told(before, name, personal);
        String made = told(now, name, personal);
        if (made.equals(old)) {
            group.add("not shown " + made, "not shown", name + ": " + made);
            return;
        }
        count(group);
        if (now.failure() != null) {
            group.add("fails now " + made, "fails now", name + ": " + made);
        }
        if (before.failure() != null) {
            group.add("failed before " + old, "failed before", name + ": " + old);
        }
    }

    private void count(Group group) {
        group.differing++;
        differing++;
    }

    /** A failure without the name of the thing before it and the advice behind it; empty where there is none. */
    private static String told(Made made, String name, PersonalValues personal) {
        if (made.failure() == null) {
            return "";
        }
        int called = made.failure().indexOf(" " + name + ": ");
        String says = called >= 0 && called < LONGEST ? made.failure().substring(called + name.length() + 3) : made.failure();
        return personal.hiddenIn(says).replaceFirst("\\. (The connector \\S+ is|Orderweir's own routes are) at fault, .*$", "");
    }

    private interface Differing {
        void field(String path, JsonNode old, JsonNode made);
    }

    /** Leads to each field that differs, with both values as they may be shown. */
    private static void compare(JsonNode before, JsonNode beforeShown, JsonNode now, JsonNode nowShown, String path, Differing differing) {
        if (before.equals(now)) {
            return;
        }
        if (opens(before, now, true)) {
            Set<String> fields = new LinkedHashSet<>((Collection<String>) names(before));
            fields.addAll(names(now));
            fields.forEach(field -> compare(before.path(field), beforeShown.path(field), now.path(field), nowShown.path(field), path.isEmpty() ? field : path + "." + field, differing));
        } else if (opens(before, now, false)) {
            for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
                compare(before.path(i), beforeShown.path(i), now.path(i), nowShown.path(i), path + "[]", differing);
            }
        } else {
            differing.field(path, beforeShown, nowShown);
        }
    }

    /** Whether both are objects, or lists; one of them may not be there, and the other holds something. */
    private static boolean opens(JsonNode before, JsonNode now, boolean objects) {
        boolean first = objects ? before.isObject() : before.isArray();
        boolean second = objects ? now.isObject() : now.isArray();
        return first && second || first && now.isMissingNode() && !before.isEmpty() || second && before.isMissingNode() && !now.isEmpty();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Of a query only names stay, and of a body that is no JSON nothing. */
    private static JsonNode masked(JsonNode document) {
        JsonNode masked = Masking.document(document);
        if (masked instanceof ObjectNode request && request.has("method")) {
            if (request.path(QUERY).isTextual()) {
                request.put(QUERY, request.path(QUERY).asText().replaceAll("=[^&]*", "=" + Masking.MASK));
            }
            if (request.path("body").isTextual()) {
                request.set("body", JsonNodeFactory.instance.textNode(Masking.MASK));
            }
            if (request.path("look").isObject()) {
                request.set("look", masked(request.path("look")));
            }
        }
        return masked;
    }

    private static String shown(JsonNode value, PersonalValues personal) {
        if (value.isMissingNode()) {
            return NOTHING;
        }
        String text = personal.hidden(Diff.visible(value.isTextual() ? value.textValue() : value.toString()));
        return text.codePointCount(0, text.length()) <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
