package io.orderweir.console.hold;

import io.orderweir.access.Role;
import io.quarkus.qute.Location;
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
import java.util.Map;

/** The Error Hold bin: what is wrong, how often, since when? */
@Path("/holds")
@RolesAllowed(Role.VIEWER)
@Produces(MediaType.TEXT_HTML)
public class HoldsPage {

    private static final int PAGE = 50;

    @Inject
    HoldQuestions questions;

    @Inject
    HoldMask mask;

    @Inject
    HoldGroupPage one;

    @Inject
    Template holds;

    @Inject
    @Location("holds/discarded.html")
    Template discarded;

    /** What was given up, and can be taken up again. */
    @GET
    @Path("discarded")
    public TemplateInstance discarded(@QueryParam("before") Long before) {
        return discarded.data("rows", mask.all(questions.discarded(before, PAGE))).data("most", PAGE);
    }

    /** By cause, all or one bin's; with {@code group} the members of one cause. */
    @GET
    public TemplateInstance groups(@QueryParam("bin") String bin, @QueryParam("group") String group, @QueryParam("before") Long before) {
        if (group != null) {
            return one.page(group, before, null);
        }
        List<Map<String, Object>> all = mask.all(questions.groups());
        return holds.data("groups", bin == null ? all : all.stream().filter(each -> bin.equals(each.get("bin"))).toList()).data("bins", HoldQuestions.bins(all)).data("bin", bin);
    }
}
