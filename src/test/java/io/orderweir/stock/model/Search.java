package io.orderweir.stock.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goes through every state that can be reached, the nearest first, until there is no other or one is a fault. */
final class Search<S> {

    private final Model<S> model;
    private final Map<S, Integer> numbers = new HashMap<>();
    private final List<S> states = new ArrayList<>();
    private final List<Integer> from = new ArrayList<>();
    private final List<String> by = new ArrayList<>();
    private final List<List<Integer>> before = new ArrayList<>();
    private int fault = -1;

    Search(Model<S> model) {
        this.model = model;
        number(model.start(), -1, "start");
        for (int i = 0; i < states.size() && fault < 0; i++) {
            for (Model.Step<S> step : model.next(states.get(i))) {
                before.get(number(step.to(), i, step.what())).add(i);
            }
        }
    }

    int size() {
        return states.size();
    }

    /** What has to happen for a fault, the shortest way; empty = nothing leads to one. */
    List<String> wayToAFault() {
        return fault < 0 ? List.of() : way(fault);
    }

    /** What has to happen so that some units can never again be told or sold, the shortest way; empty = from everywhere there is a way back. */
    List<String> wayToStranding() {
        BitSet hopeful = new BitSet();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < states.size(); i++) {
            if (model.isAtRest(states.get(i))) {
                hopeful.set(i);
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            before.get(open.remove()).stream().filter(i -> !hopeful.get(i)).forEach(i -> {
                hopeful.set(i);
                open.add(i);
            });
        }
        int lost = hopeful.nextClearBit(0);
        return lost < states.size() ? way(lost) : List.of();
    }

    private int number(S state, int parent, String what) {
        Integer known = numbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        int number = states.size();
        states.add(state);
        from.add(parent);
        by.add(what);
        before.add(new ArrayList<>(4));
        if (fault < 0 && model.isFault(state)) {
            fault = number;
        }
        return number;
    }

    private List<String> way(int end) {
        List<String> way = new ArrayList<>();
        for (int i = end; from.get(i) >= 0; i = from.get(i)) {
            way.add(by.get(i));
        }
        Collections.reverse(way);
        return way;
    }
}
