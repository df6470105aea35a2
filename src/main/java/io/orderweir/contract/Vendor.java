package io.orderweir.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.util.Locale;
import java.util.Map;
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
        DO_IT_LATER,
        /** do nothing, and give no answer */
        DO_NOTHING
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

    private static final String MORE = "more";
    private static final String PAGE = "page";
    private static final String ORDER = "orderId";
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;

    static {
        // a body that waits for the acknowledgement of its headers costs 40 ms each time
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final UnaryOperator<String> secrets;
    private Map<String, String> needs = Map.of();
    private Recordings recordings = new Recordings(null, null, null, null, null, null, null, null);
    private Refuses refuses = (name, call) -> null;
    private Moods moods = (name, call) -> Mood.NORMAL;
    private Runnable late;
    private boolean saysMore;
    private final VendorRecords records = new VendorRecords();
    private final VendorPages pages = new VendorPages();
    private final Map<String, String> references = new HashMap<>();
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
        pages.forget();
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

    /** Whether its answers have fields that nobody knows, from now on. */
    synchronized void saysMoreThanIsKnown(boolean more) {
        saysMore = more;
    }

    /** Whether its lists have several pages, from now on. */
    synchronized void turnsPages(boolean several) {
        pages.several(several);
    }

    /** How far each of its lists was read, by their calls. */
    synchronized Map<String, Integer> pagesRead() {
        return pages.read();
    }

    /** By which reference an order of the shop is known, where a request names the order alone. */
    synchronized void knowsOrder(String id, String reference) {
        references.put(id, reference);
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
        Asked asked = Asked.of(exchange);
        Said said = answer(asked);
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

    private synchronized Said answer(Asked asked) {
        Runnable overdue = late;
        late = null;
        try {
            return known(asked);
        } finally {
            if (overdue != null) {
                overdue.run();
            }
        }
    }

    private Said known(Asked asked) {
        for (Map.Entry<String, Call> each : recordings.calls().entrySet()) {
            Optional<Map<String, String>> names = names(each.getKey(), each.getValue(), asked);
            if (names.isPresent()) {
                return known(each.getKey(), each.getValue(), names.get(), asked);
            }
        }
        heard.add(new Heard(null, false, false, asked.body()));
        complaints.add("it asked " + asked + ", which none of its calls is");
        return said(NOT_FOUND);
    }

    private Said known(String name, Call call, Map<String, String> names, Asked asked) {
        Optional<String> lacking = needs.entrySet().stream().filter(need -> new Shape(secrets.apply(need.getValue())).of(asked.header(need.getKey())).isEmpty()).map(Map.Entry::getKey).findFirst();
        if (lacking.isPresent()) {
            complaints.add("it asked " + name + " without the header " + lacking.get() + " that every request has");
            heard.add(new Heard(name, false, false, asked.body()));
            return filled(recordings.answer(call, "unauthorized").orElse(said(UNAUTHORIZED)), names, null);
        }
        Said refusal = refuses.refuse(name, call);
        Mood mood = refusal == null ? moods.of(name, call) : Mood.NORMAL;
        heard.add(new Heard(name, call.does().changesSomething(), mood != Mood.NORMAL, asked.body()));
        if (refusal != null) {
            return filled(refusal, names, records.find(call, names));
        }
        if (mood == Mood.DO_IT_LATER || mood == Mood.DO_NOTHING) {
            late = mood == Mood.DO_NOTHING ? null : () -> act(name, call, names);
            return null;
        }
        Said answer = act(name, call, names);
        return mood == Mood.LOSE_ANSWER ? filled(recordings.answer(call, "lost").orElse(said(null)), names, records.find(call, names)) : answer;
    }

    /** Does what the call does, and says what is said of it. */
    private Said act(String name, Call call, Map<String, String> names) {
        if (call.answers().containsKey(MORE)) {
            Optional<String> next = pages.next(name, names.get(PAGE));
            if (next.isPresent()) {
                Map<String, String> more = new HashMap<>(names);
                more.put(PAGE, next.get());
                return filled(call.answers().get(MORE), more, null);
            }
        }
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
        JsonNode body = said.body() == null ? null : said.body().isTextual() ? TextNode.valueOf(fill.apply(said.body().asText())) : Asked.json(fill.apply(said.body().toString()));
        return new Said(said.status(), headers, body == null || !saysMore ? body : UnknownFields.into(body), said.field(), said.seconds(), said.outcome());
    }

    /** What the names in a call's shape stand for in this request; empty where it is another call, or about an order or a page that nobody has named. */
    private Optional<Map<String, String>> names(String name, Call call, Asked asked) {
        Optional<Map<String, String>> known = call.asksForMore() == null ? Optional.empty() : asked.names(call.asksForMore(), secrets).filter(names -> pages.knows(name, names.get(PAGE)));
        Optional<Map<String, String>> names = known.or(() -> asked.names(call.asks(), secrets)).filter(found -> !found.containsKey(ORDER) || references.containsKey(found.get(ORDER)));
        names.ifPresent(found -> {
            // a reference of ours has small letters; a vendor may keep it in others
            found.computeIfPresent("externalId", (key, reference) -> reference.toLowerCase(Locale.ROOT));
            if (found.containsKey(ORDER)) {
                found.putIfAbsent("externalId", references.get(found.get(ORDER)));
            }
            if (call.knownBy() != null && asked.header(call.knownBy()) != null) {
                found.put(VendorRecords.KEY, asked.header(call.knownBy()));
            }
        });
        return names;
    }

    private static Said said(Integer status) {
        return new Said(status, null, null, null, null, null);
    }
}
