package io.orderweir.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.orderweir.connector.Connectors;
import io.orderweir.connection.NotConfigured;
import io.orderweir.ledger.NoAccount;
import io.orderweir.ledger.NoLines;
import io.orderweir.ledger.NotSealed;
import io.orderweir.ledger.TooManyLines;
import io.orderweir.ledger.UnknownProduct;
import io.orderweir.mapping.TooCostly;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;
import org.apache.camel.component.jsonvalidator.JsonValidationException;

import java.io.CharConversionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Turns what went wrong into the one sentence a Head of Operations understands. */
@Named("sentence")
@ApplicationScoped
public class Sentence {

    private static final int LONGEST_ANSWER = 200;
    private static final int MOST_FIELDS = 3;

    /** Of what targets are sent. */
    private final Words words = new Words();
    private final Types types;
    private final Map<String, Complaints> targets = new ConcurrentHashMap<>();
    private final Connectors connectors;

    /** For the client proxy only. */
    protected Sentence() {
        this(null, null);
    }

    /** With the types that every process has. */
    public Sentence(Connectors connectors) {
        this(connectors, Types.packaged());
    }

    @Inject
    public Sentence(Connectors connectors, Types types) {
        this.connectors = connectors;
        this.types = types;
    }

    /** A target answered and did not take it; {@code label} is what it is called. The envelope is the one the request was mapped from. */
    public Refusal forAnswer(String system, String label, JsonNode envelope, int status, byte[] answer) {
        return forAnswer(system, label, envelope, null, status, answer);
    }

    /** The same where the body is known that it did not take. */
    public Refusal forAnswer(String system, String label, JsonNode envelope, String sent, int status, byte[] answer) {
        Complaints target = target(system);
        JsonNode parsed = target.parse(answer);
        String order = name(envelope.path("called").asText());

        String known = target.knownAnswer(parsed);
        if (known != null) {
            return new Refusal("refused-by-target", order + ": " + label + " " + known, null);
        }
        List<Complaints.Complaint> complaints = target.find(parsed, envelope, target.parse(sent == null ? null : sent.getBytes(StandardCharsets.UTF_8)));
        List<String> fields = complaints.stream().filter(c -> c.canonicalPath() != null || c.word() != null)
            .map(c -> field(c, envelope)).distinct().toList();
        if (!fields.isEmpty()) {
            String path = complaints.stream().map(Complaints.Complaint::canonicalPath).filter(p -> p != null).findFirst().orElse(null);
            return new Refusal("refused-by-target", order + ": " + label + " does not accept " + listed(fields)
                + (fields.size() == 1 ? ". Correct it and release." : ". Correct them and release."), path);
        }
        if (!complaints.isEmpty()) {
            return new Refusal("refused-by-target", order + ": " + label + " does not accept it and says: "
                + said(complaints.get(0).said()) + ". Correct it and release.", null);
        }
        String body = answer == null ? "" : new String(answer, 0, Math.min(answer.length, 4 * LONGEST_ANSWER), StandardCharsets.UTF_8);
        return new Refusal("refused-by-target", order + ": " + label + " refused the order with status " + status
            + (body.isBlank() ? " and said nothing." : isPage(body) ? " and a web page" + titled(body) + "." : " and said: " + said(body)), null);
    }

    private static boolean isPage(String body) {
        return body.stripLeading().regionMatches(true, 0, "<!doctype html", 0, 14) || body.stripLeading().regionMatches(true, 0, "<html", 0, 5);
    }

    /** What a page calls itself, for a person to know whose it is. */
    private static String titled(String page) {
        int from = page.toLowerCase(Locale.ROOT).indexOf("<title>") + 7;
        int to = from < 7 ? -1 : page.indexOf('<', from);
        return to < 0 ? "" : " called " + said(page.substring(from, to));
    }

    /** What the target calls its answer; null where nobody knows. */
    String code(String system, byte[] answer) {
        Complaints target = target(system);
        return target.code(target.parse(answer));
    }

    /** An answer that says of each line what became of it; without a sentence where all were taken, null where it does not say so. */
    Refusal forLines(String system, String label, JsonNode envelope, byte[] answer) {
        Complaints target = target(system);
        JsonNode parsed = target.parse(answer);
        if (!target.isByLine(parsed)) {
            return null;
        }
        List<Complaints.Complaint> refused = target.refusedLines(parsed, envelope);
        String order = name(envelope.path("called").asText());
        return new Refusal("refused-by-target", refused.isEmpty() ? null : order + ": " + label + " took only a part of it, and not "
            + listed(refused.stream().map(line -> Words.quoted(line.word()) + (line.said().isEmpty() ? "" : " (" + said(line.said()) + ")")).toList()) + ". Correct that and release.", null);
    }

