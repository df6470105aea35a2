package io.orderweir.console;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the description of the API says of all of it; served at {@code /q/openapi}. */
@OpenAPIDefinition(info = @Info(title = "Orderweir", version = "0.1", description = "What the console shows and does, for programs. "
        + "Refusals are {\"error\": sentence, \"faults\": [sentence]}. Instants are ISO 8601 in UTC. What is not known of a thing is null, or absent. "
        + "The same commands with the same sentences stand behind the pages."),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(securitySchemeName = "token", type = SecuritySchemeType.HTTP, scheme = "bearer", description = "A token that an admin made: ow_...")
public class OpenApi extends Application {
}
