package io.orderweir.console;

import io.orderweir.access.Role;
import io.quarkus.qute.Template;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Where is order #1201, and what happened to it? */
@Path("/")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class OrderPage {

    @Inject
    OrderQuestions questions;

    @Inject
    Template order;

    @GET
    @Path("find")
    public Response find(@QueryParam("q") String typed) {
        return typed == null || typed.isBlank() ? Place.seeOther("/") : Place.seeOther("/orders/" + Place.encoded(typed.strip()));
    }

    @GET
    @Path("orders/{order:.+}")
    public Response order(@PathParam("order") String typed) {
        List<Map<String, Object>> found = questions.orders(typed);
        Map<String, Object> one = found.size() == 1 ? questions.timeline((String) found.get(0).get("key")) : null;
        return Response.status(found.isEmpty() ? 404 : 200).entity(order.data("typed", typed, "found", found, "order", one)).build();
    }
}
