package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.RawVariables;
import graphql.execution.SimpleDataFetcherExceptionHandler;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The way of a call through the pretend Shopify's GraphQL interface: read, checked, paid, run. Not safe for many at once. */
final class ShopifyGraphql {
    /** Of any list, whatever it holds: shopify.dev/docs/api/usage/limits. */
    static final int LONGEST_LIST = 250;

    /** Where the value of a field comes from: its arguments, and the object it stands in. Null or absent is null. */
    interface Source {
        JsonNode value(ObjectNode arguments, JsonNode parent);
    }

    /** Takes the fields that are more than a member of the object they stand in. */
    interface Wiring {
        void add(String type, String field, Source source);
    }

    /** A field without a value, in the sentence and with the code for the caller. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;

        Failure(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    private final GraphQLSchema schema;
    private final GraphQL graphql;
    private final ShopifyPoints points;

    ShopifyGraphql(Consumer<Wiring> fields, ShopifyPoints points) {
        this.schema = ShopifySchema.admin(wiring -> fields.accept((type, field, source) -> wire(wiring, type, field, source)));
        // what runs has been read and checked by then
        this.graphql = GraphQL.newGraphQL(schema).defaultDataFetcherExceptionHandler(ShopifyGraphql::failed)
                .preparsedDocumentProvider((input, read) -> CompletableFuture.completedFuture(new PreparsedDocumentEntry(input.getGraphQLContext().<Document>get(Document.class))))
                .build();
        this.points = points;
    }

    private static void wire(RuntimeWiring.Builder wiring, String type, String field, Source source) {
        wiring.type(type, of -> of.dataFetcher(field, asked -> Json.plain(source.value((ObjectNode) Json.value(asked.getArguments()), Json.value(asked.getSource())))));
    }

    /**
     * Answers a body {@code {"query","variables","operationName"}} whose query is a text. The outcome is {@code accepted} for a mutation,
     * {@code found} for a query, {@code validation}, {@code throttled}, or the code of the first failure.
     */
    Outcome answer(JsonNode body) {
        try {
            Map<String, Object> variables = body.path("variables").isObject() ? variables(body.path("variables")) : Map.of();
            ExecutionInput input = ExecutionInput.newExecutionInput(body.path("query").textValue()).variables(variables).locale(ShopifyErrors.LOCALE).build();
            Document document = read(input);
            OperationDefinition operation = operation(document, body.path("operationName").asText(""));
            new ShopifyVariables(schema).check(operation, body.path("variables"));
            ExecutableNormalizedOperation asked = ExecutableNormalizedOperationFactory.createExecutableNormalizedOperationWithRawVariables(schema, document,
                    operation.getName(), RawVariables.of(variables));
            asked.getNormalizedFieldToMergedField().keySet().forEach(field -> bound(field.getResolvedArguments()));
            input.getGraphQLContext().put(Document.class, document);
            return run(input.transform(named -> named.operationName(operation.getName())), new ShopifyCost(schema, asked),
                    operation.getOperation() == OperationDefinition.Operation.MUTATION ? "accepted" : "found");
        } catch (GraphqlRefusal refusal) {
            return new Outcome("validation", Json.object().set("errors", refusal.errors()));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> variables(JsonNode variables) {
        return (Map<String, Object>) Json.plain(variables);
    }

    private Document read(ExecutionInput input) {
        ParseAndValidateResult read = ParseAndValidate.parseAndValidate(schema, input);
        if (read.getSyntaxException() != null) {
            throw new GraphqlRefusal(ShopifyErrors.syntax(input.getQuery(), read.getSyntaxException()));
        }
        if (read.isFailure()) {
            throw new GraphqlRefusal(ShopifyErrors.validation(read.getDocument(), read.getValidationErrors()));
        }
        return read.getDocument();
    }

    private static OperationDefinition operation(Document document, String name) {
        List<OperationDefinition> named = document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(one -> name.isEmpty() || name.equals(one.getName())).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new GraphqlRefusal(Json.object().put("message", name.isEmpty() ? "An operation name is required" : "No operation named \"" + name + "\""));
    }

    private static void bound(Object argument) {
        if (argument instanceof Map<?, ?> keys) {
            keys.values().forEach(ShopifyGraphql::bound);
        } else if (argument instanceof Collection<?> items) {
            if (items.size() > LONGEST_LIST) {
                ObjectNode error = Json.object().put("message", "The input array size of " + items.size() + " is greater than the maximum allowed of " + LONGEST_LIST + ".");
                error.putObject("extensions").put("code", "MAX_INPUT_SIZE_EXCEEDED");
                throw new GraphqlRefusal(error);
            }
            items.forEach(ShopifyGraphql::bound);
        }
    }

    private Outcome run(ExecutionInput input, ShopifyCost cost, String done) {
        int requested = cost.requested();
        if (requested > ShopifyCost.MOST) {
            ObjectNode error = Json.object().put("message", "Query cost is " + requested + ", which exceeds the single query max cost limit (" + ShopifyCost.MOST + ").");
            error.putObject("extensions").put("code", "MAX_COST_EXCEEDED").put("cost", requested).put("maxCost", ShopifyCost.MOST);
            throw new GraphqlRefusal(error);
        }
        ObjectNode answer = Json.object();
        if (!points.take(requested)) {
            ObjectNode error = answer.putArray("errors").addObject().put("message", "Throttled");
            error.putObject("extensions").put("code", "THROTTLED").put("documentation", "https://shopify.dev/api/usage/rate-limits");
            return paid(new Outcome("throttled", answer), requested, null);
        }
        ExecutionResult result = graphql.execute(input);
        JsonNode data = Json.value(result.<Object>getData());
        int actual = cost.actual(data);
        points.giveBack(Math.max(0, requested - actual));
        if (!result.getErrors().isEmpty()) {
            ArrayNode errors = answer.putArray("errors");
            result.getErrors().forEach(error -> errors.add(ShopifyErrors.running(foreseen(error))));
        }
        answer.set("data", data);
        return paid(new Outcome(answer.at("/errors/0/extensions/code").asText(done), answer), requested, actual);
    }

    private Outcome paid(Outcome answered, int requested, Integer actual) {
        answered.record().putObject("extensions").putObject("cost").put("requestedQueryCost", requested).put("actualQueryCost", actual)
                .set("throttleStatus", points.status());
        return answered;
    }

    private static CompletableFuture<DataFetcherExceptionHandlerResult> failed(DataFetcherExceptionHandlerParameters thrown) {
        if (!(thrown.getException() instanceof Failure failure)) {
            return new SimpleDataFetcherExceptionHandler().handleException(thrown);
        }
        return CompletableFuture.completedFuture(DataFetcherExceptionHandlerResult.newResult(GraphqlErrorBuilder.newError(thrown.getDataFetchingEnvironment())
                .message("%s", failure.getMessage()).extensions(Map.of("code", failure.code)).build()).build());
    }

    /** A mistake of the sandbox itself is no answer of the vendor's. */
    private static GraphQLError foreseen(GraphQLError error) {
        if (error.getExtensions() == null || !error.getExtensions().containsKey("code")) {
            throw new IllegalStateException("the pretend shop broke: " + error.getMessage());
        }
        return error;
    }
}
