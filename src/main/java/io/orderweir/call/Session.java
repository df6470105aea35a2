package io.orderweir.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.privacy.Scrubber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * The sessions that logins returned, one for each connection: in the memory of this process alone, offered to its later calls, and taken out of all that is kept or
 * shown. Who starts anew signs in anew.
 */
@ApplicationScoped
@Named("session")
@RegisterForReflection
public class Session {

    private static final int REFUSED = 401;

    /** worked: something was done with it since it was given. */
    private record Kept(String value, boolean worked) {
    }

    private final Map<String, Kept> sessions = new ConcurrentHashMap<>();
    private final Set<String> signingIn = ConcurrentHashMap.newKeySet();

    @Inject
    Scrubber scrubber;

    @Inject
    ObjectMapper json;

    /** What the connection is called with; null when a login has to come first. A dry run signs in nowhere and shows words. In: variables connection, dryRun. */
    public String of(Exchange exchange) {
        Kept kept = sessions.get(connection(exchange));
        return kept != null ? kept.value : "true".equals(exchange.getVariable("dryRun", String.class)) ? "(session)" : null;
    }

    /** Whether this call signs in; false while another one does, or just has. In: variables connection, sessionIs. */
    public boolean begin(Exchange exchange) {
        pointer(exchange);
        String connection = connection(exchange);
        if (!signingIn.add(connection)) {
            return false;
        }
        // asked with the turn in hand: whoever had it before has kept what it got
        if (sessions.containsKey(connection)) {
            signingIn.remove(connection);
            return false;
        }
        return true;
    }

    /** The login is over, whatever became of it. */
    public void end(Exchange exchange) {
        signingIn.remove(connection(exchange));
    }

    /**
     * Keeps the session of an answer, before anybody writes the answer down. In: variables connection, status, answer, failure; sessionIs, where in the answer it stands (a JSON Pointer, of a
     * text, or of a list or object that is kept as JSON); else session, what the call was made with.
     */
    public void keep(Exchange exchange) {
        if (exchange.getVariable("sessionIs") == null) {
            String used = exchange.getVariable("session", String.class);
            if (used != null && exchange.getVariable("status", 0, Integer.class) != REFUSED) {
                sessions.computeIfPresent(connection(exchange), (name, kept) -> kept.value.equals(used) ? new Kept(used, true) : kept);
            }
            return;
        }
        JsonNode said = said(exchange.getVariable("answer", String.class)).at(pointer(exchange));
        List<String> secrets = texts(said);
        secrets.forEach(scrubber::learn);
        if (!secrets.isEmpty() && exchange.getVariable("failure") == null) {
            sessions.put(connection(exchange), new Kept(said.isContainerNode() ? said.toString() : said.asText(), false));
        }
    }

    /**
     * Forgets the session that a call was refused with, if nobody has signed in since. False when it is the one that was just given: signing in again would not help.
     * In: variables connection, session.
     */
    public boolean forget(Exchange exchange) {
        String used = exchange.getVariable("session", String.class);
        Kept kept = sessions.get(connection(exchange));
        if (kept == null || !kept.value.equals(used)) {
            return true;
        }
        sessions.remove(connection(exchange), kept);
        return kept.worked;
    }

    private static String connection(Exchange exchange) {
        return exchange.getVariable("connection", String.class);
    }

    private static JsonPointer pointer(Exchange exchange) {
        String where = exchange.getVariable("sessionIs", String.class);
        try {
            return JsonPointer.compile(where);
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException("the variable sessionIs is '" + where + "', which is no JSON Pointer such as /result/1", none);
        }
    }

    private JsonNode said(String answer) {
        try {
            return json.readTree(answer == null ? "" : answer);
        } catch (JsonProcessingException notJson) {
            return json.missingNode();
        }
    }

    /** What of it is long enough to be told from other text. */
    private static List<String> texts(JsonNode said) {
        List<String> texts = new ArrayList<>();
        if (said.isContainerNode()) {
            said.forEach(inside -> texts.addAll(texts(inside)));
        } else if (Scrubber.isTold(said.asText())) {
            texts.add(said.asText());
        }
        return texts;
    }
}
