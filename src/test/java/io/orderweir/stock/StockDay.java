package io.orderweir.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A pool on some channels and in a warehouse through a day on which anything happens, in any order: driven by chance, on the real ledger. */
final class StockDay {

    private static final Duration LIFETIME = Duration.ofSeconds(120);

    /** A message about an order or a movement, which may come twice, late, or never. */
    private record Message(String channel, String operation, String what, Long position) {
    }

    private final Random chance;
    private final Books books;
    private final String pool;
    private final PretendWarehouse warehouse;
    private final List<PretendChannel> channels = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<StockCall> requests = new ArrayList<>();
    /** The answers on their way: done or refused. */
    private final Map<Long, Boolean> answers = new HashMap<>();
    /** The counts that this process knows of, by channel; a crash forgets them. */
    private final Map<String, Long> counts = new HashMap<>();
    private final List<long[]> snapshots = new ArrayList<>();
    private int strangers;
    private boolean wasPutBack;

    StockDay(Books books, String pool, long seed, boolean numbered) {
        this.books = books;
        this.pool = pool;
        this.chance = new Random(seed);
        this.warehouse = new PretendWarehouse(6, numbered);
    }

    void opens(String... kinds) throws SQLException {
        for (String kind : kinds) {
            PretendChannel channel = new PretendChannel(kind, kind);
            channels.add(channel);
            books.number("orderweir.stock_channel_open(?, ?, ?, ?::interval)", pool, channel.name, kind, LIFETIME.toSeconds() + " s");
            count(channel);
        }
        snapshot();
    }

    void goesOn(int steps) throws SQLException {
        for (int i = 0; i < steps; i++) {
            step();
            long out = channels.stream().mapToLong(channel -> channel.owed() + Math.max(0, channel.shown)).sum();
            assertTrue(out <= warehouse.units() + strangers, "step " + i + ": " + out + " owed or on sale of " + warehouse.units());
        }
        assertEquals(0, books.number("count(*) from orderweir.stock_faults()"));
    }

    /** Somebody else puts a unit on sale. */
    PretendChannel aStrangerAddsOne() {
        PretendChannel channel = any(channels);
        channel.shown++;
        strangers++;
        return channel;
    }

    /** The books are those of the first day again, and know so; what is on its way goes on. The warehouse tells its movements anew. */
    void isPutBack() throws SQLException {
        for (String table : List.of("stock_entry", "stock_call", "stock_snapshot")) {
            books.run("delete from orderweir." + table + " where pool = '" + pool + "'");
        }
        books.run("update orderweir.stock_grant set given = 0, orders = 0, cancels = 0 where pool = '" + pool + "'");
        books.run("update orderweir.stock set on_hand = 0, open = 0, granted = 0, position = null, snapshot_id = null where pool = '" + pool + "'");
        books.at("orderweir.stock_restored");
        wasPutBack = true;
        answers.clear();
        counts.clear();
        snapshots.clear();
        for (int i = 0; i < warehouse.movements().size(); i++) {
            tellsOf(warehouse.movements().get(i), i + 1);
        }
    }

    /** Everything is told in the end: what is on its way comes or dies, every channel is counted, and the warehouse is asked. Returns the units that others were found to have added. */
    long ends() throws SQLException {
        for (StockCall request : List.copyOf(requests)) {
            requests.remove(request);
            request.channel().execute(request);
        }
        books.number("count(orderweir.stock_time_out(id)) from orderweir.stock_call where state = 'sending'");
        answers.clear();
        books.pass(LIFETIME);
        tell();
        long found = 0;
        for (PretendChannel channel : channels) {
            settle(channel);
            found += count(channel);
            settle(channel);
            assertEquals(channel.net() + channel.shown, books.number("given from orderweir.stock_grant where pool = ? and connection = ?", pool, channel.name), channel.name + " was given what it has");
        }
        snapshot();
        assertEquals(warehouse.units(), books.number("on_hand from orderweir.stock where pool = ?", pool));
        assertEquals(channels.stream().mapToLong(PretendChannel::owed).sum(), books.number("open from orderweir.stock where pool = ?", pool));
        return found;
    }

