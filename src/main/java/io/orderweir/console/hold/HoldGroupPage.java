package io.orderweir.console.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Place;
import io.orderweir.console.Shown;
import io.orderweir.hold.Refused;
import io.quarkus.qute.Location;
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
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;

/** All holds of one cause: who sees to them, what is done to all of them at once, and how far that is. */
@Path("/holds")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class HoldGroupPage {

    private static final int SHOWN = 50;

    @Inject
    HoldQuestions questions;

    @Inject
    HoldCommands commands;

    @Inject
    HoldEdit edit;

    @Inject
    HoldMask mask;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    @Inject
    @Location("holds/group.html")
    Template groupPage;

    @Inject
    @Location("holds/work.html")
    Template work;

    /** How far the work is: a part of the page, asked for every second. */
    @GET
    @Path("work/{id}")
    public TemplateInstance work(@PathParam("id") long id) {
        return work.data("work", mask.of(questions.work(id)));
    }

    @POST
    @Path("group/arrange")
    @RolesAllowed(Role.OPERATOR)
    public Response arrange(@RestForm String what, @RestForm String group, @RestForm String value) {
        return done(group, () -> commands.arrange(null, group, what, HoldEdit.until(what, value), visitor.name()));
    }

    /** What releasing, fixing or discarding all of them would do; a fix that was compared comes as {@code request}. */
    @POST
    @Path("group/plan")
    @RolesAllowed(Role.OPERATOR)
    public Response plan(@RestForm String group, @RestForm String what, @RestForm String path, @RestForm String value, @RestForm String replaced, @RestForm boolean everywhere,
            @RestForm String reason, @RestForm String request) {
        named(group);
        try {
            JsonNode wanted = !"fix".equals(what) ? json.createObjectNode().put("reason", reason) : request == null ? edit.fix(path, value, replaced, everywhere) : asked.object(request);
            return Response.ok(page(group, null, null).data("plan", commands.plan(group, what, wanted)).data("request", wanted.toString())).build();
        } catch (Refused refused) {
            return Place.refused(refused, page(group, null, refused));
        }
    }

    /** Does what was planned; {@code planned} is for how many it was. */
    @POST
    @Path("group/work")
    @RolesAllowed(Role.OPERATOR)
    public Response start(@RestForm String group, @RestForm String what, @RestForm String request, @RestForm Long planned) {
        return done(group, () -> commands.start(group, what, ((ObjectNode) asked.object(request)).put("planned", planned), visitor.name()));
    }

    @POST
    @Path("work/{id}/stop")
    @RolesAllowed(Role.OPERATOR)
    public Response stop(@PathParam("id") long id) {
        return done(questions.work(id).fingerprint(), () -> commands.stop(id, visitor.name()));
    }

    /** {@code before} is the last hold of the page before, {@code refused} why a command was not done; each may be null. */
    TemplateInstance page(String group, Long before, Refused refused) {
        List<HoldAnswers.HeldOrder> members = questions.ofCause(group, before, SHOWN).stream().map(mask::of).toList();
        Map<String, Object> shown = mask.of(questions.group(group));
        boolean correctable = visitor.may(Role.OPERATOR) && shown.get("path") != null;
        return groupPage.data("group", shown).data("members", members).data("plan", null)
                .data("present", correctable ? questions.present(group, (String) shown.get("path")) : List.of())
                .data("more", members.size() == SHOWN ? members.get(SHOWN - 1).id() : null).data("refused", refused);
    }

    private Response done(String group, Runnable command) {
        named(group);
        return Place.after(command, "/holds?group=" + Shown.encoded(group), refused -> page(group, null, refused));
    }

    private static void named(String group) {
        if (group == null || group.isBlank()) {
            throw new Refused(400, "Name the group.");
        }
    }
}
