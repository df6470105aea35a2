package io.orderweir.mapping;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Says why a regular expression may take more than a fixed time for each character of a text: an engine that goes back tries the same characters again
 * and again. What it does not understand is slow to it.
 */
public final class SlowPattern {

    private static final int NO_END = Integer.MAX_VALUE;
    /** One character of every sort: what two sets have in common shows in it. */
    private static final String SAMPLE = sample();
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,6})(,?)(\\d{0,6})}");

    /** Something that is repeated from least to most times: characters of a set, or ways of a group; anchors have neither. */
    private record Part(int least, int most, BitSet set, List<List<Part>> ways, boolean start) {

        boolean endless() {
            return most == NO_END && set != null;
        }

        boolean varies() {
            return least != most || ways != null && ways.stream().flatMap(List::stream).anyMatch(Part::varies);
        }

        boolean holdsEndless() {
            return most == NO_END && (set != null || ways != null) || ways != null && ways.stream().flatMap(List::stream).anyMatch(Part::holdsEndless);
        }

        boolean canBeNothing() {
            return least == 0 || set == null && (ways == null || ways.stream().anyMatch(way -> way.stream().allMatch(Part::canBeNothing)));
        }

        BitSet first() {
            BitSet first = new BitSet();
            if (set != null) {
                first.or(set);
            } else if (ways != null) {
                ways.forEach(way -> first.or(firstOf(way, 0)));
            }
            return first;
        }
    }

    private final String regex;
    private final boolean everyLineStarts;
    private int at;

    private SlowPattern(String regex, boolean everyLineStarts) {
        this.regex = regex;
        this.everyLineStarts = everyLineStarts;
    }

    /** Empty for a quick one; {@code everyLineStarts} where ^ is the start of every line, as in jq. */
    public static Optional<String> why(String regex, boolean everyLineStarts) {
        try {
            SlowPattern reader = new SlowPattern(regex, everyLineStarts);
            List<List<Part>> ways = reader.ways();
            if (reader.at < regex.length()) {
                return Optional.of("it has a bracket too many");
            }
            return ways.stream().map(reader::slow).flatMap(Optional::stream).findFirst();
        } catch (IllegalArgumentException | IndexOutOfBoundsException strange) {
            return Optional.of("it cannot be judged (" + strange.getMessage() + ")");
        }
    }

    private Optional<String> slow(List<Part> way) {
        if (way.stream().anyMatch(SlowPattern::nested)) {
            return Optional.of("a repeat stands in a repeat");
        }
        boolean anchored = !way.isEmpty() && way.get(0).start();
        return goesBack(way, anchored, anchored && everyLineStarts && regex.startsWith("^"));
    }

    private static Optional<String> goesBack(List<Part> way, boolean anchored, boolean everyLine) {
        for (int i = 0; i < way.size(); i++) {
            Part part = way.get(i);
            List<Part> rest = way.subList(i + 1, way.size());
            if (part.ways() != null) {
                Optional<String> inside = part.ways().stream().map(inner -> Stream.concat(inner.stream(), rest.stream()).toList())
                        .flatMap(through -> goesBack(through, anchored, everyLine).stream()).findFirst();
                if (inside.isPresent()) {
                    return inside;
                }
            } else if (part.endless() && !rest.isEmpty()) {
                if (!anchored || everyLine && part.set().get(SAMPLE.indexOf('\n'))) {
                    return Optional.of("a repeat without an end is tried from every " + (anchored ? "line" : "character") + ", and what follows it may fail");
                }
                if (firstOf(rest, 0).intersects(part.set()) && rest.stream().anyMatch(Part::holdsEndless)) {
                    return Optional.of("two repeats without an end share the same characters");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean nested(Part part) {
        return part.ways() != null && part.ways().stream().flatMap(List::stream).anyMatch(inner -> nested(inner)
                || part.most() > 1 && (inner.holdsEndless() || part.most() == NO_END && inner.varies()));
    }

    private static BitSet firstOf(List<Part> parts, int from) {
        BitSet first = new BitSet();
        for (Part part : parts.subList(from, parts.size())) {
            first.or(part.first());
            if (!part.canBeNothing()) {
                break;
            }
        }
        return first;
    }

    private List<List<Part>> ways() {
        List<List<Part>> ways = new ArrayList<>();
        List<Part> way = new ArrayList<>();
        ways.add(way);
        while (at < regex.length() && regex.charAt(at) != ')') {
            if (regex.charAt(at) == '|') {
                at++;
                way = new ArrayList<>();
                ways.add(way);
            } else {
                way.add(repeated(atom()));
            }
        }
        return ways;
    }

    private Part atom() {
        char c = regex.charAt(at);
        if (c == '(') {
            return group();
        }
        int from = at;
        if (c == '[') {
            classEnd();
            return characters(regex.substring(from, at));
        }
        at += c == '\\' ? 2 : 1;
        String text = regex.substring(from, at);
        if (c == '\\' && "pPux".indexOf(text.charAt(1)) >= 0) {
            at = regex.charAt(at) == '{' ? regex.indexOf('}', at) + 1 : at + (text.charAt(1) == 'u' ? 4 : text.charAt(1) == 'x' ? 2 : 1);
            text = regex.substring(from, at);
        }
        if (c == '^' || c == '$' || List.of("\\A", "\\z", "\\Z", "\\b", "\\B", "\\G").contains(text)) {
            return new Part(1, 1, null, null, c == '^' || text.equals("\\A"));
        }
        if (c == '\\' && (Character.isDigit(text.charAt(1)) || "kg".indexOf(text.charAt(1)) >= 0)) {
            throw new IllegalArgumentException("it refers to what it found");
        }
        return characters(text);
    }

    private Part group() {
        at++;
        if (regex.startsWith("?", at)) {
            Matcher named = Pattern.compile("\\?(:|<[A-Za-z]\\w*>)").matcher(regex).region(at, regex.length());
            if (!named.lookingAt()) {
                throw new IllegalArgumentException("it looks ahead, looks back or sets a mode");
            }
            at = named.end();
        }
        List<List<Part>> ways = ways();
        if (regex.charAt(at++) != ')') {
            throw new IllegalArgumentException("a bracket is open");
        }
        return new Part(1, 1, null, ways, false);
    }

    private void classEnd() {
        at += regex.startsWith("[^", at) ? 2 : 1;
        do {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        } while (regex.charAt(at) != ']');
        at++;
    }

    private Part repeated(Part part) {
        if (at == regex.length()) {
            return part;
        }
        Matcher count = COUNT.matcher(regex).region(at, regex.length());
        int least = part.least();
        int most = part.most();
        char c = regex.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            at++;
            least = c == '+' ? 1 : 0;
            most = c == '?' ? 1 : NO_END;
        } else if (count.lookingAt()) {
            at = count.end();
            least = Integer.parseInt(count.group(1));
            most = count.group(2).isEmpty() ? least : count.group(3).isEmpty() ? NO_END : Integer.parseInt(count.group(3));
        } else {
            return part;
        }
        if (at < regex.length() && "*+?".indexOf(regex.charAt(at)) >= 0) {
            throw new IllegalArgumentException("a repeat is repeated, lazy or possessive");
        }
        return new Part(least, most, part.set(), part.ways(), part.start());
    }

    private static Part characters(String text) {
        try {
            Pattern one = Pattern.compile(text, Pattern.UNICODE_CHARACTER_CLASS);
            BitSet set = new BitSet();
            for (int i = 0; i < SAMPLE.length(); i++) {
                set.set(i, one.matcher(SAMPLE.substring(i, i + 1)).matches());
            }
            return new Part(1, 1, set, null, false);
        } catch (PatternSyntaxException strange) {
            throw new IllegalArgumentException(strange.getDescription(), strange);
        }
    }

    private static String sample() {
        StringBuilder sample = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            sample.append(c);
        }
        return sample.append("\u0100\u03a9\u05d0\u0661\u2003\u2028\u3000\u4e2d\ud800\ufffd").toString();
    }
}
