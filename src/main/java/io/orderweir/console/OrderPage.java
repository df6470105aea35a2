package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
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

/** Where is order #1201, what happened to it, and what was sent? */
@Path("/")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class OrderPage {

    @Inject
    OrderQuestions questions;

    @Inject
    Visitor visitor;

    @Inject
    Template find;

    @Inject
    Template order;

    @Inject
    Template message;

    /** One order that is found leads straight to it. */
    @GET
    @Path("find")
    public Response find(@QueryParam("q") String q, @QueryParam("before") String before) {
        String typed = q == null ? "" : q.strip();
        Map<String, Object> answer = questions.find(typed, Asked.place(before, "order"));
        List<?> found = (List<?>) answer.get("orders");
        if (found.size() == 1 && before == null) {
            return Place.seeOther("/orders/" + Place.encoded((String) ((Map<?, ?>) found.get(0)).get("key")));
        }
        return Response.status(found.isEmpty() && !typed.isEmpty() ? 404 : 200).entity(find.data("typed", typed).data("found", found)
                .data("more", Boolean.TRUE.equals(answer.get("more")) ? ((Map<?, ?>) found.get(found.size() - 1)).get("id") : null)).build();
    }

    @GET
    @Path("orders/{order:.+}")
    public Response order(@PathParam("order") String typed) {
        List<Map<String, Object>> found = questions.orders(typed);
        if (found.size() != 1) {
            return Place.seeOther("/find?q=" + Shown.encoded(typed));
        }
        return Response.ok(order.data("order", questions.timeline((String) found.get(0).get("key"), masked())).data("masked", masked())).build();
    }

    @GET
    @Path("messages/{id}")
    public TemplateInstance message(@PathParam("id") String id) {
        return message.data("message", questions.message(Asked.number(id, "message"), masked())).data("masked", masked());
    }

    private boolean masked() {
        return !visitor.may(Role.OPERATOR);
    }
}
