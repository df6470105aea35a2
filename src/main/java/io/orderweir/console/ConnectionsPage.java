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
import org.jboss.resteasy.reactive.RestForm;

/** Who is slow, paused, at the limit, and when clear? */
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
    public TemplateInstance connections() {
        return connections.data("connections", questions.all());
    }

    @POST
    @Path("{name}/pause")
    @RolesAllowed(Role.OPERATOR)
    public Response pause(@PathParam("name") String name, @RestForm String reason) {
        commands.pause(name, reason, visitor.name());
        return Place.seeOther("/connections");
    }

    @POST
    @Path("{name}/resume")
    @RolesAllowed(Role.OPERATOR)
    public Response resume(@PathParam("name") String name) {
        commands.resume(name, visitor.name());
        return Place.seeOther("/connections");
    }
}
