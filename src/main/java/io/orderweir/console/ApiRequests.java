package io.orderweir.console;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the API is asked: the bodies of its commands. What may be left out says so. */
final class ApiRequests {

    private ApiRequests() {
    }

    @Schema(description = "What is owner, due, snooze or note; value is a name, an instant or a text, and without it is taken away.")
    record ArrangeHold(String what, String value) {
    }

    @Schema(description = "The same for all of a group, by its fingerprint.")
    record ArrangeGroup(String group, String what, String value) {
    }

    @Schema(description = "What is release, fix (with changes) or discard (with a reason).")
    record StartWork(String group, String what, List<FieldChange> changes, String reason) {
    }

    @Schema(description = "Path such as shippingAddress.city; replaced, where only that value is to be changed, may be left out.")
    record FieldChange(String path, Object value, Object replaced) {
    }

    @Schema(description = "All may be left out: seen is the version that was looked at, document the whole order instead of the held one, changes go into it.")
    record ReleaseHold(String seen, Object document, List<FieldChange> changes) {
    }

    record DiscardHold(String reason) {
    }

    @Schema(description = "The line by its build, or by order and line, or of many lines by builds; evidence is any document or text, reason may be left out.")
    record OpenGate(String gate, Long build, String order, String line, List<Long> builds, Object evidence, String reason) {
    }

    @Schema(description = "The line by its build, or by order and line.")
    record DecideGate(String gate, Long build, String order, String line, String reason, Object evidence) {
    }

    @Schema(description = "The line by its build, or by order and line; reason may be left out.")
    record ExtendGate(String gate, Long build, String order, String line, Instant due, String reason) {
    }

    record PauseConnection(String reason) {
    }

    @Schema(description = "Role is viewer, operator, integrator or admin.")
    record AddPerson(String name, String role) {
    }

    @Schema(description = "Each may be left out.")
    record ChangePerson(String role, Boolean locked) {
    }

    @Schema(description = "Label says what it is for; days from 1 to 366, or without 90.")
    record MakeToken(String label, Integer days) {
    }
}
