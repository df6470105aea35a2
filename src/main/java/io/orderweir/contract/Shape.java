package io.orderweir.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of a recording with names in brackets: {@code /orders/{id}/cancel} is known again whatever the id is, and says which it is. */
final class Shape {

    private static final Pattern NAMED = Pattern.compile("\\{(externalId|orderId|id|page|any)}");
    private static final Map<String, String> PARTS = Map.of("externalId", "[A-Za-z0-9_.~-]+", "orderId", "[A-Za-z0-9_.~-]+", "id", "[^/?&\"<>\\s]+", "page", "[^/?&\"<>\\s]+", "any", ".*");

    private final Pattern pattern;

    Shape(String text) {
        StringBuilder regex = new StringBuilder();
        Matcher named = NAMED.matcher(text);
        int at = 0;
        while (named.find()) {
            String name = named.group(1);
            String group = "(?<" + name + ">";
            regex.append(Pattern.quote(text.substring(at, named.start())))
                    .append(name.equals("any") ? PARTS.get(name) : regex.indexOf(group) >= 0 ? "\\k<" + name + ">" : group + PARTS.get(name) + ")");
            at = named.end();
        }
        pattern = Pattern.compile(regex + Pattern.quote(text.substring(at)), Pattern.DOTALL);
    }

    /** What the names stand for in a whole text; empty where it is another one. */
    Optional<Map<String, String>> of(String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.matches() ? Optional.of(said(matcher)) : Optional.empty();
    }

    /** The same for a text that it stands in. */
    Optional<Map<String, String>> in(String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? Optional.of(said(matcher)) : Optional.empty();
    }

    private Map<String, String> said(Matcher matcher) {
        Map<String, String> said = new HashMap<>();
        for (String name : PARTS.keySet()) {
            if (pattern.pattern().contains("(?<" + name + ">")) {
                said.put(name, matcher.group(name));
            }
        }
        return said;
    }
}