    /** A target does not know a record any more that it had. */
    Refusal forGone(String orderName, String label, String record) {
        return new Refusal("refused-by-target", name(orderName) + ": " + label + " does not know its record " + (record.equals("none") ? "of it" : Words.first(LONGEST_ANSWER, record))
            + " any more. It was deleted there, or is hidden from our account, so nothing of this was done. Look at it there, settle it, and discard this; or release it when it is back.", null);
    }

    private Complaints target(String system) {
        return targets.computeIfAbsent(system, known -> new Complaints(connectors, known));
    }

    /** The same for what failed where nobody saw the step, of an order. */
    public Refusal forError(String orderName, Throwable thrown) {
        return forError(Types.packaged().order(), orderName, thrown, () -> new Fault(null, null, Fault.words(thrown)));
    }

    /**
     * The document was refused before any call: not JSON, not mapped, or not valid. {@code type} is null where nobody declared it, {@code name} where it has none;
     * {@code fault}: what of ours may be to blame, asked for where nothing else is.
     */
    Refusal forError(Type type, String name, Throwable thrown, Supplier<Fault> fault) {
        return forError(type, name(type, name), thrown, fault, Words.of(type));
    }

    /** The same of what came from a connection at a time: bytes that nobody can read name nothing else. */
    Refusal forEvent(Type type, String name, String connection, String at, Throwable thrown, Supplier<Fault> fault) {
        return isUnreadable(thrown) ? forError(type, "An event of " + Words.first(LONGEST_ANSWER, connection) + " (" + at + ")", thrown, fault, Words.of(type)) : forError(type, name, thrown, fault);
    }

    /** The same for a delivery: its document was read long ago, so what cannot be read here was made by a connector. */
    Refusal forDelivery(String orderName, Throwable thrown, Supplier<Fault> fault) {
        Type order = Types.packaged().order();
        return isUnreadable(thrown) ? forFault(name(order, orderName), fault.get()) : forError(order, orderName, thrown, fault);
    }

