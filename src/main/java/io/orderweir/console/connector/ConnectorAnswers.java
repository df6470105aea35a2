package io.orderweir.console.connector;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Connectors and their revisions as the API answers them. What is not known is null. */
final class ConnectorAnswers {

    private ConnectorAnswers() {
    }

    @Schema(description = "Running is the revision by which the process that answers runs, 0 where none was ever mounted; faults say what is wrong with what the mounted directories hold now: file, line, what and the way out; or, when it waits for a person, what it would do to what waits.")
    record ConnectorStates(long running, boolean mounted, Instant refusedAt, boolean waits, List<String> faults, List<ConnectorState> connectors, List<RevisionState> revisions) {
    }

    @Schema(description = "Since is the revision that brought the folder, null where it is what the process started with.")
    record ConnectorState(String system, String label, boolean mounted, Long since, List<String> ports, List<String> connections) {
    }

    @Schema(description = "By is directory, or the person who brought the revision restores back; files are named as connectors/acme/order.out.jq or policy/flows.yaml.")
    record RevisionState(long number, Instant at, String by, Long restores, List<String> added, List<String> changed, List<String> removed) {
    }

    @Schema(description = "Touched says what it does to what waits.")
    record ChangeAllowed(String by, Instant at, List<String> touched, String answer) {
    }

    record RevisionRestored(long number, long restores, String by, Instant at, String answer) {
    }
}
