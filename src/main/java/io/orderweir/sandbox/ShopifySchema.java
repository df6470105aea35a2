package io.orderweir.sandbox;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The pretend Shopify's types: {@code sandbox/shopify-admin.graphqls}, with the vendor's own scalars. An {@code ID} is a global id, nothing else. */
final class ShopifySchema {
    private static final String FILE = "/sandbox/shopify-admin.graphqls";

    private ShopifySchema() {
    }

    /** The schema, its fields wired by the caller. */
    static GraphQLSchema admin(Consumer<RuntimeWiring.Builder> fields) {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().strictMode(false)
                .scalar(scalar("ID", text -> text.matches("gid://[A-Za-z-]+/[A-Za-z]+/[^/]+"))).scalar(scalar("DateTime", text -> true)).strictMode(true);
        fields.accept(wiring);
        try (InputStream file = ShopifySchema.class.getResourceAsStream(FILE)) {
            return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(new InputStreamReader(file, StandardCharsets.UTF_8)), wiring.build());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    private static GraphQLScalarType scalar(String name, Predicate<String> is) {
        return GraphQLScalarType.newScalar().name(name).coercing(new Coercing<String, String>() {
            @Override
            public String serialize(Object result, GraphQLContext context, Locale locale) {
                return result.toString();
            }

            @Override
            public String parseValue(Object input, GraphQLContext context, Locale locale) {
                if (input instanceof String text && is.test(text)) {
                    return text;
                }
                throw CoercingParseValueException.newCoercingParseValueException().message("Invalid global id '" + input + "'").build();
            }

            @Override
            public String parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
                if (!(input instanceof StringValue text)) {
                    throw CoercingParseLiteralException.newCoercingParseLiteralException().message("not a text").build();
                }
                if (!is.test(text.getValue())) {
                    throw CoercingParseLiteralException.newCoercingParseLiteralException().message("not a global id")
                            .extensions(Map.of("typeName", "CoercionError", "message", "Invalid global id '" + text.getValue() + "'")).build();
                }
                return text.getValue();
            }

            @Override
            public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
                return StringValue.of(input.toString());
            }
        }).build();
    }
}
