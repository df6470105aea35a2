package io.orderweir.console.connector;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Refuses;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The connectors, and the revisions of what is mounted. */
@Path("/api/connectors")
@RolesAllowed(Role.INTEGRATOR)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class ConnectorsApi {

    @Inject
    ConnectorQuestions questions;

    @Inject
    ConnectorCommands commands;

    @Inject
    Visitor visitor;

    @GET
    @Operation(summary = "The connectors, what is refused of the mounted ones and of the policy, and the revisions of both, the newest first.")
    @APIResponseSchema(ConnectorAnswers.ConnectorStates.class)
    public Map<String, Object> connectors() {
        return questions.all();
    }

    @POST
    @Path("/consent")
    @Operation(summary = "Lets the change of the mounted directories be taken up that waits for a person, because it would let waiting work go or leave it to nobody.")
    @APIResponseSchema(ConnectorAnswers.ChangeAllowed.class)
    @Refuses({404, 409})
    public Map<String, Object> consent() {
        return commands.consent(visitor.name());
    }

    @POST
    @Path("/revisions/{number}/restore")
    @Operation(summary = "Brings the connectors and the policy of an earlier revision back, for all processes.")
    @APIResponseSchema(ConnectorAnswers.RevisionRestored.class)
    @Refuses({404, 409})
    public Map<String, Object> restore(@PathParam("number") String number) {
        return commands.restore(Asked.number(number, "revision"), visitor.name());
    }
}
