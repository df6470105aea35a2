package io.orderweir.stock;

import java.time.Instant;

/** One attempt of a stock call on the network; dead = until then it may be executed. */
record StockCall(long id, PretendChannel channel, String what, long units, long base, Instant dead) {
}
