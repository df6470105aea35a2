package io.orderweir.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * An invented vendor that speaks JSON-RPC: {@code login} returns a session, of which there is one; after so many calls it ends, and whoever calls with it is answered 401.
 * It tells its session in every answer, in clear and in others' encodings, as some do for support. An order takes seven calls, in their order, each with the
 * vendor's own id of the country.
 */
final class RpcVendor implements AutoCloseable {

    static final List<String> STEPS = List.of("party", "address", "product", "sale", "line", "quote", "confirm");
    /** Its own ids of them. */
    private static final Map<String, Integer> COUNTRIES = Map.of("US", 233, "CA", 39, "GB", 77, "DE", 57, "FR", 76, "PL", 179, "SE", 196, "JP", 113, "HK", 94);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What no one else may read: the middle of every session, which has none of a character that somebody escapes. */
    final List<String> sessions = new ArrayList<>();
    /** The steps made of each order, in the order in which the orders were begun. */
    final Map<String, List<String>> orders = new LinkedHashMap<>();
    final List<String> wrong = new ArrayList<>();
    private final Set<String> underWay = new LinkedHashSet<>();
    private final HttpServer server;
    private final String user;
    private final String password;
    private String session;
    private int callsLeft;
    private int callsOfASession = Integer.MAX_VALUE;
    int ended;
    int mostUnderWay;
    int askedForCountries;

    RpcVendor(String user, String password) {
        this.user = user;
        this.password = password;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "rpc-vendor");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/rpc", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void endsASessionAfter(int calls) {
        callsOfASession = calls;
        callsLeft = Math.min(callsLeft, calls);
    }

    synchronized int booked() {
        return (int) orders.values().stream().filter(made -> made.size() == STEPS.size()).count();
    }

    synchronized int logins() {
        return sessions.size();
    }

    private synchronized void answer(HttpExchange call) throws IOException {
        JsonNode asked = JSON.readTree(call.getRequestBody());
        String method = asked.path("method").asText();
        ObjectNode said = JSON.createObjectNode().put("id", asked.path("id").asInt());
        int status = 200;
        if (method.equals("login")) {
            if (asked.path("params").path(0).asText().equals(user) && asked.path("params").path(1).asText().equals(password)) {
                String middle = "S3ss" + UUID.randomUUID().toString().replace("-", "");
                sessions.add(middle);
                session = "\"&<" + middle + "+/=";
                callsLeft = callsOfASession;
                said.putObject("result").put("session", session).put("user", 7);
            } else {
                said.putNull("result");
            }
        } else if (session == null || !("Session " + Base64.getEncoder().encodeToString(("7:" + session).getBytes(StandardCharsets.UTF_8))).equals(call.getRequestHeaders().getFirst("Authorization"))) {
            status = 401;
            said.put("error", "no session").put("youSent", String.valueOf(call.getRequestHeaders().getFirst("Authorization")));
        } else if (callsLeft-- <= 0) {
            status = 401;
            said.put("error", "session " + session + " has ended");
            session = null;
            ended++;
        } else {
            if (method.equals("countries")) {
                askedForCountries++;
                COUNTRIES.forEach((code, id) -> said.withArray("result").addObject().put("code", code).put("id", id));
            } else {
                make(method, asked.path("params").path(0).asText(), asked.path("params").path(1).asInt());
                said.put("result", "made");
            }
            said.put("debug", session).put("debug64", Base64.getUrlEncoder().encodeToString(session.getBytes(StandardCharsets.UTF_8)));
        }
        byte[] bytes = JSON.writeValueAsBytes(said);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private void make(String step, String order, int country) {
        if (!COUNTRIES.containsValue(country)) {
            wrong.add(order + ": there is no country " + country);
        }
        List<String> made = orders.computeIfAbsent(order, first -> new ArrayList<>());
        if (made.size() == STEPS.size() || !STEPS.get(made.size()).equals(step)) {
            wrong.add(order + ": " + step + " after " + made);
        }
        made.add(step);
        underWay.add(order);
        mostUnderWay = Math.max(mostUnderWay, underWay.size());
        if (made.size() == STEPS.size()) {
            underWay.remove(order);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
