package io.orderweir.console.connector;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Which connectors run, what is refused of the mounted ones, and what ran before? */
@Path("/connectors")
@RolesAllowed(Role.INTEGRATOR)
@Produces(MediaType.TEXT_HTML)
public class ConnectorsPage {

    @Inject
    ConnectorQuestions questions;

    @Inject
    ConnectorCommands commands;

    @Inject
    Visitor visitor;

    @Inject
    Template connectors;

    @GET
    public TemplateInstance page() {
        return connectors.data("all", questions.all());
    }

    @POST
    @Path("consent")
    public Response consent() {
        commands.consent(visitor.name());
        return Place.seeOther("/connectors");
    }

    @POST
    @Path("revisions/{number}/restore")
    public Response restore(@PathParam("number") String number) {
        commands.restore(Asked.number(number, "revision"), visitor.name());
        return Place.seeOther("/connectors");
    }
}