    private static Refusal forError(Type type, String called, Throwable thrown, Supplier<Fault> fault, Words words) {
        JsonValidationException invalid = find(JsonValidationException.class, thrown);
        if (invalid != null && invalid.getErrors() != null) {
            return forViolations(type, called, invalid.getErrors(), words);
        }
        NoConnection unreached = find(NoConnection.class, thrown);
        if (unreached != null) {
            return new Refusal("no-connection", called + ": no connection is configured for " + listed(unreached.missing().stream().map(Sentence::unreached).toList())
                + ". An integrator sets " + listed(unreached.missing().stream().map(NoConnection.Missing::connection).distinct()
                    .map(connection -> "orderweir.connections." + connection + ".system=...").toList())
                + " with url and limits; then release.", null);
        }
        NotConfigured gone = find(NotConfigured.class, thrown);
        if (gone != null) {
            return new Refusal("no-connection", called + ": it came from '" + gone.connection() + "', which is not configured any more, so nobody knows how to read it. An integrator sets orderweir.connections."
                + gone.connection() + ".system=... again; then release, or discard it.", null);
        }
        NoAccount nobody = find(NoAccount.class, thrown);
        if (nobody != null) {
            return new Refusal("no-account", called + ": " + nobody.getMessage() + ". An integrator adds a row that fits, or one without conditions; then release.", null);
        }
        UnknownProduct unknown = find(UnknownProduct.class, thrown);
        if (unknown != null) {
            String path = "lineItems[" + unknown.place() + "].productType";
            return new Refusal("unknown-product", called + ": the shop has not said yet of which " + words.of(path) + " product " + unknown.product()
                + " (" + Words.quoted(unknown.line()) + ") is, so nobody knows whether it is built to order. Change it in the shop, which sends it again,"
                + " and release; or write the " + words.of(path) + " in and release.", path);
        }
        if (find(NoLines.class, thrown) != null) {
            return new Refusal("no-lines", called + ": it has no lines, so there is nothing to book and nothing to ship. Add a line in the shop:"
                + " its next event takes the place of this one. Or discard it; if something of it was sent before, cancel that at the target.", "lineItems");
        }
        NotSealed alien = find(NotSealed.class, thrown);
        if (alien != null) {
            return new Refusal("not-sealed", "Something on Kafka says that it came from " + alien.source() + ", and capture did not write it, or not with a key this process knows:"
                + " nobody has checked who sent it. Ask who can write to the captured topics, and discard it. Was a key changed (orderweir.capture.seals), or records waited when the first"
                + " one was set? Then look at what it says, and release it.", null);
        }
        DoesNotAddUp apart = find(DoesNotAddUp.class, thrown);
        if (apart != null) {
            return new Refusal("money-remainder", called + " does not add up: " + apart.getMessage() + ". So that nothing is booked wrong, it is sent nowhere. Ask who runs the shop what the difference is,"
                + " and correct it there: its next event takes the place of this one. Or an admin corrects the amount that is wrong, and releases.", apart.path());
        }
        VersionInFuture early = find(VersionInFuture.class, thrown);
        if (early != null) {
            return new Refusal("version-in-future", called + ": " + early.getMessage() + ". Nothing that really comes later would count after it, so it is not taken as the newest."
                + " Look at the sender's clock. Its next event takes the place of this one; or correct the time and release, or discard it.", early.path());
        }
        MayNotSay foreign = find(MayNotSay.class, thrown);
        if (foreign != null) {
            return new Refusal("may-not-say", foreign.getMessage() + (foreign.may().isEmpty() ? ", nor anything else of an order" : ", only " + String.join(", ", foreign.may()))
                + ", so it counts for no gate. Ask who signs for " + foreign.sender() + ", and discard it; if it shall say so, an integrator adds " + foreign.kind()
                + " to orderweir.connections." + foreign.sender() + ".may-say and restarts; then release.", null);
        }
        TooManyLines tooMany = find(TooManyLines.class, thrown);
        if (tooMany != null) {
            return new Refusal("too-many-lines", called + ": " + tooMany.getMessage() + ". Split it into several orders in the shop; then cancel this one there, and discard it.", "lineItems");
        }
        TooCostly costly = find(TooCostly.class, thrown);
        if (costly != null) {
            return new Refusal("too-costly", called + ": " + costly.getMessage() + ", so it was put aside and those behind it went on. Its bytes are kept as they came."
                + " Look at them: if they are meant so, an integrator makes the mapping quicker or orderweir.process.budget larger, and it is sent again; else discard it.", null);
        }
        // the mappings' own words name the thing, the value and the way out; jackson-jq buries them under others
        JsonQueryUserException refused = find(JsonQueryUserException.class, thrown);
        if (refused != null) {
            return new Refusal("unmapped", Words.first(1_000, refused.getMessage()), null);
        }
        // half of a surrogate pair: readable as JSON, but no bytes can be made of it
        if (find(StreamWriteException.class, thrown) != null) {
            return new Refusal("invalid-document", called + ": it holds a character that no system can store."
                + " Correct it in the shop: its next event takes the place of this one.", null);
        }
        if (isUnreadable(thrown)) {
            return new Refusal("not-json", called + ": what came cannot be read, it is cut off or garbled. Nobody can correct it in the shop: look at the bytes that came."
                + " The next event of the order takes the place of this one; if none comes, change the order in the shop, which sends it again. Then discard this.", null);
        }
        return forFault(called, fault.get());
    }

    /** A JsonQueryException is one of Jackson's own, but says nothing about the bytes. */
    private static boolean isUnreadable(Throwable thrown) {
        return find(CharConversionException.class, thrown) != null || find(JsonProcessingException.class, thrown) != null && find(JsonQueryException.class, thrown) == null;
    }

    /** A mapping or a step of a route failed. Nobody corrects an order for it. */
    private static Refusal forFault(String called, Fault fault) {
        String whose = fault.system() == null ? "Orderweir's own routes are" : "The connector " + fault.system() + " is";
        return new Refusal("connector-failed", called + ": " + (fault.place() == null ? "what was to be made of it" : fault.place()) + " failed with "
            + said(fault.words().replace('\'', '’')) + ". " + whose + " at fault, not the order: an integrator corrects it there, and releases the whole group.", null);
    }

    /** The canonical document does not follow the schema of its type. */
    Refusal forViolations(Type type, String name, Collection<ValidationMessage> violations) {
        return forViolations(type, name(type, name), violations, Words.of(type));
    }

    /** The same of an order. */
    public Refusal forViolations(String orderName, Collection<ValidationMessage> violations) {
        return forViolations(Types.packaged().order(), orderName, violations);
    }

