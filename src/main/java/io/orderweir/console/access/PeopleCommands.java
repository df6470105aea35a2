package io.orderweir.console.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.access.Keys;
import io.orderweir.access.Secret;
import io.orderweir.console.Ask;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may enter; the same for API and pages. */
@ApplicationScoped
public class PeopleCommands {

    private static final int LONGEST_TOKEN_DAYS = 366;

    @Inject
    Ask ask;

    /** The answer carries the link that sets her password: it is shown once. */
    public Map<String, Object> add(String name, String role, String by) {
        Map<String, Object> added = answer("access/add-person", by, line(name), line(name), role);
        added.put("link", link(line(name), by).get("link"));
        return added;
    }

    /** Null leaves role or lock as it is. */
    public Map<String, Object> change(String name, String role, Boolean locked, String by) {
        return answer("access/change-person", by, name, name, role, locked);
    }

    /** A link that sets a password, once. */
    public Map<String, Object> link(String name, String by) {
        String secret = Secret.fresh();
        Map<String, Object> given = answer("access/give-key", by, name, name, "link", null, Secret.hash(secret), (double) Keys.linkLasts().toSeconds());
        given.put("link", "/welcome/" + secret);
        return given;
    }

    /** A token for a program that acts in her name; it is shown once. */
    public Map<String, Object> token(String name, JsonNode request, String by) {
        int days = request.path("days").asInt(90);
        if (days < 1 || days > LONGEST_TOKEN_DAYS) {
            throw new Refused(422, "A token lasts 1 to " + LONGEST_TOKEN_DAYS + " days, and not " + request.path("days").asText() + ".");
        }
        String label = line(request.path("label").asText());
        if (label.isEmpty()) {
            throw new Refused(422, "Say what the token is for, as 'label': whoever takes it away must know.");
        }
        String secret = Secret.fresh();
        Map<String, Object> given = answer("access/give-key", by, name, name, "token", label, Secret.hash(secret), (double) Duration.ofDays(days).toSeconds());
        given.put("token", secret);
        return given;
    }

    public Map<String, Object> end(long key, String by) {
        return answer("access/end-key", by, key, key);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> answer(String statement, Object... values) {
        return new LinkedHashMap<>((Map<String, Object>) ask.one(statement, values).orElseThrow().get("answer"));
    }

    /** One line of at most 80 characters. */
    private static String line(String typed) {
        String clean = typed == null ? "" : typed.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cf}]+", " ").strip();
        return clean.substring(0, clean.offsetByCodePoints(0, Math.min(80, clean.codePointCount(0, clean.length()))));
    }
}
