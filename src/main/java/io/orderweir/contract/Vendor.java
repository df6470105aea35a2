package io.orderweir.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderweir.contract.Recordings.Call;
import io.orderweir.contract.Recordings.Said;
import io.orderweir.contract.VendorRecords.Kept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A vendor made of recordings, over HTTP: it knows its calls by their shape and no others, keeps a record for each reference, and answers by what it has. What it has never
 * heard of it refuses, and notes. A law tells it by a {@link Mood} to answer otherwise.
 */
final class Vendor implements AutoCloseable {

    /** What a law has it do with a call that it understood. */
    enum Mood {
        /** do it, and answer */
        NORMAL,
        /** do it, and let the answer get lost */
        LOSE_ANSWER,
        /** let the answer get lost, and do it when the next call has come */
        DO_IT_LATER
    }

    /** Which answer is given without doing anything; null: the mood counts. */
    interface Refuses {
        Said refuse(String name, Call call);
    }

    /** Of what it knows, how it does this one. */
    interface Moods {
        Mood of(String name, Call call);
    }

    /** A request that came: by which of its calls it was known (null: by none), and whether its answer got lost. */
    record Heard(String call, boolean changesSomething, boolean lost, String body) {
    }

    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;

    static {
        // a body that waits for the acknowledgement of its headers costs 40 ms each time
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final UnaryOperator<String> secrets;
    private Map<String, String> needs = Map.of();
    private Recordings recordings = new Recordings(null, null, null, null, null, null, null);
    private Refuses refuses = (name, call) -> null;
    private Moods moods = (name, call) -> Mood.NORMAL;
    private Runnable late;
    private final VendorRecords records = new VendorRecords();
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** {@code secrets} exchanges the names of secrets in a recording for the secrets of this run. */
    Vendor(UnaryOperator<String> secrets) {
        this.secrets = secrets;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
    }

    /** Forgets everything and knows the calls of another port. */
    synchronized void become(Recordings other, Map<String, String> headers) {
        recordings = other;
        needs = headers;
        anew();
    }

    synchronized void anew() {
        records.clear();
        heard.clear();
        complaints.clear();
        late = null;
        calm();
    }

    synchronized void calm() {
        refuses = (name, call) -> null;
        moods = (name, call) -> Mood.NORMAL;
    }

    synchronized void refuse(Refuses how) {
        refuses = how;
    }

    synchronized void lose(Moods how) {
        moods = how;
    }

    /** All that are kept under a reference, or under one that was made of it after a final cancel. */
    synchronized List<Kept> records(String reference) {
        return records().stream().filter(record -> record.reference.equals(reference) || record.reference.startsWith(reference + "-r")).toList();
    }

    synchronized List<Kept> records() {
        return records.all();
    }

    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** What it was asked and does not know. */
    synchronized Optional<String> complaint() {
        return complaints.stream().findFirst();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Said said = answer(exchange, body);
        if (said == null || !said.isSent()) {
            // no answer: the connection ends
            exchange.close();
            return;
        }
        byte[] bytes = said.body() == null ? new byte[0] : (said.body().isTextual() ? said.body().asText() : said.body().toString()).getBytes(StandardCharsets.UTF_8);
        if (said.body() != null && !said.body().isTextual()) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        said.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(said.status() == null ? 200 : said.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private synchronized Said answer(HttpExchange exchange, String body) {
        Runnable overdue = late;
        late = null;
        try {
            return known(exchange, body);
        } finally {
            if (overdue != null) {
                overdue.run();
            }
        }
    }

    private Said known(HttpExchange exchange, String body) {
        JsonNode read = read(body);
        for (Map.Entry<String, Call> each : recordings.calls().entrySet()) {
            Map<String, String> names = match(each.getValue(), exchange, body, read);
            if (names != null) {
                return known(each.getKey(), each.getValue(), names, exchange, body);
            }
        }
        heard.add(new Heard(null, false, false, body));
        String query = exchange.getRequestURI().getQuery();
        complaints.add("it asked " + exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + (query == null ? "" : "?" + query) + (body.isEmpty() ? "" : " with " + first(body))
                + ", which none of its calls is");
        return said(NOT_FOUND);
    }

    private Said known(String name, Call call, Map<String, String> names, HttpExchange exchange, String body) {
        Optional<String> lacking = needs.entrySet().stream().filter(need -> new Shape(secrets.apply(need.getValue())).of(exchange.getRequestHeaders().getFirst(need.getKey())).isEmpty())
                .map(Map.Entry::getKey).findFirst();
        if (lacking.isPresent()) {
            complaints.add("it asked " + name + " without the header " + lacking.get() + " that every request has");
            heard.add(new Heard(name, false, false, body));
            return filled(recordings.answer(call, "unauthorized").orElse(said(UNAUTHORIZED)), names, null);
        }
        Said refusal = refuses.refuse(name, call);
        Mood mood = refusal == null ? moods.of(name, call) : Mood.NORMAL;
        heard.add(new Heard(name, call.does().changesSomething(), mood != Mood.NORMAL, body));
        if (refusal != null) {
            return filled(refusal, names, records.find(call, names));
        }
        if (mood == Mood.DO_IT_LATER) {
            late = () -> act(name, call, names);
            return null;
        }
        Said answer = act(name, call, names);
        return mood == Mood.LOSE_ANSWER ? filled(recordings.answer(call, "lost").orElse(said(null)), names, records.find(call, names)) : answer;
    }

    /** Does what the call does, and says what is said of it. */
    private Said act(String name, Call call, Map<String, String> names) {
        VendorRecords.Done done = records.act(call, names);
        return say(name, call, names, done.record(), done.answer());
    }

    private Said say(String name, Call call, Map<String, String> names, Kept record, String answer) {
        Said said = call.answers().get(answer);
        if (said == null) {
            complaints.add("it asked " + name + (answer.equals("absent") ? " for a record that is not there" : answer.equals("there") ? " for a record that is there already" : "")
                    + ", and calls." + name + ".answers." + answer + " does not say what it answers then");
            return said(NOT_FOUND);
        }
        return filled(said, names, record);
    }

    private Said filled(Said said, Map<String, String> names, Kept record) {
        UnaryOperator<String> fill = text -> {
            String filled = secrets.apply(text).replace("{url}", url());
            Map<String, String> known = new HashMap<>(names);
            if (record != null) {
                known.put("id", record.id);
                known.putIfAbsent("externalId", record.reference);
            }
            known.remove(VendorRecords.KEY);
            for (Map.Entry<String, String> each : known.entrySet()) {
                filled = filled.replace("{" + each.getKey() + "}", each.getValue());
            }
            return filled;
        };
        Map<String, String> headers = new HashMap<>();
        said.headers().forEach((header, value) -> headers.put(header, fill.apply(value)));
        JsonNode body = said.body() == null ? null : said.body().isTextual() ? json.getNodeFactory().textNode(fill.apply(said.body().asText())) : read(fill.apply(said.body().toString()));
        return new Said(said.status(), headers, body, said.field(), said.seconds(), said.outcome());
    }

    /** What the names in a call's shape stand for in this request; null where it is another call. */
    private Map<String, String> match(Call call, HttpExchange exchange, String body, JsonNode read) {
        Recordings.Asks asks = call.asks();
        if (!asks.method().equals(exchange.getRequestMethod())) {
            return null;
        }
        Map<String, String> names = new HashMap<>();
        List<Optional<Map<String, String>>> found = new ArrayList<>();
        found.add(shape(asks.path()).of(exchange.getRequestURI().getPath()));
        if (asks.query() != null) {
            found.add(shape(asks.query()).of(Objects.toString(exchange.getRequestURI().getQuery(), "")));
        }
        asks.headers().forEach((header, value) -> found.add(shape(value).of(exchange.getRequestHeaders().getFirst(header))));
        asks.json().forEach((pointer, value) -> found.add(read.at(pointer).isMissingNode() ? Optional.empty() : shape(value).of(text(read.at(pointer)))));
        if (asks.text() != null) {
            found.add(shape(asks.text()).in(body));
        }
        for (Optional<Map<String, String>> part : found) {
            if (part.isEmpty()) {
                return null;
            }
            part.get().forEach(names::putIfAbsent);
        }
        if (call.knownBy() != null && exchange.getRequestHeaders().containsKey(call.knownBy())) {
            names.put(VendorRecords.KEY, exchange.getRequestHeaders().getFirst(call.knownBy()));
        }
        return names;
    }

    private Shape shape(String text) {
        return new Shape(secrets.apply(text));
    }

    private JsonNode read(String body) {
        try {
            JsonNode read = json.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static String first(String body) {
        return body.length() > 120 ? body.substring(0, 120) + "..." : body;
    }

    private static Said said(Integer status) {
        return new Said(status, null, null, null, null, null);
    }
}
