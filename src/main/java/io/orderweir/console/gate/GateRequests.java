package io.orderweir.console.gate;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked at gates: the bodies of commands. What may be left out says so. */
final class GateRequests {

    private GateRequests() {
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
}
