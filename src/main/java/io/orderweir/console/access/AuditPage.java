package io.orderweir.console.access;

import io.orderweir.access.Role;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who changed what, and is the log what was written? */
@Path("/audit")
@RolesAllowed(Role.OPERATOR)
@Produces(MediaType.TEXT_HTML)
public class AuditPage {

    private static final int SHOWN = 100;

    @Inject
    PeopleQuestions questions;

    @Inject
    Template audit;

    @GET
    public TemplateInstance audit(@QueryParam("by") String by, @QueryParam("about") String about, @QueryParam("before") Long before, @QueryParam("verify") boolean verify) {
        List<AuditEntry> changes = questions.audit(orNull(by), orNull(about), before, SHOWN);
        return audit.data("changes", changes, "by", by, "about", about, "verified", verify ? questions.verified(0, null) : null,
                "more", changes.size() == SHOWN ? changes.get(SHOWN - 1).id : null);
    }

    private static String orNull(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
