package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.hold.HoldMask;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Home: is everything flowing, what needs me, and when will it be clear? */
@Path("/")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class FlowPage {

    private static final List<String> STATES = List.of("planned", "noted", "gated", "ready", "sending", "unsure", "held", "delivered", "confirmed", "superseded", "discarded");
    private static final List<Range> RANGES = List.of(new Range("hour", "last hour"), new Range("day", "last day"));

    @Inject
    FlowQuestions questions;

    @Inject
    FlowCommands commands;

    @Inject
    HoldMask mask;

    @Inject
    Visitor visitor;

    @Inject
    Template flow;

    @Inject
    @Location("flow/now")
    Template part;

    /** A time range as the address names it, and as people read it. */
    @TemplateData
    public record Range(String name, String said) {
    }

    @GET
    public TemplateInstance home(@QueryParam("range") @DefaultValue("hour") String range) {
        return dressed(flow).data("ranges", RANGES).data("range", RANGES.stream().map(Range::name).filter(range::equals).findFirst().orElse("hour"));
    }

    /** What changes of the page, without its frame. */
    @GET
    @Path("flow/part")
    public TemplateInstance part() {
        return dressed(part);
    }

    @POST
    @Path("flow/recount")
    @RolesAllowed(Role.OPERATOR)
    public Response recount() {
        commands.recount(visitor.name());
        return Place.seeOther("/#books");
    }

    @POST
    @Path("flow/take-in")
    @RolesAllowed(Role.OPERATOR)
    public Response takeIn() {
        commands.takeIn(null, null, null, visitor.name());
        return Place.seeOther("/#books");
    }

    @SuppressWarnings("unchecked")
    private TemplateInstance dressed(Template template) {
        Map<String, Object> now = questions.now();
        TemplateInstance dressed = template.data("states", STATES);
        now.forEach(dressed::data);
        // the answers are shared, the mask is this visitor's
        dressed.data("groups", mask.all(((List<?>) now.get("groups")).stream().map(group -> (Map<String, Object>) new LinkedHashMap<>((Map<String, Object>) group)).toList()));
        return dressed;
    }
}