    /** Whatever is left can be sold: all of it at one channel. Returns the units that are left then. */
    long sellsOut() throws SQLException {
        for (PretendChannel channel : channels) {
            takeBackAll(channel);
        }
        PretendChannel last = channels.get(0);
        Long free = books.number("orderweir.stock_free(?)", pool);
        if (free > 0) {
            make(books.at("orderweir.stock_raise", pool, last.name, free, null), last);
        }
        while (last.shown > 0) {
            last.sell();
        }
        return warehouse.units() - channels.stream().mapToLong(PretendChannel::owed).sum();
    }

    private void takeBackAll(PretendChannel channel) throws SQLException {
        if (channel.shown > 0) {
            boolean closes = channel.kind.equals("absolute");
            make(books.at("orderweir.stock_take_back", pool, channel.name, closes ? 0L : channel.shown, channel.kind.equals("compared") ? channel.shown : null), channel);
            settle(channel);
            if (closes) {
                count(channel);
            }
        }
    }

    private void step() throws SQLException {
        PretendChannel channel = any(channels);
        switch (chance.nextInt(18)) {
            case 0 -> sell(channel);
            case 1 -> cancel(channel);
            case 2, 3 -> hear();
            case 4, 5 -> plan(channel);
            case 6, 7 -> send(channel);
            case 8, 9 -> network();
            case 10, 11 -> countOn(channel);
            case 12, 13, 14, 15 -> atTheWarehouse();
            default -> passOrDie();
        }
    }

    private void sell(PretendChannel channel) {
        if (channel.shown > 0) {
            channel.sell();
            says(channel.name, channel.name + "/" + (channel.orders.size() - 1), "sale");
        }
    }

    private void cancel(PretendChannel channel) {
        int order = channel.orders.indexOf("sold");
        if (order >= 0 && chance.nextInt(3) == 0) {
            channel.cancel(order, chance.nextBoolean());
            says(channel.name, channel.name + "/" + order + "/" + channel.orders.get(order), channel.orders.get(order));
        }
    }

    private void says(String channel, String operation, String what) {
        for (int copies = chance.nextInt(3); copies > 0; copies--) {
            messages.add(new Message(channel, operation, what, null));
        }
    }

