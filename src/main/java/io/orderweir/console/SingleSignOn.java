package io.orderweir.console;

import io.orderweir.access.Keys;
import io.orderweir.access.Role;
import io.orderweir.hold.Refused;
import io.quarkus.oidc.AuthorizationCodeFlow;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** Exchanges what a company's directory says of a person for a session of ours; so she can be locked out here, and all is one log. */
@Path("/sso")
public class SingleSignOn {

    @Inject
    SecurityIdentity identity;

    @Inject
    Keys keys;

    @Context
    UriInfo uri;

    @Context
    HttpHeaders headers;

    @GET
    @Authenticated
    @AuthorizationCodeFlow
    public Response enter() {
        String name = identity.getPrincipal().getName();
        String role = Role.highest(identity.getRoles()).orElseThrow(() -> new Refused(403, "The directory knows you as " + name
                + ", but gives you none of the roles viewer, operator, integrator and admin."));
        String key = keys.enterKnown(name, role).orElseThrow(() -> new Refused(403, name + " is locked out here, or enters with a password of Orderweir."));
        return Response.seeOther(URI.create("/")).cookie(Login.cookie(key, -1, Encrypted.is(uri, headers))).build();
    }
}
