package io.orderweir.console;

import io.orderweir.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The routes of this process. */
@Path("/api/routes")
@RolesAllowed(Role.INTEGRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class RoutesApi {

    @Inject
    RouteQuestions questions;

    @GET
    @Operation(summary = "The routes of this process: what each is for, how often it ran since the start, how often in vain, and how long it took.")
    @APIResponseSchema(ConnectionAnswers.RouteStates.class)
    public Map<String, Object> routes() {
        return Map.of("routes", questions.all());
    }
}
