package io.orderweir.console;

import io.orderweir.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Where everything is. */
@Path("/api")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
public class FlowApi {

    @Inject
    FlowQuestions questions;

    @GET
    @Path("/counts")
    public Map<String, Object> counts() {
        return questions.counts();
    }
}
