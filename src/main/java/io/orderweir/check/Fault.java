package io.orderweir.check;

import java.util.Comparator;

/** Something that is wrong with a file or a key: where it stands, what stands there and the way out. A line or column of 0 is not known. */
public record Fault(String file, int line, int column, String says) implements Comparable<Fault> {

    private static final Comparator<Fault> AS_READ = Comparator.comparing(Fault::file).thenComparingInt(Fault::line).thenComparingInt(Fault::column).thenComparing(Fault::says);

    @Override
    public int compareTo(Fault other) {
        return AS_READ.compare(this, other);
    }

    /** As compilers say it, so that editors and terminals open the line. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column)) + ": " + says;
    }
}
