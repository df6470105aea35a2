package io.orderweir.console;

import io.orderweir.access.Role;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Says in the description of the API what is the same of many operations: who may call, how they refuse, and what their parameters mean. Runs when the product is built. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String JSON = "application/json";
    private static final int[] ALWAYS = {401, 403, 503};
    private static final Map<Integer, Refusal> REFUSALS = new LinkedHashMap<>();
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("limit", "How many at most, from 1 to 200."),
            Map.entry("before", "The id of the last one of the page before, which had the newer ones."),
            Map.entry("after", "The place of the last row of the page before."),
            Map.entry("row", "The row whose hash is known; what was written after it is looked through."),
            Map.entry("hash", "The hash of that row, as it was told once."),
            Map.entry("group", "The fingerprint of a cause: only its holds, or its works."),
            Map.entry("bin", "data, target or system: only causes of that bin."),
            Map.entry("q", "What is looked for: an order's number or its beginning, the shop's id, an e-mail address, a SKU, a record's id at a target, or a correlation id."),
            Map.entry("order", "An order's number, the shop's id, or its key: connection/id."),
            Map.entry("exact", "Counts row by row, which takes seconds where there is much, instead of reading the running totals."),
            Map.entry("range", "hour or day: the time until now."),
            Map.entry("topic", "A captured topic, as the counts name it; all without it."),
            Map.entry("partition", "One partition of the topic; all without it."),
            Map.entry("offset", "The record of that partition from which it is taken in; the beginning of its log without it."),
            Map.entry("gate", "Only gates of this name."),
            Map.entry("build", "The number of a line at its gates, as the list of gates names it."),
            Map.entry("by", "Only what this person did."),
            Map.entry("subject", "Only what was about this: an order, a connection, a person."),
            Map.entry("id", "Its number, as the lists name it."),
            Map.entry("name", "Its name, as the lists name it."),
            Map.entry("key", "The number of a key, as the list of people names it."),
            Map.entry("number", "The number of a revision, as the list of connectors names it."));

    static {
        REFUSALS.put(400, new Refusal("The request cannot be understood.", "The body is not JSON: Unexpected end-of-input"));
        REFUSALS.put(401, new Refusal("Nobody is known by this token, or there is none.", "Say who you are: send a token as 'Authorization: Bearer ow_...'. An admin makes one on the page People."));
        REFUSALS.put(403, new Refusal("The role does not include it.", "Your role does not include this. An admin says who may do what, on the page People."));
        REFUSALS.put(404, new Refusal("There is no such thing.", "There is no hold 7."));
        REFUSALS.put(409, new Refusal("It is not possible as things are now.", "Its delivery is no longer held."));
        REFUSALS.put(422, new Refusal("What was sent is understood, and wrong; faults names all that is.", "There is no role king. There are viewer, operator, integrator, admin."));
        REFUSALS.put(503, new Refusal("The ledger is away. Nothing was done.", "The ledger does not answer at the moment. Nothing is lost; try again."));
    }

    private final IndexView classes;

    private record Refusal(String meaning, String example) {
    }

    public ApiDescription(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Schema sentence = text("What is wrong, and the way out.");
        api.getComponents().addSchema("Refusal", OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).addProperty("error", sentence)
                .addProperty("faults", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).description("Every fault, where there are several.").items(text("One fault.")))
                .required(List.of("error")));
        REFUSALS.forEach((status, refusal) -> api.getComponents().addResponse(status.toString(), response(refusal)));
        api.getPaths().getPathItems().values().forEach(path -> path.getOperations().values().forEach(this::describe));
    }

    private void describe(Operation operation) {
        // ClassOfTheApi_method
        String[] id = operation.getOperationId().split("_");
        ClassInfo resource = classes.getKnownClasses().stream().filter(known -> known.simpleName().equals(id[0]) && known.name().toString().startsWith(getClass().getPackageName()))
                .findFirst().orElseThrow();
        MethodInfo method = resource.methods().stream().filter(one -> one.name().equals(id[1])).findFirst().orElseThrow();
        AnnotationInstance allowed = method.hasDeclaredAnnotation(RolesAllowed.class) ? method.declaredAnnotation(RolesAllowed.class) : resource.declaredAnnotation(RolesAllowed.class);
        List<String> roles = Role.all().subList(Role.all().indexOf(allowed.value().asStringArray()[0]), Role.all().size());
        operation.tags(List.of(id[0].replaceFirst("Api$", ""))).description("Roles: " + String.join(", ", roles) + ".").addExtension("x-roles", roles);
        AnnotationInstance refuses = method.declaredAnnotation(Refuses.class);
        for (int[] statuses : new int[][] {refuses == null ? new int[0] : refuses.value().asIntArray(), ALWAYS}) {
            Arrays.stream(statuses).forEach(status -> operation.getResponses().addAPIResponse(String.valueOf(status), OASFactory.createAPIResponse().ref("#/components/responses/" + status)));
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> parameter.setDescription(PARAMETERS.get(parameter.getName())));
        }
        if (operation.getRequestBody() != null) {
            MediaType body = operation.getRequestBody().getContent().getMediaTypes().values().iterator().next();
            operation.getRequestBody().setContent(OASFactory.createContent().addMediaType(JSON, body));
        }
    }

    private static APIResponse response(Refusal refusal) {
        return OASFactory.createAPIResponse().description(refusal.meaning()).content(OASFactory.createContent().addMediaType(JSON, OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/Refusal")).example(Map.of("error", refusal.example()))));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
