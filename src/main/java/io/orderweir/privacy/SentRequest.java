package io.orderweir.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request as the log of calls keeps it: {@code METHOD path?query}, a line for each header, an empty line, the body. Secrets are not in it: {@link Masking#MASK} stands
 * in their place. Where no headers were kept the body begins on the second line.
 *
 * @param line method, path and query
 * @param headers each as {@code Name: value}; null when they were not kept
 * @param body may be empty
 */
public record SentRequest(String line, List<String> headers, String body) {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+: .*");
    /** Names of headers and parameters that let somebody in. */
    private static final Pattern SECRET = Pattern.compile("(?i).*(auth|token|secret|passw|signature|cookie|session|credential|api.?key|access.?key).*|key|sig|code|hmac|pass|pwd");

    /** Writes what is about to be sent, without its secrets: neither those that their name betrays nor those that are known, wherever they stand. */
    public static SentRequest of(String method, String path, String query, Map<String, String> headers, String body, Scrubber scrubber) {
        String address = scrubber.scrub(path == null ? "" : path) + (query == null || query.isEmpty() ? "" : "?" + scrubber.scrub(parameters(query)));
        List<String> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(name + ": " + (isSecret(name) ? Masking.MASK : scrubber.scrub(value.replaceAll("[\\r\\n]+", " ")))));
        return new SentRequest(method + " " + address, lines, scrubber.scrub(body == null ? "" : body));
    }

    /** What of a message's headers is sent: not those that tell Camel something. */
    public static Map<String, String> headers(Map<String, Object> message) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.forEach((name, value) -> {
            if (value != null && !name.startsWith("Camel")) {
                headers.put(name, value.toString());
            }
        });
        return headers;
    }

    public static SentRequest read(String text) {
        String[] parts = text.split("\n", 2);
        String rest = parts.length == 1 ? "" : parts[1];
        List<String> headers = new ArrayList<>();
        for (int from = 0; from < rest.length();) {
            int end = rest.indexOf('\n', from);
            String header = rest.substring(from, end < 0 ? rest.length() : end);
            if (header.isEmpty() && !headers.isEmpty()) {
                return new SentRequest(parts[0], headers, rest.substring(end < 0 ? rest.length() : end + 1));
            }
            if (end < 0 || !HEADER.matcher(header).matches()) {
                break;
            }
            headers.add(header);
            from = end + 1;
        }
        return new SentRequest(parts[0], null, rest);
    }

    /** As it is kept. */
    public String text() {
        return headers == null ? line + (body.isBlank() ? "" : "\n" + body) : line + "\n" + String.join("\n", headers) + (headers.isEmpty() ? "" : "\n") + "\n" + body;
    }

    public SentRequest with(String otherLine, String otherBody) {
        return new SentRequest(otherLine, headers, otherBody);
    }

    /** Whether the name of a header or parameter betrays that its value lets somebody in. */
    public static boolean isSecret(String name) {
        return SECRET.matcher(name).matches() && !name.equalsIgnoreCase("Idempotency-Key");
    }

    private static String parameters(String query) {
        List<String> shown = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            shown.add(equals >= 0 && isSecret(parameter.substring(0, equals)) ? parameter.substring(0, equals + 1) + Masking.MASK : parameter);
        }
        return String.join("&", shown);
    }
}