    private void hear() throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        Message message = messages.remove(chance.nextInt(messages.size()));
        if (message.channel() != null) {
            book(message.channel(), message.operation(), message.what());
        } else {
            moved(message);
        }
    }

    private void book(String channel, String operation, String what) throws SQLException {
        long uncovered = books.at("orderweir.stock_book", pool, channel, pool + "/" + operation, what, 1L);
        assertTrue(uncovered == 0 || wasPutBack || uncovered <= strangers + unheardRestocks(), operation + ": " + uncovered + " units of it are not there");
    }

    /** Units that a shop has put on sale again, and may have sold again, of which we were not told. */
    private long unheardRestocks() throws SQLException {
        return channels.stream().flatMap(channel -> channel.orders.stream()).filter("restocked"::equals).count()
                - books.number("count(*) from orderweir.stock_entry where pool = ? and what = 'restocked'", pool);
    }

    private void moved(Message message) throws SQLException {
        books.at("orderweir.stock_move", pool, pool + "/" + message.operation(), message.what(), 1L, message.position());
    }

    private void plan(PretendChannel channel) throws SQLException {
        long free = books.number("orderweir.stock_free(?)", pool);
        String function = free > 0 && chance.nextInt(3) > 0 ? "orderweir.stock_raise" : "orderweir.stock_take_back";
        boolean closes = channel.kind.equals("absolute") && function.endsWith("back");
        Object[] wanted = {pool, channel.name, closes ? 0L : function.endsWith("raise") && chance.nextBoolean() ? free : 1L + chance.nextInt(2), channel.kind.equals("compared") ? channel.shown : null};
        if (chance.nextInt(20) == 0) {
            books.dieIn(function, wanted);
            return;
        }
        Long call = books.at(function, wanted);
        if (call != null && chance.nextInt(10) == 0) {
            books.at("orderweir.stock_drop", call);
        }
    }

    private void send(PretendChannel channel) throws SQLException {
        Long open = books.number("(select id from orderweir.stock_call where pool = ? and connection = ? and state in ('planned', 'unsure'))", pool, channel.name);
        if (open != null) {
            attempt(open, channel);
        }
        Long taken = books.number("(select id from orderweir.stock_call where pool = ? and connection = ? and state = 'looking')", pool, channel.name);
        if (taken != null) {
            books.at("orderweir.stock_look", taken, channel.shown);
        }
    }

    private boolean attempt(long call, PretendChannel channel) throws SQLException {
        Object id = books.value("(orderweir.stock_send(?, ?::text::timestamptz)).id", call, books.now.toString());
        if (id != null) {
            requests.add(new StockCall(call, channel, (String) books.value("what from orderweir.stock_call where id = ?", call), books.number("units from orderweir.stock_call where id = ?", call),
                    books.number("coalesce(base, 0) from orderweir.stock_call where id = ?", call), books.now.plus(LIFETIME)));
        }
        return id != null;
    }

    /** A request is executed, lost, or goes on its way while we wait no longer; an answer comes, or never. */
    private void network() throws SQLException {
        if (!answers.isEmpty() && chance.nextBoolean()) {
            Long call = any(List.copyOf(answers.keySet()));
            boolean done = answers.remove(call);
            if (chance.nextInt(4) == 0) {
                books.number("orderweir.stock_time_out(?)", call);
            } else {
                books.at("orderweir.stock_settle", call, done);
            }
        } else if (!requests.isEmpty()) {
            StockCall request = any(requests);
            switch (chance.nextInt(4)) {
                case 0 -> books.number("orderweir.stock_time_out(?)", request.id());
                case 1 -> lose(request);
                default -> execute(request);
            }
        }
    }

    private void lose(StockCall request) throws SQLException {
        requests.remove(request);
        books.number("orderweir.stock_time_out(?)", request.id());
    }

    private void execute(StockCall request) throws SQLException {
        requests.remove(request);
        boolean done = request.channel().execute(request);
        boolean waitedFor = books.number("(select count(*) from orderweir.stock_call where id = ? and state = 'sending')", request.id()) > 0;
        if (waitedFor && requests.stream().noneMatch(other -> other.id() == request.id())) {
            answers.put(request.id(), done);
        }
        if (strangers == 0 && unheardRestocks() == 0) {
            assertEquals(0, books.number("orderweir.stock_hear(?, ?, ?)", pool, request.channel().name, request.channel().shown), "the echo of our own call is known");
        }
    }

    private void countOn(PretendChannel channel) throws SQLException {
        Long count = counts.get(channel.name);
        if (count == null) {
            counts.put(channel.name, books.at("orderweir.stock_count_begin", pool, channel.name));
        } else if (books.number("orderweir.stock_count_read(?, ?)", count, channel.shown) == 0) {
            catchUp(channel);
            Long found = books.at("orderweir.stock_count_end", count);
            assertTrue(found == null || found <= strangers, found + " units were added by somebody else");
            counts.remove(channel.name);
        }
    }

    /** All orders that there are, with what has become of them. */
    private void catchUp(PretendChannel channel) throws SQLException {
        for (int order = 0; order < channel.orders.size(); order++) {
            String state = channel.orders.get(order);
            book(channel.name, channel.name + "/" + order, "sale");
            if (state.equals("restocked") || state.equals("dropped")) {
                book(channel.name, channel.name + "/" + order + "/" + state, state);
            }
        }
    }

    private void atTheWarehouse() throws SQLException {
        switch (chance.nextInt(16)) {
            case 0 -> {
                warehouse.receives();
                tellsOf("receipt", warehouse.position());
            }
            case 1 -> pick(any(channels));
            case 2, 3, 4, 5 -> snapshots.add(new long[] {books.at("orderweir.stock_snapshot_ask", pool), -1, 0});
            default -> {
                if (!snapshots.isEmpty()) {
                    long[] snapshot = any(snapshots);
                    if (snapshot[1] < 0) {
                        snapshot[1] = warehouse.units();
                        snapshot[2] = warehouse.position();
                    } else {
                        snapshots.remove(snapshot);
                        books.at("orderweir.stock_snapshot_take", snapshot[0], snapshot[1], warehouse.isNumbered() ? snapshot[2] : null);
                    }
                }
            }
        }
    }

    /** Only what we know of is picked. */
    private void pick(PretendChannel channel) throws SQLException {
        int order = channel.orders.indexOf("sold");
        if (order >= 0 && warehouse.units() > 0) {
            book(channel.name, channel.name + "/" + order, "sale");
            channel.orders.set(order, "picked");
            warehouse.picks();
            tellsOf("pick", warehouse.position());
        }
    }

    private void tellsOf(String what, long position) {
        for (int copies = 1 + chance.nextInt(2); copies > 0; copies--) {
            messages.add(new Message(null, "movement/" + position, what, warehouse.isNumbered() ? position : null));
        }
    }

    private void passOrDie() throws SQLException {
        if (chance.nextInt(6) == 0) {
            // whoever waited for answers and counted is gone; the next one takes up what the ledger says
            answers.clear();
            counts.clear();
            books.number("count(orderweir.stock_time_out(id)) from orderweir.stock_call where state = 'sending'");
            return;
        }
        books.pass(Duration.ofSeconds(chance.nextInt(150)));
        for (StockCall request : List.copyOf(requests)) {
            if (!books.now.isBefore(request.dead())) {
                lose(request);
            }
        }
    }

    private void tell() throws SQLException {
        for (PretendChannel channel : channels) {
            catchUp(channel);
        }
        Collections.shuffle(messages, chance);
        while (!messages.isEmpty()) {
            hear();
        }
    }

    /** Makes what is open at a channel, until nothing is. */
    private void settle(PretendChannel channel) throws SQLException {
        for (Long call = open(channel); call != null; call = open(channel)) {
            if (books.number("(select count(*) from orderweir.stock_call where id = ? and state = 'looking')", call) > 0) {
                books.at("orderweir.stock_look", call, channel.shown);
            } else if (!make(call, channel)) {
                count(channel);
            }
        }
    }

    private Long open(PretendChannel channel) throws SQLException {
        return books.number("(select id from orderweir.stock_call where pool = ? and connection = ? and state in ('planned', 'unsure', 'looking'))", pool, channel.name);
    }

    /** Sends a call and hears its answer; false = it is not sent again. */
    private boolean make(long call, PretendChannel channel) throws SQLException {
        if (!attempt(call, channel)) {
            return false;
        }
        StockCall request = requests.remove(requests.size() - 1);
        books.at("orderweir.stock_settle", call, channel.execute(request));
        books.pass(LIFETIME);
        return true;
    }

    private long count(PretendChannel channel) throws SQLException {
        Long count = books.at("orderweir.stock_count_begin", pool, channel.name);
        books.number("orderweir.stock_count_read(?, ?)", count, channel.shown);
        catchUp(channel);
        return books.at("orderweir.stock_count_end", count);
    }

    private void snapshot() throws SQLException {
        Long request = books.at("orderweir.stock_snapshot_ask", pool);
        books.at("orderweir.stock_snapshot_take", request, warehouse.units(), warehouse.isNumbered() ? warehouse.position() : null);
    }

    private <T> T any(List<T> some) {
        return some.get(chance.nextInt(some.size()));
    }
}
