package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Understanding;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * L12: random lives of an order, told late, twice and in any order, while calls are lost and processes die. After every step ordered = open + requested + shipped +
 * cancelled + returned, nothing unpaid, held, foreign or of a test order is requested, and a return changes no request. What is counted here is counted by the shop and
 * by the warehouse, each for itself, and by nothing of the engine's.
 */
class GoodsLawIT {

    private static final int LIVES = Ledger.LENGTH == 1 ? 4 : 40;
    private static final int STEPS = 24;
    private static final Set<String> PAID = Set.of("paid", "authorized", "partially_refunded");

    /** What happened at all in these lives. */
    private static final Set<String> SEEN = new TreeSet<>();

    private static Understanding understanding;

    /** Ahead of the ledger's own clock, by which it dates the turns that it gives. */
    private final Instant epoch = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS);
    private final Map<String, Life> lives = new HashMap<>();
    private ShopNews news;
    private Random random;
    private int seconds;

    /** What the shop knows of one line. */
    private static final class Line {
        private final int id;
        private final boolean foreign;
        private int ordered;
        private int cancelled;
        private int others;
        private int ours;
        private int returned;

        Line(int id, boolean foreign, int ordered) {
            this.id = id;
            this.foreign = foreign;
            this.ordered = ordered;
        }

        int open() {
            return ordered - cancelled - others - ours;
        }

        /** What somebody is to be asked for in all, once anybody was. */
        int due() {
            return foreign ? 0 : open() + ours;
        }
    }

    /** What the shop told in one event. */
    private record Version(int number, String body, String triggeredAt, boolean readable, boolean paid, boolean cancelled, Map<Integer, Integer> due) {
    }

    /** One request at the warehouse, by its reference. */
    private static final class Request {
        private final Map<Integer, Integer> lines = new HashMap<>();
        private final Map<Integer, Integer> shipped = new HashMap<>();
        private boolean picked;
        private boolean cancelled;
    }

    @BeforeAll
    static void start() throws Exception {
        understanding = new Understanding();
    }

    @AfterAll
    static void stop() {
        understanding.close();
        assertTrue(SEEN.containsAll(List.of("requested", "refused", "cancelled", "unsure", "absent", "found", "returned", "shipped", "unpaid", "held", "superseded", "kept")), SEEN::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void goodsMoveOnceWhateverHappensToTheirOrder(long seed) throws SQLException {
        try (ShopNews shop = new ShopNews(understanding, "goods_" + seed)) {
            news = shop;
            random = new Random(seed);
            for (String connection : List.of("netsuite", "wms", ShopNews.SHOP)) {
                shop.ledger.allow(connection, "at-once", 10, 0, at());
            }
            for (int i = 0; i < LIVES; i++) {
                new Life(1_000 + i).goesOn();
            }
            assertEquals(0, shop.ledger.sql.number(TallyLawIT.DIFFERENCES));
            assertEquals(0, shop.ledger.sql.number("select (select sum(records) from intake) - (select count(*) + sum(repeats) from message)"));
        }
    }

    /** One order, its shop and its warehouse. */
    private final class Life {

        private final long order;
        private final boolean test;
        private final List<Line> lines = new ArrayList<>();
        private final List<Version> mailbox = new ArrayList<>();
        private final Map<String, Request> warehouse = new LinkedHashMap<>();
        private final List<Map<String, Object>> underWay = new ArrayList<>();
        private final List<String> story = new ArrayList<>();
        private String payment;
        private boolean cancelled;
        private int versions;
        private Version told;
        /** Whether anybody may have been asked to ship anything: from then on the shop lets nobody else do it. */
        private boolean asked;
        /** Whether somebody holds its goods at the shop, and whether the shop said last that nobody does. */
        private boolean kept = random.nextInt(4) == 0;
        private boolean letGo;

        Life(long order) {
            this.order = order;
            lives.put(String.valueOf(order), this);
            test = random.nextInt(10) == 0;
            payment = random.nextInt(3) == 0 ? "pending" : "paid";
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                lines.add(new Line(lines.size() + 1, random.nextInt(6) == 0, 1 + random.nextInt(4)));
            }
        }

        void goesOn() throws SQLException {
            tell(version(true));
            for (int i = 0; i < STEPS; i++) {
                seconds += 5;
                happens();
                while (!mailbox.isEmpty() && random.nextInt(3) > 0) {
                    tell(mailbox.remove(random.nextInt(mailbox.size())));
                }
                for (int calls = 1 + random.nextInt(4); calls > 0; calls--) {
                    work(random.nextBoolean() ? "netsuite" : "wms");
                }
                nobodyHasMoreThanWasOrdered();
            }
            // and when all is told and done
            while (!mailbox.isEmpty()) {
                tell(mailbox.remove(0));
            }
            tell(version(true));
            kept = false;
            for (int round = 0; round < 20; round++) {
                seconds += 100;
                expire();
                ask();
                claim("netsuite");
                claim("wms");
                while (!underWay.isEmpty()) {
                    end(underWay.remove(0), true);
                }
            }
            nobodyHasMoreThanWasOrdered();
            everyUnitIsSomewhere();
        }

        private void happens() throws SQLException {
            Line line = lines.get(random.nextInt(lines.size()));
            int units = line.open() == 0 ? 0 : 1 + random.nextInt(line.open());
            boolean out = lines.stream().anyMatch(each -> each.ours + each.others > 0);
            switch (cancelled ? 9 : random.nextInt(12)) {
                case 0 -> {
                    line.ordered++;
                    told("adds one of " + line.id);
                }
                case 1, 2 -> {
                    line.cancelled += units;
                    told("refunds " + units + " of " + line.id + " before they are shipped");
                }
                case 3 -> {
                    if (line.foreign || !asked && underWay.isEmpty()) {
                        line.others += units;
                        story.add("others ship " + units + " of " + line.id);
                        // whoever ships by hand what we are asked for meanwhile sends a second parcel, and nobody can tell
                        tell(version(true));
                    }
                }
                case 4, 5 -> ships(line);
                case 6 -> returns(line);
                case 7 -> {
                    if (out && lines.size() < 4) {
                        lines.add(new Line(lines.size() + 1, false, 1));
                        told("is exchanged for one of " + lines.size());
                    }
                }
                case 8 -> {
                    if (!out) {
                        payment = List.of("pending", "authorized", "paid", "voided").get(random.nextInt(4));
                        told("is " + payment);
                    }
                }
                case 9 -> {
                    kept = random.nextInt(3) == 0;
                    told(kept ? "is held by somebody" : "is tagged, and held by nobody");
                }
                case 10 -> {
                    if (!out && random.nextInt(3) == 0) {
                        cancelled = true;
                        lines.forEach(each -> each.cancelled += each.open());
                        told("is cancelled");
                    } else {
                        pick();
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        story.add("is told in a way that nobody can read");
                        mailbox.add(version(false));
                    }
                }
            }
        }

        private void told(String what) {
            story.add(what);
            mailbox.add(version(true));
            if (random.nextInt(4) == 0) {
                mailbox.add(mailbox.get(mailbox.size() - 1));
            }
        }

        private void pick() {
            warehouse.values().stream().filter(request -> !request.cancelled).findFirst().ifPresent(request -> {
                request.picked = true;
                story.add("is picked");
            });
        }

        private void ships(Line line) {
            warehouse.values().stream().filter(request -> !request.cancelled).findFirst().ifPresent(request -> {
                int units = Math.min(line.open(), request.lines.getOrDefault(line.id, 0) - request.shipped.getOrDefault(line.id, 0));
                if (units > 0) {
                    units = 1 + random.nextInt(units);
                    request.picked = true;
                    request.shipped.merge(line.id, units, Integer::sum);
                    line.ours += units;
                    SEEN.add("shipped");
                    told("we ship " + units + " of " + line.id);
                }
            });
        }

        private void returns(Line line) throws SQLException {
            int out = line.others + line.ours - line.returned;
            if (out == 0) {
                return;
            }
            while (!mailbox.isEmpty()) {
                tell(mailbox.remove(0));
            }
            tell(version(true));
            List<String> before = requests();
            line.returned += 1 + random.nextInt(out);
            story.add("of " + line.id + " there come back " + line.returned);
            tell(version(true));
            // Then nobody is told
            assertEquals(before, requests(), story::toString);
            SEEN.add("returned");
        }

        private List<String> requests() {
            return news.column("select concat_ws(' ', d.seq, d.state, d.cancel) from delivery d join entity e on e.id = d.entity_id where d.connection = 'wms' and d.state <> 'superseded' and e.key = ? order by d.id", ShopNews.SHOP + "/" + order);
        }

        /** The shop's event reaches the ledger. */
        private void tell(Version version) throws SQLException {
            ObjectNode entry = news.comes(order, version.body, version.triggeredAt);
            assertEquals(version.readable, !entry.hasNonNull("hold"), () -> story + " " + entry);
            boolean newest = told == null || version.number >= told.number;
            SEEN.add(newest ? "told" : "superseded");
            told = newest ? version : told;
            if (!newest || !version.readable) {
                return;
            }
            JsonNode request = null;
            for (JsonNode each : entry.path("deliveries")) {
                request = each.path("connection").asText().equals("wms") ? each : request;
            }
            Map<Integer, Integer> wanted = new HashMap<>();
            if (request != null && !request.path("cancel").asBoolean()) {
                wanted = wanted(entry.path("canonical"), request.path("line_ids"));
            }
            for (Line line : lines) {
                int planned = wanted.getOrDefault(line.id, 0);
                if (version.due.containsKey(line.id)) {
                    assertEquals(test || version.cancelled ? 0 : version.due.get(line.id), planned, () -> story + " line " + line.id + " " + entry);
                }
            }
        }

        /** What a document asks the warehouse for, as its own mapping says it. */
        private Map<Integer, Integer> wanted(JsonNode canonical, JsonNode ids) {
            Set<String> named = new TreeSet<>();
            ids.forEach(id -> named.add(id.asText()));
            Map<Integer, Integer> wanted = new HashMap<>();
            for (JsonNode line : canonical.path("lineItems")) {
                int units = line.path("toShip").asInt(line.path("quantity").asInt());
                if (named.contains(line.path("id").asText()) && units > 0) {
                    wanted.put(line.path("id").asInt(), units);
                }
            }
            return wanted;
        }

        private void work(String connection) throws SQLException {
            ask();
            claim(connection);
            if (!underWay.isEmpty() && random.nextInt(4) > 0) {
                end(underWay.remove(random.nextInt(underWay.size())), false);
            }
            if (random.nextInt(6) == 0) {
                expire();
            }
        }

        private void claim(String connection) throws SQLException {
            for (Map<String, Object> claimed : news.ledger.run("deliver/take.sql", Map.of("connection", connection, "most", 2, "ahead", 0, "lease", 20, "settles", 1, "now", at()))) {
                claimed.put("connection", connection);
                if (connection.equals("wms") && !claimed.get("verb").equals("cancel") && !(Boolean) claimed.get("lookUp")) {
                    asked = true;
                    mayBeAsked(claimed);
                }
                // some processes die before the call
                if (random.nextInt(10) > 0) {
                    underWay.add(claimed);
                }
            }
        }

        /** What is claimed is asked for by what was told last. */
        private void mayBeAsked(Map<String, Object> claimed) {
            if (news.ledger.sql.number("select count(*) from delivery where id = ? and unsure_since is not null", claimed.get("id")) > 0) {
                // what may have arrived is sent again as it was, before what came since
                return;
            }
            assertTrue(!test && told.paid && told.readable && !told.cancelled, () -> "asked for " + claimed + " " + story);
            assertTrue(letGo || !claimed.get("verb").equals("create"), () -> "asked for though the shop did not say that nobody holds it " + claimed + " " + story);
            Map<Integer, Integer> wanted = wanted(ShopNews.json(claimed.get("canonical")), ShopNews.json(claimed.get("lineIds")));
            told.due.forEach((line, due) -> assertEquals(due, wanted.getOrDefault(line, 0), () -> "line " + line + " " + claimed + " " + story));
        }

        private void end(Map<String, Object> claimed, boolean calm) throws SQLException {
            Map<String, Object> end = new HashMap<>(claimed);
            end.putAll(Map.of("because", "not-now", "patience", 100, "settles", 1, "grace", 0.2, "breaks", 1000, "now", at()));
            boolean lookUp = (Boolean) claimed.get("lookUp");
            String sent = claimed.get("verb").equals("cancel") ? null : claimed.get("connection").equals("wms")
                    ? wanted(ShopNews.json(claimed.get("canonical")), ShopNews.json(claimed.get("lineIds"))).toString() : "body";
            if (!lookUp && claimed.get("verb").equals("update") && sent.equals(claimed.get("sentBefore"))) {
                end.putAll(Map.of("outcome", "done", "reason", "nothing of it is sent", "sentDocument", sent, "status", 0));
                news.ledger.end(end);
                return;
            }
            boolean made = news.ledger.start(claimed, 1, at());
            boolean lost = !calm && made && random.nextInt(5) == 0;
            String outcome = "later";
            if (made) {
                // of what is lost some arrived
                String answered = lost && random.nextBoolean() ? "unsure" : answers(claimed, lookUp);
                outcome = lost ? "unsure" : answered;
            }
            SEEN.add(outcome.equals("hold") ? "refused" : outcome);
            end.put("outcome", outcome);
            end.put("verb", lookUp ? "find" : claimed.get("verb"));
            end.put("final", claimed.get("verb").equals("cancel"));
            end.put("failure", made ? null : "expired");
            end.put("status", !made || lost ? null : outcome.equals("hold") ? 409 : 200);
            if (outcome.equals("done") || outcome.equals("found")) {
                end.put("remoteId", "R-" + claimed.get("externalId"));
                end.put("sentDocument", lookUp ? null : sent);
            } else if (outcome.equals("hold")) {
                end.put("reason", "refused");
                end.put("sentence", "It is picked.");
            }
            news.ledger.end(end);
        }

        private String answers(Map<String, Object> claimed, boolean lookUp) {
            String reference = (String) claimed.get("externalId");
            Request request = warehouse.get(reference);
            if (claimed.get("connection").equals("netsuite")) {
                return lookUp ? "found" : "done";
            } else if (lookUp) {
                return request == null ? "absent" : "found";
            } else if (claimed.get("verb").equals("cancel")) {
                if (request != null && request.picked) {
                    return "hold";
                }
                if (request != null) {
                    request.cancelled = true;
                    SEEN.add("cancelled");
                }
                return "done";
            } else if (claimed.get("verb").equals("create") && request != null) {
                return "unsure";
            }
            if (request == null) {
                request = new Request();
                warehouse.put(reference, request);
            } else if (request.picked || request.cancelled) {
                return "hold";
            }
            request.lines.clear();
            request.lines.putAll(wanted(ShopNews.json(claimed.get("canonical")), ShopNews.json(claimed.get("lineIds"))));
            SEEN.add("requested");
            story.add("is requested as " + reference + " " + request.lines);
            return "done";
        }

        private void nobodyHasMoreThanWasOrdered() {
            for (Line line : lines) {
                int requested = requested(line);
                assertTrue(requested + line.others <= line.ordered && (requested == 0 || !line.foreign && !test), () -> "line " + line.id + ": " + requested + " requested " + story);
            }
        }

        private int requested(Line line) {
            return warehouse.values().stream().filter(request -> !request.cancelled).mapToInt(request -> request.lines.getOrDefault(line.id, 0)).sum();
        }

        /** Unless the warehouse refused what came too late for it. */
        private void everyUnitIsSomewhere() {
            boolean refused = news.ledger.sql.number("select count(*) from delivery d join entity e on e.id = d.entity_id where e.key = ? and d.state = 'held'", ShopNews.SHOP + "/" + order) > 0;
            SEEN.add(told.paid ? "paid" : "unpaid");
            if (!refused) {
                for (Line line : lines) {
                    int due = test || cancelled || !told.paid && line.ours == 0 ? 0 : line.due();
                    assertEquals(due, requested(line), () -> "line " + line.id + " of " + warehouse + " " + requests() + " " + story);
                }
            }
        }

        private Version version(boolean readable) {
            SEEN.add(readable ? "readable" : "held");
            Map<Integer, Integer> due = new HashMap<>();
            lines.forEach(line -> due.put(line.id, line.due()));
            versions++;
            // three of one second, and told apart by the finer time
            Instant updated = Instant.parse("2026-11-01T00:00:00Z").plusSeconds(versions / 3);
            boolean gone = lines.stream().allMatch(line -> line.open() == 0);
            return new Version(versions, body(updated, readable), updated.plusMillis(100 + versions % 3 * 100).toString(), readable, PAID.contains(payment) || gone && asked, cancelled, due);
        }

        private String body(Instant updated, boolean readable) {
            List<String> items = new ArrayList<>();
            List<String> back = new ArrayList<>();
            List<String> parcels = new ArrayList<>();
            for (Line line : lines) {
                int out = line.others + line.ours;
                items.add("{'id':%d,'sku':'SKU-%1$d','name':'Thing %1$d','quantity':%d,'current_quantity':%d,'fulfillable_quantity':%d,'fulfillment_status':%s,'fulfillment_service':'%s','price':'1.00'}".formatted(
                        line.id, readable ? line.ordered : -1, readable ? line.ordered - line.cancelled - line.returned : -1, line.open(), out == 0 ? "null" : line.open() == 0 ? "'fulfilled'" : "'partial'", line.foreign ? "print" : "manual"));
                refund(back, line.id, line.cancelled, "cancel");
                refund(back, line.id, line.returned, "return");
                for (int units : new int[] {line.others, line.ours}) {
                    if (units > 0) {
                        parcels.add("{'status':'success','line_items':[{'id':%d,'quantity':%d}]}".formatted(line.id, units));
                    }
                }
            }
            return ("{'id':%d,'name':'#%1$d','currency':'USD','updated_at':'%s','financial_status':'%s','test':%s,'tags':'t%d'%s,'shipping_address':{'last_name':'S','address1':'1 Road','city':'C','country_code':'US'},"
                    + "'fulfillments':[%s],'refunds':[{'id':5,'refund_line_items':[%s]}],'line_items':[%s]}").formatted(order, updated, payment, test, versions, cancelled ? ",'cancelled_at':'2026-11-01T00:00:00Z'" : "",
                    String.join(",", parcels), String.join(",", back), String.join(",", items));
        }

        private static void refund(List<String> back, int line, int units, String kind) {
            if (units > 0) {
                back.add("{'line_item_id':%d,'quantity':%d,'restock_type':'%s'}".formatted(line, units, kind));
            }
        }
    }

    /** The shop is asked who holds what is about to leave. Some answers never come. */
    private void ask() throws SQLException {
        Map<String, Object> asking = Map.of("connection", ShopNews.SHOP, "verb", "held", "port", "goods", "most", 30, "waits", 0, "lease", 20, "settles", 1, "now", at());
        for (Map<String, Object> call : news.ledger.run("check/take.sql", asking)) {
            if (random.nextInt(10) == 0 || !news.ledger.start(call, 1, at())) {
                continue;
            }
            ObjectNode said = Ledger.JSON.createObjectNode();
            ShopNews.json(call.get("records")).forEach(order -> {
                Life life = lives.get(order.asText());
                life.letGo = !life.kept;
                if (life.kept) {
                    SEEN.add("kept");
                    said.putObject(order.asText()).put("keptBy", "Fraud Filter holds it");
                } else {
                    said.putObject(order.asText()).put("open", true);
                }
            });
            Map<String, Object> end = new HashMap<>(Map.of("call", call.get("call"), "outcome", "done", "status", 200, "found", said.toString(), "patience", 100, "settles", 1, "grace", 0.2, "breaks", 1000, "now", at()));
            news.ledger.end(end);
        }
    }

    private void expire() throws SQLException {
        news.ledger.run("call/expire.sql", Map.of("now", at(), "connections", "[{\"connection\":\"web-us\",\"reaches\":0.5,\"settles\":1},{\"connection\":\"wms\",\"reaches\":0.5,\"settles\":1},{\"connection\":\"netsuite\",\"reaches\":0.5,\"settles\":1}]"));
    }

    private Timestamp at() {
        return Timestamp.from(epoch.plusSeconds(seconds));
    }
}
