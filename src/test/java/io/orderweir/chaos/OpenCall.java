package io.orderweir.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Call: a vendor works on a call, and the ledger says its bytes have left. */
final class OpenCall implements Trap {
    private static final String CALLED = "select count(*) from orderweir.call where connection = ? and called_at is not null";

    private final BlackFriday day;
    private final String vendor;

    OpenCall(BlackFriday day, String vendor) {
        this.day = day;
        this.vendor = vendor;
    }

    @Override
    public Optional<String> caught() {
        long called = day.sql().number(CALLED, vendor);
        JsonNode seen = day.report().path(vendor);
        return called > 0 && seen.path("openNow").asLong() > 0
                ? Optional.of(seen.path("openNow").asLong() + " calls open at " + vendor + ", " + called + " called_at in the ledger") : Optional.empty();
    }

    @Override
    public String release(boolean finish) {
        return day.sql().number(CALLED, vendor) + " calls left without a reader";
    }

    @Override
    public void close() {
        // nothing was held
    }
}
