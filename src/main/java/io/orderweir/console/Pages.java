package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.hold.OrderPath;
import io.orderweir.hold.Refused;
import io.orderweir.hold.Words;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;

/** The one plain page: is everything flowing, what needs me, and where is order #1201? */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class Pages {

    private static final int SHOWN = 50;

    private final Words words = new Words();

    @Inject
    Ledger ledger;

    @Inject
    Commands commands;

    @Inject
    OperatorKey key;

    @Inject
    ObjectMapper json;

    @Inject
    Template home;

    @Inject
    Template order;

    @Context
    ContainerRequestContext request;

    @GET
    public TemplateInstance home(@QueryParam("before") Long before, @QueryParam("done") Long done) {
        Map<String, Object> closed = done == null ? null : ledger.hold(done);
        return page(before, null, null).data("done", closed == null || closed.get("closedAt") == null ? null : closed);
    }

    @GET
    @Path("find")
    public Response find(@QueryParam("q") String typed) {
        return typed == null || typed.isBlank() ? seeOther("/") : seeOther("/orders/" + encoded(typed.strip()));
    }

    @GET
    @Path("orders/{order:.+}")
    public Response order(@PathParam("order") String typed) {
        List<Map<String, Object>> found = ledger.orders(typed);
        Map<String, Object> one = found.size() == 1 ? ledger.timeline((String) found.get(0).get("key")) : null;
        return Response.status(found.isEmpty() ? 404 : 200)
                .entity(dressed(order).data("typed", typed).data("found", found).data("order", one)).build();
    }

    @POST
    @Path("holds/{id}/release")
    public Response release(@PathParam("id") long id, @RestForm String token, @RestForm String document, @RestForm String value, @RestForm String seen) {
        checkOurs(token);
        try {
            commands.release(id, edit(id, document, value, seen), person());
            return seeOther("/?done=" + id);
        } catch (Refused refused) {
            return refused(refused, id, Map.of("document", orEmpty(document), "value", orEmpty(value)));
        }
    }

    @POST
    @Path("holds/{id}/discard")
    public Response discard(@PathParam("id") long id, @RestForm String token, @RestForm String reason) {
        checkOurs(token);
        try {
            commands.discard(id, reason, person());
            return seeOther("/?done=" + id);
        } catch (Refused refused) {
            return refused(refused, id, Map.of());
        }
    }

    @POST
    @Path("gates/open")
    public Response openGate(@RestForm String token, @RestForm long build, @RestForm String gate, @RestForm String evidence, @RestForm String order) {
        checkOurs(token);
        ObjectNode opening = json.createObjectNode().put("build", build).put("gate", gate);
        if (evidence != null && !evidence.isBlank()) {
            opening.putObject("evidence").put("note", evidence.strip());
        }
        return done(() -> commands.openGate(opening, person()), "/orders/" + encoded(order));
    }

    @POST
    @Path("connections/{name}/pause")
    public Response pause(@PathParam("name") String name, @RestForm String reason, @RestForm String token) {
        checkOurs(token);
        return done(() -> commands.pause(name, reason, person()), "/");
    }

    @POST
    @Path("connections/{name}/resume")
    public Response resume(@PathParam("name") String name, @RestForm String token) {
        checkOurs(token);
        return done(() -> commands.resume(name, person()), "/");
    }

    /** Shows the page that a command leads to, or says why it was refused. */
    private Response done(Runnable command, String next) {
        try {
            command.run();
            return seeOther(next);
        } catch (Refused refused) {
            return refused(refused, null, Map.of());
        }
    }

    @POST
    @Path("logout")
    public Response leave(@RestForm String token) {
        checkOurs(token);
        return Response.seeOther(URI.create("/login")).cookie(Login.cookie("", 0, false)).build();
    }

    /** The text area is the whole order; the field beside it, when it was changed, is put into it. */
    private JsonNode edit(long id, String document, String value, String seen) {
        Map<String, Object> hold = ledger.hold(id);
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

    private Response refused(Refused refused, Long hold, Map<String, String> typed) {
        return Response.status(refused.status()).entity(page(null, refused, hold == null ? null : new Typed(hold, typed))).build();
    }

    private record Typed(long hold, Map<String, String> values) {
    }

    private TemplateInstance page(Long before, Refused refused, Typed typed) {
        List<Map<String, Object>> holds = ledger.holds(null, before, SHOWN);
        for (Map<String, Object> hold : holds) {
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
        Map<String, Object> counts = ledger.counts();
        List<Map<String, Object>> connections = ledger.connections();
        return dressed(home).data("counts", counts).data("connections", connections).data("headline", Headline.of(counts, connections))
                .data("holds", holds).data("more", holds.size() == SHOWN ? holds.get(SHOWN - 1).get("id") : null)
                .data("gates", ledger.gates(null, 0, SHOWN)).data("refused", refused).data("done", null);
    }

    private TemplateInstance dressed(Template template) {
        return template.data("token", key.formToken((String) request.getProperty(Guard.SESSION))).data("person", person());
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

    private void checkOurs(String token) {
        if (!key.sentByOurForm((String) request.getProperty(Guard.SESSION), token)) {
            throw new Refused(403, "This form was not made for your session. Load the page again.");
        }
    }

    private String person() {
        return (String) request.getProperty(Guard.PERSON);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    }

    private static Response seeOther(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
