package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;

/** Who is slow, paused or at the limit, and when will it be clear? */
@Path("/connections")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class ConnectionsPage {

    @Inject
    ConnectionQuestions questions;

    @Inject
    ConnectionCommands commands;

    @Inject
    Visitor visitor;

    @Inject
    Template connections;

    @GET
    public TemplateInstance page() {
        return page(Map.of(), null, null);
    }

    @POST
    @Path("{name}/pause")
    @RolesAllowed(Role.OPERATOR)
    public Response pause(@PathParam("name") String name, @RestForm String reason) {
        return Place.after(() -> commands.pause(name, reason, visitor.name()), at(name), refused -> page(Map.of(), name, refused.getMessage()));
    }

    @POST
    @Path("{name}/resume")
    @RolesAllowed(Role.OPERATOR)
    public Response resume(@PathParam("name") String name) {
        commands.resume(name, visitor.name());
        return Place.seeOther(at(name));
    }

    /** What came back is said beside the connection; only one harmless read was made, so that the page may be loaded again. */
    @POST
    @Path("{name}/test")
    @RolesAllowed(Role.INTEGRATOR)
    public TemplateInstance test(@PathParam("name") String name) {
        return page(Map.of(name, commands.test(name, visitor.name())), null, null);
    }

    private TemplateInstance page(Map<String, Map<String, Object>> tested, String refusedAt, String refused) {
        List<Map<String, Object>> all = questions.all();
        for (Map<String, Object> one : all) {
            Reason reason = Reason.of(one);
            one.put("why", reason == null ? null : reason.why());
            one.put("whySince", reason == null ? null : reason.since());
            one.put("shownState", reason == null || reason.state().equals("waiting") ? one.get("state") : reason.state());
            one.put("tested", tested.get(one.get("connection")));
            one.put("refused", one.get("connection").equals(refusedAt) ? refused : null);
            one.put("limits", ((List<?>) one.get("limits")).stream().map(limit -> bar((Map<?, ?>) limit)).toList());
        }
        return connections.data("connections", all);
    }

    /** A limit with its shares of the whole, in percent, and its window as people read it. */
    private static Map<String, Object> bar(Map<?, ?> limit) {
        Map<String, Object> bar = new HashMap<>();
        limit.forEach((key, value) -> bar.put((String) key, value));
        bar.put("said", ((Number) limit.get("windowMs")).longValue() == 0 ? "at once" : "in " + Shown.lasting(limit.get("windowMs")));
        bar.put("slowed", ((Number) limit.get("opened")).longValue() < ((Number) limit.get("calls")).longValue());
        return bar;
    }

    private static String at(String name) {
        return "/connections#" + Place.encoded(name);
    }
}
