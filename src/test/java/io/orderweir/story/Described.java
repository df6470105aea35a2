package io.orderweir.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.process.Api;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The description of the API, to which every answer of a request with this filter is held: its status, and each field with its kind. */
final class Described implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode api;

    Described(String engine) {
        api = Api.at(engine).queryParam("format", "json").when().get("/q/openapi").then().statusCode(200).extract().as(JsonNode.class);
    }

    /** Pages are not described. */
    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        String path = URI.create(request.getURI()).getRawPath();
        if (path.startsWith("/api/")) {
            holds(request.getMethod(), path, answer.statusCode(), answer.asString());
        }
        return answer;
    }

    JsonNode api() {
        return api;
    }

    /** What stands behind a reference, or the node itself. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(api.at(node.get("$ref").asText().substring(1))) : node;
    }

    private void holds(String method, String path, int status, String body) {
        JsonNode operation = operation(method, path);
        JsonNode answer = resolved(operation.path("responses").path(String.valueOf(status)));
        List<String> faults = new ArrayList<>();
        if (answer.isMissingNode()) {
            faults.add("the status " + status + " is not described");
        } else {
            try {
                compare(answer.at("/content/application~1json/schema"), JSON.readTree(body), "", faults);
            } catch (IOException e) {
                faults.add("not JSON: " + body);
            }
        }
        assertEquals(List.of(), faults, method + " " + path + " answers otherwise than it is described, " + status + ": " + body);
    }

    private JsonNode operation(String method, String path) {
        List<String> templates = new ArrayList<>();
        api.path("paths").fieldNames().forEachRemaining(template -> {
            if (path.matches(template.replace("{order}", ".+").replaceAll("\\{[^}]*}", "[^/]+")) && api.path("paths").path(template).has(method.toLowerCase())) {
                templates.add(template);
            }
        });
        String template = templates.stream().min(Comparator.comparing(one -> one.split("\\{").length)).orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
        return api.path("paths").path(template).path(method.toLowerCase());
    }

    private void compare(JsonNode described, JsonNode value, String where, List<String> faults) {
        JsonNode schema = resolved(described);
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        boolean kind = switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
        if (!kind) {
            faults.add(where + " is no " + schema.path("type").asText() + ": " + value);
        } else if (value.isArray()) {
            value.forEach(one -> compare(schema.path("items"), one, where + "[]", faults));
        } else if (schema.has("properties")) {
            value.fields().forEachRemaining(field -> {
                if (!schema.path("properties").has(field.getKey())) {
                    faults.add(where + "." + field.getKey() + " is not described");
                }
                compare(schema.path("properties").path(field.getKey()), field.getValue(), where + "." + field.getKey(), faults);
            });
        } else if (value.isObject()) {
            value.fields().forEachRemaining(field -> compare(schema.path("additionalProperties"), field.getValue(), where + "." + field.getKey(), faults));
        }
    }
}
