package io.orderweir.stock.model;

import java.util.List;

/** A world of states and what may happen in each; states are equal where nothing that follows can tell them apart. */
interface Model<S> {

    S start();

    /** Whatever may happen next, by anybody. */
    List<Step<S>> next(S state);

    /** More can be sold, or is owed, than exists. */
    boolean isFault(S state);

    /** All is told and settled, and no unit is lost between the books and the channel. */
    boolean isAtRest(S state);

    record Step<S>(String what, S to) {
    }
}
