package io.orderweir.console.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.console.Asked;
import io.orderweir.console.Refuses;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The Error Hold bin. */
@Path("/api/holds")
@RolesAllowed(Role.VIEWER)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class HoldsApi {

    @Inject
    HoldQuestions questions;

    @Inject
    HoldCommands commands;

    @Inject
    HoldMask mask;

    @Inject
    Asked asked;

    @Inject
    Visitor visitor;

    @GET
    @Operation(summary = "The open holds, all or of one cause, the newest first, a page at a time.")
    @APIResponseSchema(HoldAnswers.Holds.class)
    @Refuses(404)
    public Map<String, Object> holds(@QueryParam("group") String group, @QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int most) {
        Long place = Asked.place(before, "before");
        return Map.of("holds", group == null ? mask.all(questions.holds(place, most)) : questions.ofCause(group, place, most).stream().map(mask::of).toList());
    }

    @GET
    @Path("/groups")
    @Operation(summary = "The causes for which something is held: those that need somebody first, of these the most frequent.")
    @APIResponseSchema(HoldAnswers.HoldGroups.class)
    public Map<String, Object> groups(@QueryParam("bin") String bin) {
        return Map.of("groups", mask.all(questions.groups(bin)));
    }

    @POST
    @Path("/groups/arrange")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Says who sees to all holds of a cause and until when, puts them off, or writes a note about them.")
    @APIResponseSchema(HoldAnswers.HoldArranged.class)
    @RequestBodySchema(HoldRequests.ArrangeGroup.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> arrangeGroup(String body) {
        JsonNode request = asked.object(body);
        return commands.arrange(null, request.path("group").textValue(), request.path("what").asText(), request.path("value").asText(null), visitor.name());
    }

    @GET
    @Path("/discarded")
    @Operation(summary = "What was discarded and not taken up again, the newest first, a page at a time.")
    @APIResponseSchema(HoldAnswers.DiscardedHolds.class)
    public Map<String, Object> discarded(@QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int most) {
        return Map.of("discarded", mask.all(questions.discarded(Asked.place(before, "before"), most)));
    }

    @GET
    @Path("/work")
    @Operation(summary = "What was asked for all holds of a cause, the newest first.")
    public HoldAnswers.HoldWorks works(@QueryParam("group") String group) {
        return new HoldAnswers.HoldWorks(questions.works(group).stream().map(mask::of).toList());
    }

    @POST
    @Path("/plan")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "What work on a cause would do, to how many holds and to which values. Nothing is done.")
    @RequestBodySchema(HoldRequests.StartWork.class)
    @Refuses({400, 404})
    public HoldAnswers.HoldPlan plan(String body) {
        JsonNode request = asked.object(body);
        return commands.plan(request.path("group").textValue(), request.path("what").asText(), request);
    }

    @POST
    @Path("/work")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Releases, corrects or discards all holds of a cause, one after the other, behind live orders.")
    @APIResponseSchema(HoldAnswers.WorkStarted.class)
    @RequestBodySchema(HoldRequests.StartWork.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> start(String body) {
        JsonNode request = asked.object(body);
        return commands.start(request.path("group").textValue(), request.path("what").asText(), request, visitor.name());
    }

    @GET
    @Path("work/{id}")
    @Operation(summary = "How far the work on a cause is.")
    @Refuses(404)
    public HoldAnswers.HoldWork work(@PathParam("id") String id) {
        return mask.of(questions.work(Asked.number(id, "work")));
    }

    @POST
    @Path("work/{id}/stop")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Stops the work on a cause: what has not had its turn stays held.")
    @APIResponseSchema(HoldAnswers.WorkStopped.class)
    @Refuses({404, 409})
    public Map<String, Object> stop(@PathParam("id") String id) {
        return commands.stop(Asked.number(id, "work"), visitor.name());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One hold, with the order as it came and as it was understood.")
    @APIResponseSchema(HoldAnswers.HoldInFull.class)
    @Refuses(404)
    public Map<String, Object> hold(@PathParam("id") String id) {
        Map<String, Object> hold = questions.hold(Asked.number(id, "hold"));
        hold.put("rawText", hold.get("raw") == null ? null : new String(Base64.getDecoder().decode((String) hold.get("raw")), StandardCharsets.UTF_8));
        return mask.of(hold);
    }

    @POST
    @Path("/{id}/arrange")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Says who sees to a hold and until when, puts it off, or writes a note about it.")
    @APIResponseSchema(HoldAnswers.HoldArranged.class)
    @RequestBodySchema(HoldRequests.ArrangeHold.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> arrange(@PathParam("id") String id, String body) {
        JsonNode request = asked.object(body);
        return commands.arrange(Asked.number(id, "hold"), null, request.path("what").asText(), request.path("value").asText(null), visitor.name());
    }

    @POST
    @Path("/{id}/dry-run")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "What a release with this body would change and send. Nothing is called and nothing changes.")
    @APIResponseSchema(HoldAnswers.HoldDryRun.class)
    @RequestBodySchema(HoldRequests.ReleaseHold.class)
    @Refuses({400, 404, 409, 422})
    public Map<String, Object> dryRun(@PathParam("id") String id, String body) {
        return commands.dryRun(Asked.number(id, "hold"), asked.object(body), visitor.name());
    }

    @POST
    @Path("/{id}/look")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Asks the target whether it has what is held: if so, the hold is closed.")
    @APIResponseSchema(HoldAnswers.HoldLookedAt.class)
    @Refuses({404, 409})
    public Map<String, Object> look(@PathParam("id") String id) {
        return commands.look(Asked.number(id, "hold"), visitor.name());
    }

    @POST
    @Path("/{id}/release")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Sends what is held, as it is or corrected.")
    @APIResponseSchema(HoldAnswers.HoldReleased.class)
    @RequestBodySchema(HoldRequests.ReleaseHold.class)
    @Refuses({400, 404, 409, 422})
    public Map<String, Object> release(@PathParam("id") String id, String body) {
        return commands.release(Asked.number(id, "hold"), asked.object(body), visitor.name());
    }

    @POST
    @Path("/{id}/discard")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Gives up what is held, and what comes after it at its target.")
    @APIResponseSchema(HoldAnswers.HoldDiscarded.class)
    @RequestBodySchema(HoldRequests.DiscardHold.class)
    @Refuses({400, 404, 409})
    public Map<String, Object> discard(@PathParam("id") String id, String body) {
        return commands.discard(Asked.number(id, "hold"), asked.object(body).path("reason").asText(), visitor.name());
    }

    @POST
    @Path("/{id}/accept")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Accepts that the target makes another total of the record than its order has. The first who does asks; another person accepts.")
    @APIResponseSchema(HoldAnswers.DifferenceAccepted.class)
    @RequestBodySchema(HoldRequests.AcceptDifference.class)
    @Refuses({400, 404, 409, 422})
    public Map<String, Object> accept(@PathParam("id") String id, String body) {
        return commands.accept(Asked.number(id, "hold"), asked.object(body).path("reason").asText(), visitor.name());
    }

    @POST
    @Path("/{id}/take-up")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Takes up again what was discarded: the newest version of its order is planned anew, and looked for at the target before it is sent.")
    @APIResponseSchema(HoldAnswers.HoldTakenUp.class)
    @Refuses({404, 409, 422})
    public Map<String, Object> takeUp(@PathParam("id") String id) {
        return commands.takeUp(Asked.number(id, "hold"), visitor.name());
    }
}
