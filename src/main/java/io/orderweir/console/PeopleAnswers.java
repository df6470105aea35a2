package io.orderweir.console;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** People, keys and the audit log as the API answers them. What is not known is null, or absent. */
final class PeopleAnswers {

    private PeopleAnswers() {
    }

    record People(List<Person> people) {
    }

    record Person(String name, String role, Instant createdAt, Instant lockedAt, boolean hasPassword, Instant usedAt, List<PersonKey> access) {
    }

    record PersonKey(long key, String kind, String label, Instant createdAt, Instant usedAt, Instant expiresAt) {
    }

    @Schema(description = "Link sets her password, once.")
    record PersonAdded(String person, String role, String link, String answer) {
    }

    record PersonChanged(String person, String role, boolean locked, String answer) {
    }

    @Schema(description = "Link sets a password, once; token is shown once.")
    record KeyGiven(String person, long key, String kind, String label, Instant expiresAt, String link, String token, String answer) {
    }

    record KeyEnded(String person, long key, String kind, String label, String answer) {
    }

    record AuditLog(List<AuditRow> changes) {
    }

    record AuditRow(long id, Instant at, String by, String action, String subject, Object detail, String hash) {
    }

    record AuditVerified(long rows, String hash, List<AuditFault> faults) {
    }

    record AuditFault(long row, String fault) {
    }
}
