package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Orders, for programs: found by anything they are known by, and what happened to one. A viewer reads no personal data. */
@Path("/api")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
public class OrdersApi {

    @Inject
    OrderQuestions questions;

    @Inject
    Visitor visitor;

    /** By number, id, record at a target, correlation id, e-mail address or SKU; {@code before} is the id of the last order of the page before. */
    @GET
    @Path("/find")
    public Map<String, Object> find(@QueryParam("q") String typed, @QueryParam("before") String before) {
        return questions.find(typed == null ? "" : typed, Asked.place(before, "order"));
    }

    @GET
    @Path("/orders/{order:.+}/timeline")
    public Map<String, Object> timeline(@PathParam("order") String order) {
        return questions.timeline(order, !visitor.may(Role.OPERATOR));
    }

    /** What one captured event brought: its bytes as text, and the canonical document. */
    @GET
    @Path("/messages/{id}")
    public Map<String, Object> message(@PathParam("id") String id) {
        return questions.message(Asked.number(id, "message"), !visitor.may(Role.OPERATOR));
    }
}
