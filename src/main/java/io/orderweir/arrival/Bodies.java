package io.orderweir.arrival;

/**
 * The bodies that are under way at a door, never more of them than it may hold in memory. Nearly all are small, and a quarter is theirs alone:
 * however many large ones are announced and never sent, a small one finds room.
 */
public final class Bodies {

    /** The largest body that counts as small. */
    public static final long SMALL = 65_536;

    private final Room small;
    private final Room large;

    public Bodies(long most) {
        small = new Room(most / 4);
        large = new Room(most - most / 4);
    }

    /** The body of a request from this address, of which nothing has come. */
    Body from(String address) {
        return new Body(address);
    }

    public long underWay() {
        return small.taken() + large.taken();
    }

    /** One body, as far as it has come or was announced. */
    final class Body {

        private final String address;
        private long bytes;
        private boolean over;

        private Body(String address) {
            this.address = address;
        }

        /** Takes room for so many bytes more; false when there is none. */
        synchronized boolean grow(long more) {
            long size = bytes + more;
            boolean moves = bytes <= SMALL && size > SMALL;
            if (over || !room(size).take(address, moves ? size : more)) {
                return false;
            }
            if (moves) {
                small.give(address, bytes);
            }
            bytes = size;
            return true;
        }

        synchronized long bytes() {
            return bytes;
        }

        /** Gives the room back, once. */
        synchronized void end() {
            if (!over) {
                over = true;
                room(bytes).give(address, bytes);
            }
        }

        private Room room(long size) {
            return size > SMALL ? large : small;
        }
    }
}
