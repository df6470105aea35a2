package io.orderweir.revision;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes of a folder under the names of a revision: ids, names behind {@code direct:} and {@code seda:}, and its own files. So the routes of two revisions stand beside each other, and a
 * call ends in those that it began in. Every line stays where it is.
 */
final class Renamed {

    private Renamed() {
    }

    /**
     * @param system what the folder is called
     * @param serving what its routes are called, such as {@code acme_7}
     */
    static byte[] routes(byte[] yaml, String system, String serving) {
        String quoted = Pattern.quote(system);
        Pattern named = Pattern.compile("(\\b(?:direct|seda):|\\bresource:connector:|\\b(?:id|routeId|ref):\\s*[\"']?)" + quoted + "(?=[./])");
        return named.matcher(new String(yaml, StandardCharsets.UTF_8)).replaceAll("$1" + Matcher.quoteReplacement(serving)).getBytes(StandardCharsets.UTF_8);
    }
}
