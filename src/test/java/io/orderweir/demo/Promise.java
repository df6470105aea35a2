package io.orderweir.demo;

/** One thing the demo must show: what was promised, what was seen, and whether it holds. */
record Promise(String name, String expected, Number seen, boolean kept) {

    static Promise exactly(String name, long expected, long seen) {
        return new Promise(name, "" + expected, seen, seen == expected);
    }

    static Promise atMost(String name, long most, long seen) {
        return new Promise(name, "at most " + most, seen, seen <= most);
    }

    static Promise atLeast(String name, double least, double seen) {
        return new Promise(name, "at least " + least, seen, seen >= least);
    }
}
