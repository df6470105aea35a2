package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.sandbox.BusinessCentralRules.Complaint;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * The company of the pretend Business Central: sales orders with their lines, customers, and payments in their journals, as OData v4 as far as a connector needs it. One filter of equals on one field, {@code or} between them (learn.microsoft.com,
 * odata-known-limitations); {@code $select}, {@code $top}, {@code $orderby=number} and {@code $expand=salesOrderLines}; everything else is refused. It echoes no total: it reckons its own.
 */
@ApplicationScoped
@Named("sandboxBusinessCentral")
@RegisterForReflection
public class BusinessCentralCompany {
    private static final Pattern PLACE = Pattern.compile("/companies\\(([^)]*)\\)/(salesOrders|customers)(?:\\(([^)]*)\\)(?:/(salesOrderLines)(?:\\(([^)]*)\\))?)?)?");
    private static final Pattern PAYMENTS = Pattern.compile("/companies\\(([^)]*)\\)/(?:customerPaymentJournals\\(([^)]*)\\)/customerPayments|customerPayments\\(([^)]*)\\)|(generalLedgerEntries))");
    private static final Pattern EQUALS = Pattern.compile("(id) eq ([0-9a-fA-F-]{36})|(externalDocumentNumber|documentNumber|email|number) eq '((?:[^']|'')*)'");
    private static final Set<String> OPTIONS = Set.of("$filter", "$select", "$top", "$orderby", "$expand");
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    /** Ends a call with a refusal. */
    private static final class Refused extends RuntimeException {
        private final int status;

        private Refused(int status, String code, String message) {
            super(Json.write(Json.object().set("error", Json.object().put("code", code).put("message", message + "  CorrelationId:  5f8e0a6c-0000-4000-8000-00000000e001."))), null, false, false);
            this.status = status;
        }
    }

    private final Settings settings;
    private final BusinessCentralStore store = new BusinessCentralStore();
    private final BusinessCentralPayments payments;
    private final BusinessCentralRules rules;

    BusinessCentralCompany(Vendors vendors) {
        settings = vendors.get("business-central").settings;
        payments = new BusinessCentralPayments(settings);
        rules = new BusinessCentralRules(new Catalogue(), settings);
    }

    BusinessCentralStore store() {
        return store;
    }

    /** The order of this reference, or the payments; null when there are none. */
    ObjectNode record(String reference) {
        ObjectNode order = store.find(reference);
        return order == null ? payments.record(reference) : order;
    }

    void reset() {
        store.reset();
        payments.reset();
    }

