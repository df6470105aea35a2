package io.orderweir.console;

import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Where everything is, for programs. */
@Path("/api")
@RolesAllowed(Role.VIEWER)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class FlowApi {

    /** Is everything flowing, and where is it? */
    public record FlowPicture(Headline headline, Way way) {
    }

    @Inject
    FlowQuestions questions;

    @Inject
    FlowCommands commands;

    @Inject
    Visitor visitor;

    @GET
    @Path("/counts")
    @Operation(summary = "Where everything is, and whether the books balance.")
    @APIResponseSchema(FlowAnswers.Counts.class)
    public Map<String, Object> counts(@QueryParam("exact") @DefaultValue("false") boolean exact) {
        return questions.counts(exact);
    }

    @GET
    @Path("/counts/recounts")
    @Operation(summary = "The last full countings of the books, the newest first.")
    public FlowAnswers.Recounts recounts() {
        return new FlowAnswers.Recounts(questions.recounts());
    }

    @POST
    @Path("/counts/recounts")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Counts row by row, writes the result down, and sets the running totals right where they differ.")
    @APIResponseSchema(FlowAnswers.Recounted.class)
    public Map<String, Object> recount() {
        return commands.recount(visitor.name());
    }

    @POST
    @Path("/counts/take-in")
    @RolesAllowed(Role.OPERATOR)
    @Operation(summary = "Takes in again what stands still since the broker lost records: of a topic, of a partition, or all; from the beginning of the log, or from an offset of a partition.")
    @APIResponseSchema(FlowAnswers.TakenIn.class)
    @Refuses({400, 409})
    public Map<String, Object> takeIn(@QueryParam("topic") String topic, @QueryParam("partition") Integer partition, @QueryParam("offset") Long offset) {
        return commands.takeIn(topic, partition, offset, visitor.name());
    }

    @GET
    @Path("/flow/samples")
    @Operation(summary = "Depth and lag of every target's queue, minute by minute.")
    @APIResponseSchema(FlowAnswers.QueueSamples.class)
    @Refuses(400)
    public Map<String, Object> samples(@QueryParam("range") @DefaultValue("hour") String range) {
        return questions.samples(range);
    }

    @GET
    @Path("/flow")
    @Operation(summary = "The picture of the whole way: stations with numbers, and why one backs up.")
    public FlowPicture way() {
        Map<String, Object> now = questions.now();
        return new FlowPicture((Headline) now.get("headline"), (Way) now.get("way"));
    }
}
