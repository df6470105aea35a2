package io.orderweir.console.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Refuses;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

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
    @Operation(summary = "Who may enter, as what, and with which keys.")
    public PeopleAnswers.People people() {
        return new PeopleAnswers.People(questions.people());
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Lets somebody in; the link of the answer sets her password, once.")
    @APIResponseSchema(PeopleAnswers.PersonAdded.class)
    @RequestBodySchema(PeopleRequests.AddPerson.class)
    @Refuses({400, 409, 422})
    public Map<String, Object> add(String body) {
        JsonNode person = asked.object(body);
        return commands.add(person.path("name").asText(), person.path("role").asText(), visitor.name());
    }

    @POST
    @Path("/{name}")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Changes the role of a person, or locks her out or in.")
    @APIResponseSchema(PeopleAnswers.PersonChanged.class)
    @RequestBodySchema(PeopleRequests.ChangePerson.class)
    @Refuses({400, 404, 409, 422})
    public Map<String, Object> change(@PathParam("name") String name, String body) {
        JsonNode change = asked.object(body);
        return commands.change(name, change.hasNonNull("role") ? change.get("role").asText() : null,
                change.hasNonNull("locked") ? change.get("locked").asBoolean() : null, visitor.name());
    }

    @POST
    @Path("/{name}/link")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Makes a link that sets a password, once.")
    @APIResponseSchema(PeopleAnswers.KeyGiven.class)
    @Refuses(404)
    public Map<String, Object> link(@PathParam("name") String name) {
        return commands.link(name, visitor.name());
    }

    @POST
    @Path("/{name}/tokens")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Makes a token for a program that acts in the name of a person; it is shown once.")
    @APIResponseSchema(PeopleAnswers.KeyGiven.class)
    @RequestBodySchema(PeopleRequests.MakeToken.class)
    @Refuses({400, 404, 422})
    public Map<String, Object> token(@PathParam("name") String name, String body) {
        return commands.token(name, asked.object(body), visitor.name());
    }

    @DELETE
    @Path("/keys/{key}")
    @RolesAllowed(Role.ADMIN)
    @Operation(summary = "Ends a key: a session, link or token opens nothing any more.")
    @APIResponseSchema(PeopleAnswers.KeyEnded.class)
    @Refuses(404)
    public Map<String, Object> end(@PathParam("key") String key) {
        return commands.end(Asked.number(key, "key"), visitor.name());
    }
}
