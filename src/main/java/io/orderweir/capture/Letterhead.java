package io.orderweir.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;

/**
 * Reads what a signed body says of itself at its top level, where the headers do not say it.
 * In: the raw body. Out: variables kind, id and happenedAt (its members type or signal, id, and created, timestamp or at); what it does not say is left out.
 */
@ApplicationScoped
@Named("letterhead")
@RegisterForReflection
public class Letterhead {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 256;

    public void read(Exchange exchange) {
        Map<String, String> said = members(exchange.getMessage().getBody(byte[].class), "type", "signal", "id", "created", "timestamp", "at");
        exchange.setVariable("kind", first(said, "type", "signal"));
        exchange.setVariable("id", said.get("id"));
        exchange.setVariable("happenedAt", first(said, "created", "timestamp", "at"));
    }

    private static String first(Map<String, String> said, String... names) {
        return Arrays.stream(names).map(said::get).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The first top-level member of each name as text, digits as they came, and no more of the body than is needed for them. */
    static Map<String, String> members(byte[] body, String... names) {
        Map<String, String> found = new HashMap<>();
        for (String name : names) {
            found.put(name, null);
        }
        int missing = names.length;
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (missing > 0 && json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (found.containsKey(name) && found.get(name) == null) {
                        // what is neither text nor a whole number counts as said, and is no use
                        found.put(name, value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING ? json.getText() : "");
                        missing--;
                    }
                    json.skipChildren();
                }
            }
        } catch (IOException notReadable) {
            // captured all the same; process holds it with its bytes
        }
        found.values().removeIf(text -> text == null || text.isEmpty() || text.length() > LONGEST);
        return found;
    }
}
