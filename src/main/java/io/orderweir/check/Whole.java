package io.orderweir.check;

/**
 * Tells a whole file from the first half of one, which may be a list of fewer routes, a table of fewer rows or a shorter mapping, and as right as the whole:
 * every mounted file ends in the line {@code # end}.
 */
final class Whole {

    private static final String END = "# end";

    private Whole() {
    }

    static void look(RouteText file, Faults faults) {
        if (file.text().isBlank()) {
            // that is told of itself
            return;
        }
        String[] lines = file.text().stripTrailing().split("\\R", -1);
        if (!lines[lines.length - 1].strip().equals(END)) {
            faults.add(file.file(), lines.length, "it does not end in the line '" + END + "', so it may be the first half of a file; save it whole, or write that line at its end");
        }
    }
}
