package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The accounts at other systems. */
@Path("/api/connections")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
public class ConnectionsApi {

    @Inject
    ConnectionQuestions questions;

    @Inject
    ConnectionCommands commands;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @GET
    public Map<String, Object> connections() {
        return Map.of("connections", questions.all());
    }

    @POST
    @Path("/{name}/pause")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> pause(@PathParam("name") String name, String body) {
        return commands.pause(name, asked.object(body).path("reason").asText(""), visitor.name());
    }

    @POST
    @Path("/{name}/resume")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> resume(@PathParam("name") String name) {
        return commands.resume(name, visitor.name());
    }

    /** Whether its target is there and lets us in: one harmless read within the limits of the connection. */
    @POST
    @Path("/{name}/test")
    @RolesAllowed(Role.INTEGRATOR)
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> test(@PathParam("name") String name) {
        return commands.test(name, visitor.name());
    }
}
