package io.orderweir.stock.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects what may happen next: each as a change of a copy. */
final class Steps {

    private final Pool now;
    private final List<Model.Step<Pool>> steps = new ArrayList<>();

    Steps(Pool now) {
        this.now = now;
    }

    void add(String what, Consumer<Pool> change) {
        Pool next = now.copy();
        change.accept(next);
        steps.add(new Model.Step<>(what, next));
    }

    List<Model.Step<Pool>> all() {
        return steps;
    }
}
