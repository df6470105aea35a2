package io.orderweir.console.access;

import io.orderweir.access.Role;
import io.orderweir.console.Asked;
import io.orderweir.console.Refuses;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Who changed what. */
@Path("/api/audit")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
public class AuditApi {

    @Inject
    PeopleQuestions questions;

    @GET
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "What people changed, the newest first, a page at a time.")
    @Refuses(404)
    public PeopleAnswers.AuditLog audit(@QueryParam("by") String by, @QueryParam("subject") String subject, @QueryParam("before") String before,
            @QueryParam("limit") @DefaultValue("50") int most) {
        return new PeopleAnswers.AuditLog(questions.audit(by, subject, Asked.place(before, "row"), most));
    }

    @GET
    @Path("/verify")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Computes the hashes of the audit log again, all or those after a row; faults is empty when the log is what was written.")
    @APIResponseSchema(PeopleAnswers.AuditVerified.class)
    @Refuses({400, 404})
    public Map<String, Object> verify(@QueryParam("row") String row, @QueryParam("hash") String hash) {
        Long after = Asked.place(row, "row");
        return questions.verified(after == null ? 0 : after, hash);
    }
}
