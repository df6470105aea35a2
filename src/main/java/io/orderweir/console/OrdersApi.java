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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Orders, for programs: found by anything they are known by, and what happened to one. A viewer reads no personal data. */
@Path("/api")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
public class OrdersApi {

    @Inject
    OrderQuestions questions;

    @Inject
    Visitor visitor;

    @GET
    @Path("/find")
    @Operation(summary = "Orders by anything they are known by: number, the shop's id, a record at a target, correlation id, e-mail address, SKU.")
    @APIResponseSchema(OrderAnswers.FoundOrders.class)
    @Refuses(404)
    public Map<String, Object> find(@QueryParam("q") String typed, @QueryParam("before") String before) {
        return questions.find(typed == null ? "" : typed, Asked.place(before, "order"));
    }

    @GET
    @Path("/orders/{order:.+}/timeline")
    @Operation(summary = "One order: where it is, and everything that happened to it. A viewer reads no personal data.")
    @APIResponseSchema(OrderAnswers.OrderTimeline.class)
    @Refuses({404, 409})
    public Map<String, Object> timeline(@PathParam("order") String order) {
        return questions.timeline(order, !visitor.may(Role.OPERATOR));
    }

    @GET
    @Path("/messages/{id}")
    @Operation(summary = "What one captured event brought. A viewer reads no personal data.")
    @APIResponseSchema(OrderAnswers.CapturedEvent.class)
    @Refuses(404)
    public Map<String, Object> message(@PathParam("id") String id) {
        return questions.message(Asked.number(id, "message"), !visitor.may(Role.OPERATOR));
    }
}
