package io.orderweir.console;

import io.orderweir.hold.Refused;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers what the API refuses with a status and a sentence: {@code {"error": "...", "faults": [...]}}. */
public class Failures {

    @ServerExceptionMapper
    public Response refused(Refused refused) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", refused.getMessage());
        if (!refused.faults().isEmpty()) {
            answer.put("faults", refused.faults());
        }
        return Response.status(refused.status()).type(MediaType.APPLICATION_JSON).entity(answer).build();
    }
}
