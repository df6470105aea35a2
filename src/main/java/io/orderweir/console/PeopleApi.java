package io.orderweir.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Who may enter, and their tokens. */
@Path("/api/people")
@RolesAllowed(Role.VIEWER)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class PeopleApi {

    @Inject
    PeopleQuestions questions;

    @Inject
    PeopleCommands commands;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @GET
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> people() {
        return Map.of("people", questions.people());
    }

    /** {@code {"name", "role"}}; the answer's link sets her password, once. */
    @POST
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> add(String body) {
        JsonNode person = asked.object(body);
        return commands.add(person.path("name").asText(), person.path("role").asText(), visitor.name());
    }

    /** {@code {"role", "locked"}}, each if it changes. */
    @POST
    @Path("/{name}")
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> change(@PathParam("name") String name, String body) {
        JsonNode change = asked.object(body);
        return commands.change(name, change.hasNonNull("role") ? change.get("role").asText() : null,
                change.hasNonNull("locked") ? change.get("locked").asBoolean() : null, visitor.name());
    }

    @POST
    @Path("/{name}/link")
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> link(@PathParam("name") String name) {
        return commands.link(name, visitor.name());
    }

    /** {@code {"label", "days"}}; the answer's token is shown once. */
    @POST
    @Path("/{name}/tokens")
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> token(@PathParam("name") String name, String body) {
        return commands.token(name, asked.object(body), visitor.name());
    }

    @DELETE
    @Path("/keys/{key}")
    @RolesAllowed(Role.ADMIN)
    public Map<String, Object> end(@PathParam("key") String key) {
        return commands.end(Asked.number(key, "key"), visitor.name());
    }
}
