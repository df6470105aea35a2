package io.orderweir.stock.model;

/** What the stock call of a channel's API is, which decides how it is made safely. */
enum Kind {
    /** By so many more or fewer, with a key that is remembered; it may go below zero. */
    KEYED,
    /** From one number to another, refused where another one stands; with a key, under which a refusal is not remembered. */
    COMPARED,
    /** By so many more or fewer, without a key; refused below zero. */
    REFUSING,
    /** To a number, whatever stood there. */
    ABSOLUTE,
    /** To a number of units at the source; what may be sold is that, less what is sold and not yet shipped. */
    SOURCE;

    boolean remembersKeys() {
        return this == KEYED || this == COMPARED;
    }
}
