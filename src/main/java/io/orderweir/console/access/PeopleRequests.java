package io.orderweir.console.access;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked of people: the bodies of commands. What may be left out says so. */
final class PeopleRequests {

    private PeopleRequests() {
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