    private static Refusal forViolations(Type type, String called, Collection<ValidationMessage> violations, Words words) {
        List<String> parts = new ArrayList<>();
        String first = null;
        for (ValidationMessage violation : violations) {
            String path = canonicalPath(violation);
            first = first == null ? path : first;
            parts.add(invalid(type, path, violation, words));
        }
        return new Refusal("invalid-document", called + ": " + listed(parts.stream().distinct().toList())
            + (parts.size() == 1 ? ". Correct it and release." : ". Correct them and release."), first);
    }

    /** The shop sent an event of a kind nothing here understands. */
    public Refusal forTopic(String topic) {
        return new Refusal("unknown-topic", "The shop sent an event of the kind " + said(topic)
            + ", which no connector reads. Discard it, or take this kind out of the shop's webhooks.", null);
    }

    /** A connector says what nothing here knows. */
    public Refusal forType(String connection, String type) {
        return new Refusal("unknown-type", "The connector of " + Words.first(LONGEST_ANSWER, connection) + " captures events of the type " + said(type)
            + ", which nobody reads; there are " + types.listed("and") + ". An integrator mounts a folder of that name with orderweir.types.dir, and releases it;"
            + " or corrects the variable type in its route that calls direct:capture, and the sender sends it again. Then discard this.", null);
    }

    private static <T extends Throwable> T find(Class<T> type, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private String field(Complaints.Complaint complaint, JsonNode envelope) {
        if (complaint.canonicalPath() == null) {
            return "the " + complaint.word();
        }
        String word = words.of(complaint.canonicalPath());
        String value = OrderPath.text(OrderPath.find(envelope.path("order"), complaint.canonicalPath()));
        if (value == null) {
            return "it without a " + word;
        }
        return "the " + word + (value.startsWith("{") || value.startsWith("[") ? "" : " " + Words.quoted(value)) + ofLine(complaint.canonicalPath(), envelope);
    }

    private static String ofLine(String path, JsonNode envelope) {
        if (!path.startsWith("lineItems[")) {
            return "";
        }
        String line = OrderPath.text(OrderPath.find(envelope.path("order"), path.substring(0, path.indexOf(']') + 1) + ".name"));
        return line == null ? "" : " of " + Words.quoted(line);
    }

    private static String invalid(Type type, String path, ValidationMessage violation, Words words) {
        if (violation.getType().equals("required")) {
            return "its " + words.of(path) + " is missing";
        }
        if (violation.getType().equals("additionalProperties")) {
            return "the " + words.of(path) + " is not a field of " + (type == null ? "an event" : type.one());
        }
        if (violation.getType().equals("maxLength") || violation.getType().equals("maxItems") || violation.getType().equals("maxProperties")) {
            return "the " + words.of(path) + " is too long: " + violation.getMessage().replaceFirst("^.*?: ", "");
        }
        String value = violation.getInstanceNode() == null ? null : OrderPath.text(violation.getInstanceNode());
        String expected = words.expected(path);
        return "the " + words.of(path) + (value == null ? "" : " " + Words.quoted(value))
            + (expected != null ? " is not " + expected : " holds a character that no system can store");
    }

    /** $.lineItems[0].sku, and for a missing or unknown field the field itself. */
    private static String canonicalPath(ValidationMessage violation) {
        String path = violation.getInstanceLocation().toString().replaceFirst("^\\$\\.?", "");
        boolean aboutProperty = violation.getProperty() != null
            && (violation.getType().equals("required") || violation.getType().equals("additionalProperties"));
        return !aboutProperty ? path : path.isEmpty() ? violation.getProperty() : path + "." + violation.getProperty();
    }

    private static String unreached(NoConnection.Missing missing) {
        return missing.target() + " (connection " + missing.connection() + (missing.made() == null ? ")" : ", asked for by its class " + missing.made() + ")");
    }

    private static String name(String orderName) {
        return name(Types.packaged().order(), orderName);
    }

    private static String name(Type type, String name) {
        return type == null || name == null || name.isBlank() ? "This event" : type.capital() + " " + Words.first(LONGEST_ANSWER, name);
    }

    private static String said(String words) {
        return "'" + Words.first(LONGEST_ANSWER, words) + "'";
    }

    private static String listed(List<String> parts) {
        List<String> shown = parts.size() > MOST_FIELDS ? new ArrayList<>(parts.subList(0, MOST_FIELDS)) : new ArrayList<>(parts);
        if (parts.size() > MOST_FIELDS) {
            shown.add((parts.size() - MOST_FIELDS) + " more");
        }
        String last = shown.remove(shown.size() - 1);
        return shown.isEmpty() ? last : String.join(", ", shown) + " and " + last;
    }
}
