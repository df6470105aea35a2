package io.orderweir.console;

import io.orderweir.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The routes of this process. */
@Path("/api/routes")
@RolesAllowed(Role.INTEGRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class RoutesApi {

    @Inject
    RouteQuestions questions;

    /** What each is for, how often it ran since the start, how often in vain, and how long it took. */
    @GET
    public Map<String, Object> routes() {
        return Map.of("routes", questions.all());
    }
}
