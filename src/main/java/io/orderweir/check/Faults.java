package io.orderweir.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Everything that was found to be wrong, by file and line. */
final class Faults {

    private static final int MANY = 12;

    private final SortedSet<Fault> found = new TreeSet<>();

    void add(String file, int line, String says) {
        add(file, line, 0, says);
    }

    void add(String file, int line, int column, String says) {
        found.add(new Fault(file, Math.max(0, line), Math.max(0, column), says.strip().replaceAll("\\s*\\R\\s*", " ")));
    }

    void add(Keys.Place place, String says) {
        add(place.file(), place.line(), says);
    }

    boolean anyOf(String file) {
        return found.stream().anyMatch(fault -> fault.file().equals(file));
    }

    List<Fault> all() {
        return new ArrayList<>(found);
    }

    /** The innermost words: those around it say only that something failed. */
    static String said(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String says = innermost.getMessage() == null ? "" : innermost.getMessage();
        return says.contains(" ") ? says : (innermost.getClass().getSimpleName() + " " + says).strip();
    }

    /** The known name that was probably meant, as the end of a sentence: the nearest, or what there is when none is near. */
    static String meant(String wrong, Collection<String> known) {
        Optional<String> near = known.stream().filter(name -> distance(wrong, name) <= Math.max(1, wrong.length() / 3)).min(Comparator.comparingInt(name -> distance(wrong, name)));
        return near.map(name -> "did you mean " + name + "?").orElseGet(() -> known.isEmpty() ? "there is none"
                : "there are " + known.stream().sorted().limit(MANY).collect(Collectors.joining(", ")) + (known.size() > MANY ? " and others" : ""));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
