package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.hold.OrderPath;
import io.orderweir.hold.Refused;
import io.orderweir.hold.Words;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;

/** What is wrong, and what do I do about it? */
@Path("/holds")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class HoldsPage {

    private static final int SHOWN = 50;

    private final Words words = new Words();

    @Inject
    HoldQuestions questions;

    @Inject
    HoldCommands commands;

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    @Inject
    Template holds;

    @GET
    public TemplateInstance holds(@QueryParam("group") String group, @QueryParam("before") Long before, @QueryParam("done") Long done) {
        Map<String, Object> closed = done == null ? null : questions.hold(done);
        return page(group, before, null, null).data("done", closed == null || closed.get("closedAt") == null ? null : closed);
    }

    @POST
    @Path("{id}/release")
    @RolesAllowed(Role.OPERATOR)
    public Response release(@PathParam("id") long id, @RestForm String document, @RestForm String value, @RestForm String seen) {
        try {
            commands.release(id, edit(id, document, value, seen), visitor.name());
            return Place.seeOther("/holds?done=" + id);
        } catch (Refused refused) {
            return refused(refused, id, Map.of("document", orEmpty(document), "value", orEmpty(value)));
        }
    }

    @POST
    @Path("{id}/discard")
    @RolesAllowed(Role.OPERATOR)
    public Response discard(@PathParam("id") long id, @RestForm String reason) {
        try {
            commands.discard(id, reason, visitor.name());
            return Place.seeOther("/holds?done=" + id);
        } catch (Refused refused) {
            return refused(refused, id, Map.of());
        }
    }

    /** The text area is the whole order; the field beside it, when it was changed, is put into it. */
    private JsonNode edit(long id, String document, String value, String seen) {
        Map<String, Object> hold = questions.hold(id);
        ObjectNode edit = json.createObjectNode();
        if (seen != null && !seen.isBlank()) {
            edit.put("seen", seen);
        }
        if (document != null && !document.isBlank()) {
            try {
                edit.set("document", json.readTree(document));
            } catch (JsonProcessingException e) {
                throw new Refused(422, "The order is not JSON any more, at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
            }
        }
        JsonNode present = present(hold);
        String before = orEmpty(present == null ? null : OrderPath.text(present));
        if (value != null && present != null && !value.equals(before)) {
            ObjectNode change = edit.putArray("changes").addObject().put("path", (String) hold.get("path"));
            if (value.isBlank()) {
                change.putNull("value");
            } else if (present.isIntegralNumber() && value.strip().matches("-?\\d{1,18}")) {
                change.put("value", Long.parseLong(value.strip()));
            } else {
                change.put("value", value.strip());
            }
        }
        return edit;
    }

    private Response refused(Refused refused, long hold, Map<String, String> typed) {
        return Response.status(refused.status()).entity(page(null, null, refused, new Typed(hold, typed))).build();
    }

    private record Typed(long hold, Map<String, String> values) {
    }

    private TemplateInstance page(String group, Long before, Refused refused, Typed typed) {
        List<Map<String, Object>> held = questions.holds(group, before, SHOWN);
        for (Map<String, Object> hold : held) {
            JsonNode present = present(hold);
            boolean oneValue = hold.get("path") != null && present != null && !present.isContainerNode();
            hold.put("value", oneValue ? orEmpty(OrderPath.text(present)) : null);
            hold.put("word", oneValue ? capital(words.of((String) hold.get("path"))) : null);
            hold.put("document", hold.get("canonical") == null ? "" : pretty(hold.get("canonical")));
            if (typed != null && ((Number) hold.get("id")).longValue() == typed.hold()) {
                hold.putAll(typed.values());
                hold.put("value", oneValue ? typed.values().getOrDefault("value", (String) hold.get("value")) : null);
            }
        }
        return holds.data("holds", held, "more", held.size() == SHOWN ? held.get(SHOWN - 1).get("id") : null, "refused", refused, "done", null);
    }

    private JsonNode present(Map<String, Object> hold) {
        return hold.get("path") == null || hold.get("canonical") == null ? null
                : OrderPath.find(json.valueToTree(hold.get("canonical")), (String) hold.get("path"));
    }

    private String pretty(Object document) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
