package io.orderweir.console;

import java.util.Locale;

/** Writes an attempt as a command for a shell. Secrets are not in it: what the system is called with stands there as a variable of the shell. */
final class Curl {

    private Curl() {
    }

    /**
     * @param connection the account's name; its variables are called after it
     * @param url its base address; null = a variable, too
     * @param request as the attempt keeps it: {@code METHOD path}, and the body from the second line on
     * @param correlationId sent along, so that the target's log leads back to the order; may be null
     */
    static String of(String connection, String url, String request, String correlationId) {
        String[] parts = request.split("\n", 2);
        String[] line = parts[0].split(" ", 2);
        String variable = connection.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        StringBuilder command = new StringBuilder("curl -X ").append(quoted(line[0])).append(' ')
                .append(url == null ? "\"$" + variable + "_URL\"" : quoted(url.replaceAll("/+$", ""))).append(quoted(line.length == 1 ? "" : line[1]))
                .append(" \\\n  -H \"Authorization: $").append(variable).append("_AUTHORIZATION\"");
        if (correlationId != null) {
            command.append(" \\\n  -H ").append(quoted("X-Correlation-Id: " + correlationId));
        }
        if (parts.length == 2 && !parts[1].isBlank()) {
            String body = parts[1].stripLeading();
            command.append(" \\\n  -H 'Content-Type: ").append(body.startsWith("{") || body.startsWith("[") ? "application/json" : "text/plain").append('\'')
                    .append(" \\\n  --data-raw ").append(quoted(parts[1]));
        }
        return command.toString();
    }

    /** One word for any POSIX shell, whatever is in it. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9/:._?=&%-]*") && !text.contains("&") && !text.contains("?") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