    /** Does what the call asks for; the variable outcome says what became of it. */
    public void answer(Exchange exchange) {
        try {
            String body = answer(exchange, exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class));
            exchange.getMessage().setBody(body);
        } catch (Refused refused) {
            exchange.setVariable("outcome", refused.status == NOT_FOUND ? "unknownRecord" : refused.status == 412 ? "changed" : "validation");
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, refused.status);
            exchange.getMessage().setBody(refused.getMessage());
        }
    }

    private String answer(Exchange exchange, String method) {
        String path = OAuthSignature.decode(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
        Matcher payment = PAYMENTS.matcher(path);
        if (payment.matches() && payment.group(1).equals(settings.text("company"))) {
            if (payment.group(4) != null) {
                return reads(method, () -> list(exchange, payments.entries()));
            }
            return payment.group(2) != null ? journal(exchange, method, payment.group(2)) : payment(exchange, method, payment.group(3));
        }
        Matcher place = PLACE.matcher(path);
        if (!place.matches() || !place.group(1).equals(settings.text("company"))) {
            throw new Refused(NOT_FOUND, "BadRequest_ResourceNotFound", "Resource not found for the segment.");
        }
        String order = place.group(3);
        String line = place.group(5);
        if (place.group(2).equals("customers") && order == null) {
            return customers(exchange, method);
        }
        if (order == null) {
            return method.equals("POST") ? create(exchange) : reads(method, () -> list(exchange, store.all()));
        }
        if (!store.has(order, line)) {
            throw new Refused(NOT_FOUND, "BadRequest_NotFound", "The requested record does not exist.");
        }
        if (place.group(4) != null && line == null && method.equals("POST")) {
            return addLine(exchange, order);
        }
        return switch (method) {
            case "GET" -> reads(method, () -> Json.write(shown(store.order(order), parameter(exchange, "$expand"), "")));
            case "PATCH" -> change(exchange, order, line);
            case "DELETE" -> delete(exchange, order, line);
            default -> throw new Refused(405, "BadRequest_MethodNotAllowed", "The method is not allowed.");
        };
    }

    private String journal(Exchange exchange, String method, String journal) {
        if (!settings.texts("paymentJournals").contains(journal)) {
            throw new Refused(NOT_FOUND, "BadRequest_NotFound", "The requested journal does not exist.");
        }
        if (!method.equals("POST")) {
            return reads(method, () -> list(exchange, payments.lines(journal)));
        }
        ObjectNode body = body(exchange);
        refuse(rules.payment(body, true, this::knowsCustomer));
        return created(exchange, payments.add(journal, body));
    }

    private String payment(Exchange exchange, String method, String id) {
        ObjectNode line = payments.line(id);
        if (line == null) {
            throw new Refused(NOT_FOUND, "BadRequest_NotFound", "The requested payment does not exist.");
        }
        if (!method.equals("PATCH")) {
            return reads(method, () -> Json.write(line));
        }
        asRead(exchange, line.path("@odata.etag").asText()::equals);
        ObjectNode body = body(exchange);
        refuse(rules.payment(body, false, this::knowsCustomer));
        return Json.write(payments.change(id, body));
    }

    private boolean knowsCustomer(String number) {
        return settings.texts("customers").contains(number) || store.knowsCustomer(number);
    }

    private String reads(String method, Supplier<String> answer) {
        if (!method.equals("GET")) {
            throw new Refused(405, "BadRequest_MethodNotAllowed", "The method is not allowed.");
        }
        return answer.get();
    }

    private String customers(Exchange exchange, String method) {
        if (!method.equals("POST")) {
            return reads(method, () -> list(exchange, store.customers()));
        }
        ObjectNode body = body(exchange);
        refuse(rules.customer(body));
        ObjectNode made = store.customer(body);
        if (made == null) {
            throw new Refused(BAD_REQUEST, "Internal_EntityWithSameKeyExists", "The record in table Customer already exists. Identification fields and values: No.='" + body.path("number").asText() + "'");
        }
        return created(exchange, made);
    }

    /** With a fault of its own a create is cut behind half of its lines, and what was made of it stays. */
    private String create(Exchange exchange) {
        ObjectNode body = body(exchange);
        refuse(rules.order(body, true, this::knowsCustomer));
        int lines = body.path("salesOrderLines").size();
        boolean cut = lines > 1 && exchange.getProperty("call", Call.class).vendor.happens("cutCreate");
        String id = store.create(body, cut ? lines / 2 : lines);
        if (id == null) {
            throw new Refused(BAD_REQUEST, "Application_DialogException", "You cannot insert a line because a line with this sequence already exists.");
        }
        if (cut) {
            throw new Refused(504, "Application_RequestTimeout", "The request was cut because it ran for too long.");
        }
        return created(exchange, shown(store.order(id), "", ""));
    }

    private String addLine(Exchange exchange, String order) {
        ObjectNode body = body(exchange);
        refuse(rules.line(body, true));
        ObjectNode added = store.add(order, body);
        if (added == null) {
            throw new Refused(BAD_REQUEST, "Application_DialogException", "You cannot insert a line because a line with this sequence already exists.");
        }
        return created(exchange, added);
    }

    private String change(Exchange exchange, String order, String line) {
        asRead(exchange, etag -> store.isAsRead(order, line, etag));
        ObjectNode body = body(exchange);
        refuse(line == null ? rules.order(body, false, this::knowsCustomer) : rules.line(body, false));
        refuseShipped(order);
        store.change(order, line, body);
        return Json.write(shown(store.order(order), "", ""));
    }

    private String delete(Exchange exchange, String order, String line) {
        asRead(exchange, etag -> store.isAsRead(order, line, etag));
        refuseShipped(order);
        store.delete(order, line);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
        return "";
    }

    private void refuseShipped(String order) {
        if (settings.texts("shipped").contains(store.order(order).path("externalDocumentNumber").asText().toLowerCase(Locale.ROOT))) {
            throw new Refused(BAD_REQUEST, "Application_DialogException", "You cannot change or delete this order because a shipment has been posted for it.");
        }
    }

    private static void asRead(Exchange exchange, Predicate<String> asRead) {
        String etag = exchange.getMessage().getHeader("If-Match", String.class);
        if (etag == null) {
            throw new Refused(BAD_REQUEST, "BadRequest_InvalidToken", "The request needs the header If-Match.");
        }
        if (!asRead.test(etag)) {
            throw new Refused(412, "Request_EntityChanged", "Another user has already changed the record.");
        }
    }

    private String list(Exchange exchange, List<ObjectNode> all) {
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        Arrays.stream(query.isEmpty() ? new String[0] : query.split("&")).map(option -> option.replaceFirst("=.*", "")).filter(option -> !OPTIONS.contains(option)).findFirst().ifPresent(option -> {
            throw new Refused(BAD_REQUEST, "BadRequest", "The query option " + option + " is not supported.");
        });
        Predicate<ObjectNode> filter = filter(parameter(exchange, "$filter"));
        String top = parameter(exchange, "$top");
        ArrayNode value = Json.array();
        all.stream().filter(filter).limit(top.isEmpty() ? Long.MAX_VALUE : Long.parseLong(top)).forEach(record -> value.add(shown(record, parameter(exchange, "$expand"), parameter(exchange, "$select"))));
        return Json.write(Json.object().set("value", value));
    }

    /** Equals on one field, several with {@code or}; a code is looked for in the letters in which it is kept. */
    private static Predicate<ObjectNode> filter(String filter) {
        if (filter.isEmpty()) {
            return record -> true;
        }
        List<String> values = new ArrayList<>();
        String field = null;
        for (String part : filter.split(" or ")) {
            Matcher equal = EQUALS.matcher(part);
            if (!equal.matches()) {
                throw new Refused(BAD_REQUEST, "BadRequest", "The filter '" + part + "' is not understood.");
            }
            String name = equal.group(1) == null ? equal.group(3) : equal.group(1);
            if (field != null && !field.equals(name)) {
                throw new Refused(BAD_REQUEST, "BadRequest", "The 'OR' operator is not supported on distinct fields on an OData filter.");
            }
            field = name;
            values.add(equal.group(1) == null ? equal.group(4).replace("''", "'") : equal.group(2));
        }
        String name = field;
        return record -> values.contains(record.path(name).asText());
    }

    private static ObjectNode shown(ObjectNode record, String expand, String select) {
        ObjectNode shown = record.deepCopy().without(List.of("changes"));
        if (!expand.isEmpty() && !expand.equals("salesOrderLines")) {
            throw new Refused(BAD_REQUEST, "BadRequest", "The property " + expand + " cannot be expanded.");
        }
        if (expand.isEmpty()) {
            shown.remove("salesOrderLines");
        }
        return select.isEmpty() ? shown : shown.retain(new ArrayList<>(Arrays.asList((select + ",@odata.etag" + (expand.isEmpty() ? "" : "," + expand)).split(","))));
    }

    private static String created(Exchange exchange, ObjectNode record) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
        return Json.write(record);
    }

    private static ObjectNode body(Exchange exchange) {
        ObjectNode body = RestCall.body(exchange);
        if (body == null) {
            throw new Refused(BAD_REQUEST, "BadRequest", "The body is no JSON object.");
        }
        return body;
    }

    private static String parameter(Exchange exchange, String name) {
        return RestCall.parameter(exchange, name);
    }

    private static void refuse(Complaint complaint) {
        if (complaint != null) {
            throw new Refused(BAD_REQUEST, complaint.code(), complaint.message());
        }
    }
}
