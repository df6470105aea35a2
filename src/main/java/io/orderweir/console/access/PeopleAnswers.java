package io.orderweir.console.access;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** People, keys and the audit log as the API answers them. What is not known is null, or absent. */
final class PeopleAnswers {

    private PeopleAnswers() {
    }

    record People(List<Person> people) {
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

    record AuditLog(List<AuditEntry> changes) {
    }

    record AuditVerified(long rows, String hash, List<AuditFault> faults) {
    }

    record AuditFault(long row, String fault) {
    }
}
