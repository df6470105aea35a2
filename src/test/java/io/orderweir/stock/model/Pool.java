package io.orderweir.stock.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One pool and one channel of it, in truth and in the books. The other channels are only how many units stand elsewhere: at worst they have a free unit at once,
 * and give it back at once.
 * Free units are what exists, less what is open, less every grant (given - booked). Since a booked sale is open from then on, that is: what exists, less everything given.
 */
final class Pool {

    enum Phase {
        NONE, PLANNED, SENT, DONE, REFUSED, UNSURE, LOOK, LOOKED
    }

    enum Count {
        NONE, BEGUN, READ, COMPLETE
    }

    // what is true at the channel, and nobody sees whole
    int shown;
    int sold;
    int restocked;
    int dropped;
    int shipped;
    int strange;
    // what the books say
    int given;
    int elsewhere;
    int booked;
    int restocksBooked;
    int dropsBooked;
    int shipmentsPlanned;
    int restores;
    /** They are older than what they are about, and nothing is raised until each channel was brought in anew. */
    boolean stale;
    // the one call, and what is alive of it on the network
    Phase phase = Phase.NONE;
    Request call = Request.NONE;
    boolean owed;
    boolean onlyAttempt;
    boolean keyUsed;
    int copies;
    /** Requests of calls that are settled, or under another key, which may still be executed. */
    List<Request> strays = List.of();
    // the count, in memory only
    Count count = Count.NONE;
    int read;
    int cancelsBefore;

    Pool copy() {
        Pool copy = new Pool();
        copy.shown = shown;
        copy.sold = sold;
        copy.restocked = restocked;
        copy.dropped = dropped;
        copy.shipped = shipped;
        copy.strange = strange;
        copy.given = given;
        copy.elsewhere = elsewhere;
        copy.booked = booked;
        copy.restocksBooked = restocksBooked;
        copy.dropsBooked = dropsBooked;
        copy.shipmentsPlanned = shipmentsPlanned;
        copy.restores = restores;
        copy.stale = stale;
        copy.phase = phase;
        copy.call = call;
        copy.owed = owed;
        copy.onlyAttempt = onlyAttempt;
        copy.keyUsed = keyUsed;
        copy.copies = copies;
        copy.strays = strays;
        copy.count = count;
        copy.read = read;
        copy.cancelsBefore = cancelsBefore;
        return copy;
    }

    /** Orders less cancels. */
    int sales() {
        return sold - restocked - dropped;
    }

    /** At most so much can it still sell, as far as we know. */
    int grant() {
        return given - (booked - restocksBooked - dropsBooked);
    }

    /** No request of ours is alive. */
    boolean isQuiet() {
        return (phase == Phase.NONE || phase == Phase.UNSURE) && copies == 0 && strays.isEmpty();
    }

    void stray(Request request) {
        if (strays.size() < 2) {
            List<Request> more = new ArrayList<>(strays);
            more.add(request);
            Collections.sort(more);
            strays = more;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pool pool && key().equals(pool.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    private String key;

    /** Everything that tells it from another; it is not changed any more once it was asked for. */
    private String key() {
        if (key == null) {
            char[] all = {(char) (shown + 16), (char) sold, (char) restocked, (char) dropped, (char) shipped, (char) strange, (char) (given + 16), (char) elsewhere, (char) booked,
                    (char) restocksBooked, (char) dropsBooked, (char) shipmentsPlanned, (char) restores, (char) (stale ? 1 : 0), (char) phase.ordinal(), (char) call.code(), (char) (owed ? 1 : 0), (char) (onlyAttempt ? 1 : 0),
                    (char) (keyUsed ? 1 : 0), (char) copies, (char) count.ordinal(), (char) (read + 16), (char) cancelsBefore,
                    (char) (strays.isEmpty() ? 0 : strays.get(0).code()), (char) (strays.size() < 2 ? 0 : strays.get(1).code())};
            key = new String(all);
        }
        return key;
    }
}
