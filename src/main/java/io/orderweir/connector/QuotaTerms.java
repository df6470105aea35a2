package io.orderweir.connector;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How an answer tells what is left of a limit.
 *
 * @param left     calls or points left; {@code 39/40}, used of so many, is read too
 * @param asked    points the call asked for; one call where it is not said
 * @param resetsIn when the limit begins anew; in {@code unit}, seconds unless it says so
 * @param restores how many come back in a second
 * @param restored where the answer says how many come back in a second
 */
@RegisterForReflection
public record QuotaTerms(Reference left, Reference asked, Reference resetsIn, Unit unit, Double restores, Reference restored) {

    public QuotaTerms {
        Connector.needs("left", left);
        if (resetsIn == null && restores == null && restored == null) {
            throw new IllegalArgumentException("a quota says when more is left: resets-in, restores or restored");
        }
        unit = unit == null ? Unit.SECONDS : unit;
    }

    /** Of a time. */
    public enum Unit {
        @JsonProperty("s") SECONDS(1),
        @JsonProperty("ms") MILLISECONDS(1000);

        private final double inASecond;

        Unit(double inASecond) {
            this.inASecond = inASecond;
        }

        public double seconds(double value) {
            return value / inASecond;
        }
    }
}
