package io.orderweir.console;

import io.orderweir.access.Role;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** Home: is everything flowing, and what needs me? */
@Path("/")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class FlowPage {

    @Inject
    FlowQuestions flow;

    @Inject
    HoldQuestions holds;

    @Inject
    ConnectionQuestions connections;

    @Inject
    Template home;

    @GET
    public TemplateInstance home() {
        Map<String, Object> counts = flow.counts();
        List<Map<String, Object>> all = connections.all();
        return home.data("counts", counts, "connections", all, "headline", Headline.of(counts, all), "groups", holds.groups());
    }
}
