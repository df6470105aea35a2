package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.connection.Settings;
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
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which routes run in this process, and how they do. */
@Path("/routes")
@RolesAllowed(Role.INTEGRATOR)
@Produces(MediaType.TEXT_HTML)
public class RoutesPage {

    @Inject
    RouteQuestions questions;

    @Inject
    Settings settings;

    @Inject
    Template routes;

    @GET
    public TemplateInstance page() {
        List<Map<String, Object>> all = questions.all();
        return routes.data("groups", all.stream().collect(Collectors.groupingBy(row -> (String) row.get("group"), TreeMap::new, Collectors.toList())))
                .data("roles", String.join(", ", settings.roles())).data("hawtio", settings.console().hawtioUrl().orElse(null));
    }
}
