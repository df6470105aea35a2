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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The accounts at other systems. */
@Path("/api/connections")
@RolesAllowed(Role.VIEWER)
@Consumes(MediaType.WILDCARD)
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
    @Operation(summary = "Every connection: its state, queue and limits, and when the queue will be empty.")
    @APIResponseSchema(ConnectionAnswers.ConnectionStates.class)
    public Map<String, Object> connections() {
        return Map.of("connections", questions.all());
    }

    @POST
    @Path("/{name}/pause")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Pauses a connection: nothing more is sent until somebody resumes it.")
    @APIResponseSchema(ConnectionAnswers.ConnectionPaused.class)
    @RequestBodySchema(ConnectionRequests.PauseConnection.class)
    @Refuses({400, 404})
    public Map<String, Object> pause(@PathParam("name") String name, String body) {
        return commands.pause(name, asked.object(body).path("reason").asText(""), visitor.name());
    }

    @POST
    @Path("/{name}/resume")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Lets a paused connection go on.")
    @APIResponseSchema(ConnectionAnswers.ConnectionResumed.class)
    @Refuses(404)
    public Map<String, Object> resume(@PathParam("name") String name) {
        return commands.resume(name, visitor.name());
    }

    @POST
    @Path("/{name}/test")
    @RolesAllowed(Role.INTEGRATOR)
    @Operation(summary = "Whether its target is there and lets us in: one harmless read within the limits of the connection.")
    @APIResponseSchema(ConnectionAnswers.ConnectionTested.class)
    @Refuses({404, 409})
    public Map<String, Object> test(@PathParam("name") String name) {
        return commands.test(name, visitor.name());
    }
}
