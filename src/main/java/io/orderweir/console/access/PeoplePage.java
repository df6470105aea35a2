package io.orderweir.console.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.hold.Refused;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestForm;

/** Who may enter, as what, and with which keys? A link or a token is shown in the answer to the form that made it, and never again. */
@Path("/people")
@RolesAllowed(Role.ADMIN)
@Produces(MediaType.TEXT_HTML)
public class PeoplePage {

    @Inject
    PeopleQuestions questions;

    @Inject
    PeopleCommands commands;

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    @Inject
    Template people;

    @Context
    UriInfo uri;

    @GET
    public TemplateInstance people() {
        return page(null, null);
    }

    @POST
    public Response add(@RestForm String name, @RestForm String role) {
        return done(() -> commands.add(name, role, visitor.name()));
    }

    @POST
    @Path("{name}/role")
    public Response role(@PathParam("name") String name, @RestForm String role) {
        return done(() -> commands.change(name, role, null, visitor.name()));
    }

    @POST
    @Path("{name}/lock")
    public Response lock(@PathParam("name") String name, @RestForm boolean locked) {
        return done(() -> commands.change(name, null, locked, visitor.name()));
    }

    @POST
    @Path("{name}/link")
    public Response link(@PathParam("name") String name) {
        return done(() -> commands.link(name, visitor.name()));
    }

    @POST
    @Path("{name}/token")
    public Response token(@PathParam("name") String name, @RestForm String label, @RestForm int days) {
        return done(() -> commands.token(name, json.createObjectNode().put("label", label).put("days", days), visitor.name()));
    }

    @POST
    @Path("{name}/keys/{key}/end")
    public Response end(@PathParam("key") long key) {
        return done(() -> commands.end(key, visitor.name()));
    }

    private Response done(Supplier<Map<String, Object>> command) {
        try {
            return Response.ok(page(command.get(), null)).build();
        } catch (Refused refused) {
            return Response.status(refused.status()).entity(page(null, refused)).build();
        }
    }

    private TemplateInstance page(Map<String, Object> answer, Refused refused) {
        return people.data("people", questions.people(), "roles", Role.all(), "answer", answer, "refused", refused,
                "here", uri.getBaseUri().toString().replaceAll("/$", ""));
    }
}
