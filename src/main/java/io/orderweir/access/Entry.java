package io.orderweir.access;

/**
 * A key that opened the console.
 *
 * @param kind session or token
 */
record Entry(long key, String kind, String person, String role) {
}
