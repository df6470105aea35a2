package io.orderweir.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.orderweir.mapping.MappingCheck;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Versions;

/** Looks at one mapping: does jq understand it, and is no regular expression of it slow? */
final class Mappings {

    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");
    private static final Pattern SLOW = Pattern.compile("line (\\d+): (.*)", Pattern.DOTALL);

    private Mappings() {
    }

    /** What is wrong, with its line in {@code file}; the mapping begins at the line {@code from} of it. */
    static void look(String file, int from, String mapping, Faults faults) {
        try {
            JsonQuery.compile(mapping, Versions.JQ_1_7);
        } catch (JsonProcessingException refused) {
            String says = Faults.said(refused).split("\\R")[0].strip();
            Matcher place = PLACE.matcher(says);
            boolean known = place.find() && !place.group(1).equals("0");
            String line = known ? "'" + mapping.split("\\R", -1)[Integer.parseInt(place.group(1)) - 1].strip() + "'" : "the mapping";
            faults.add(file, from - 1 + (known ? Integer.parseInt(place.group(1)) : 1), known && from == 1 ? Integer.parseInt(place.group(2)) : 0,
                    "jq does not understand " + line + ": " + says.replaceFirst("\\.$", "") + "; it may go wrong a line before");
            return;
        }
        MappingCheck.slow(mapping).forEach(found -> {
            Matcher slow = SLOW.matcher(found);
            if (slow.matches()) {
                faults.add(file, from - 1 + Integer.parseInt(slow.group(1)), slow.group(2));
            }
        });
    }
}
