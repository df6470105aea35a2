package io.orderweir.console;

import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;

/** Exchanges the operator key for a signed cookie that scripts cannot read and other sites cannot send. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class Login {

    @Inject
    OperatorKey key;

    @Inject
    Template login;

    @Context
    UriInfo uri;

    @GET
    @Path("login")
    public TemplateInstance ask() {
        return login.data("wrong", false);
    }

    @POST
    @Path("login")
    public Response enter(@RestForm("key") String offered, @RestForm String name) {
        if (!key.opens(offered)) {
            return Response.status(401).entity(login.data("wrong", true)).build();
        }
        return Response.seeOther(URI.create("/")).cookie(cookie(key.session(Guard.named(name)), -1, "https".equals(uri.getRequestUri().getScheme()))).build();
    }

    static NewCookie cookie(String value, int maxAge, boolean secure) {
        return new NewCookie.Builder(Guard.COOKIE).value(value).path("/").maxAge(maxAge).httpOnly(true)
                .secure(secure).sameSite(NewCookie.SameSite.STRICT).build();
    }
}
