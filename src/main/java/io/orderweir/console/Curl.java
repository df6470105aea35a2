package io.orderweir.console;

import io.orderweir.privacy.Masking;
import io.orderweir.privacy.SentRequest;
import java.util.Locale;

/** Writes a call as a command for a shell. Secrets are not in it: what the system is called with stands there as a variable of the shell. */
final class Curl {

    private Curl() {
    }

    /**
     * @param connection the account's name; its variables are called after it
     * @param url its base address; null = a variable, too
     * @param request as the log of calls keeps it, see {@link SentRequest}
     * @param correlationId of a call that was kept without its headers, sent along so that the target's log leads back to the order; may be null
     */
    static String of(String connection, String url, String request, String correlationId) {
        SentRequest sent = SentRequest.read(request);
        String[] line = sent.line().split(" ", 2);
        String variable = variable(connection);
        StringBuilder command = new StringBuilder("curl -X ").append(quoted(line[0], variable)).append(' ')
                .append(url == null ? "\"$" + variable + "_URL\"" : quoted(url.replaceAll("/+$", ""), variable)).append(quoted(line.length == 1 ? "" : line[1], variable));
        if (sent.headers() == null) {
            command.append(" \\\n  -H \"Authorization: $").append(variable).append("_AUTHORIZATION\"");
            if (correlationId != null) {
                command.append(" \\\n  -H ").append(quoted("X-Correlation-Id: " + correlationId, variable));
            }
            if (!sent.body().isBlank()) {
                String body = sent.body().stripLeading();
                command.append(" \\\n  -H 'Content-Type: ").append(body.startsWith("{") || body.startsWith("[") ? "application/json" : "text/plain").append('\'');
            }
        } else {
            sent.headers().forEach(header -> {
                String name = header.substring(0, header.indexOf(':'));
                command.append(" \\\n  -H ").append(header.equals(name + ": " + Masking.MASK) ? "\"" + name + ": $" + variable + "_" + variable(name) + "\"" : quoted(header, variable));
            });
        }
        if (!sent.body().isBlank()) {
            command.append(" \\\n  --data-raw ").append(quoted(sent.body(), variable));
        }
        return command.toString();
    }

    /** One word for any POSIX shell, whatever is in it; what is masked is a variable, called after its parameter where it has one. */
    private static String quoted(String text, String variable) {
        StringBuilder word = new StringBuilder();
        String[] parts = text.split(Masking.MASK, -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                String before = parts[i - 1];
                String name = before.matches("(?s).*[?&][\\w.-]+=") ? before.replaceAll("(?s).*[?&]([\\w.-]+)=", "$1") : "secret";
                word.append("\"$").append(variable).append('_').append(variable(name)).append('"');
            }
            word.append(parts.length > 1 && parts[i].isEmpty() ? "" : quoted(parts[i]));
        }
        return word.toString();
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9/:._=%-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
