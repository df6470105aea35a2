package io.orderweir.console;

import io.orderweir.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** What happened to an order. */
@Path("/api/orders")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
public class OrdersApi {

    @Inject
    OrderQuestions questions;

    @GET
    @Path("/{order:.+}/timeline")
    public Map<String, Object> timeline(@PathParam("order") String order) {
        return questions.timeline(order);
    }
}
