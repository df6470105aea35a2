package io.orderweir.console.hold;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked about holds: the bodies of commands. What may be left out says so. */
final class HoldRequests {

    private HoldRequests() {
    }

    @Schema(description = "What is owner, due, snooze or note; value is a name, an instant or a text, and without it is taken away.")
    record ArrangeHold(String what, String value) {
    }

    @Schema(description = "The same for all of a group, by its fingerprint.")
    record ArrangeGroup(String group, String what, String value) {
    }

    @Schema(description = "What is release, fix (with changes) or discard (with a reason); planned is for how many holds, as its plan says. A change without replaced needs everywhere.")
    record StartWork(String group, String what, List<FieldChange> changes, String reason, Long planned, Boolean everywhere) {
    }

    @Schema(description = "Path such as shippingAddress.city; replaced, where only that value is to be changed, may be left out.")
    record FieldChange(String path, Object value, Object replaced) {
    }

    @Schema(description = "All may be left out: seen is the version that was looked at, document the whole order instead of the held one, changes go into it.")
    record ReleaseHold(String seen, Object document, List<FieldChange> changes) {
    }

    record DiscardHold(String reason) {
    }

    record AcceptDifference(String reason) {
    }
}
