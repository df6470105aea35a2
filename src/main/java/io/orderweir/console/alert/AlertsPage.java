package io.orderweir.console.alert;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Place;
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

/** What needs a person, since when, and who was told? */
@Path("/alerts")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class AlertsPage {

    private static final int SHOWN = 50;

    @Inject
    AlertQuestions questions;

    @Inject
    AlertCommands commands;

    @Inject
    Visitor visitor;

    @Inject
    Template alerts;

    @GET
    public TemplateInstance alerts(@QueryParam("before") String before) {
        Long place = Asked.place(before, "alert");
        List<Alert> over = questions.over(place, SHOWN);
        return alerts.data("open", place == null ? questions.open() : List.of(), "over", over, "lookedAt", questions.lookedAt(),
                "first", place == null, "more", over.size() == SHOWN ? over.get(SHOWN - 1).id : null).data("channels", place == null ? questions.channels() : List.of());
    }

    @POST
    @Path("{id}/acknowledge")
    @RolesAllowed(Role.OPERATOR)
    public Response acknowledge(@PathParam("id") String id) {
        commands.acknowledge(Asked.number(id, "alert"), visitor.name());
        return Place.seeOther("/alerts");
    }
}
