package io.orderweir.console;

import io.orderweir.access.Entrance;
import io.orderweir.access.Keys;
import io.orderweir.access.Secret;
import io.orderweir.connection.Settings;
import io.orderweir.hold.Refused;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;

/** Exchanges a password for a session that scripts cannot read, and a link for a password. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML)
public class Login {

    private static final int SHORTEST = 12;
    /** bcrypt reads no further. */
    private static final int LONGEST_BYTES = 72;

    @Inject
    Keys keys;

    @Inject
    Settings settings;

    @Inject
    Ask ask;

    @Inject
    Template login;

    @Inject
    Template welcome;

    @Context
    UriInfo uri;

    @GET
    @Path("login")
    public TemplateInstance ask(@QueryParam("to") String to) {
        return login.data("wrong", false, "to", ours(to), "name", "", "sso", settings.console().oidc().enabled());
    }

    @POST
    @Path("login")
    public Response enter(@RestForm String name, @RestForm String password, @RestForm String to) {
        Optional<String> key = name == null || password == null ? Optional.empty() : keys.enter(name.strip(), password);
        return key.isPresent() ? Response.seeOther(URI.create(ours(to))).cookie(cookie(key.get(), -1, uri)).build()
                : Response.status(401).entity(login.data("wrong", true, "to", ours(to), "name", name, "sso", settings.console().oidc().enabled())).build();
    }

    @POST
    @Path("logout")
    public Response leave(@CookieParam(Entrance.COOKIE) String key) {
        if (key != null) {
            keys.leave(key);
        }
        return Response.seeOther(URI.create("/login")).cookie(cookie("", 0, uri)).build();
    }

    @GET
    @Path("welcome/{link}")
    public TemplateInstance welcome(@PathParam("link") String link) {
        return welcome.data("link", link, "refused", null);
    }

    @POST
    @Path("welcome/{link}")
    public Response welcome(@PathParam("link") String link, @RestForm String password, @RestForm String again) {
        try {
            int bytes = password == null ? 0 : password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_BYTES || password == null || password.length() < SHORTEST) {
                throw new Refused(422, "A password has at least " + SHORTEST + " characters, and at most " + LONGEST_BYTES + " bytes.");
            }
            if (!password.equals(again)) {
                throw new Refused(422, "The two are not the same. Type it twice.");
            }
            String person = (String) ask.one("access/set-password", Secret.hash(link), BcryptUtil.bcryptHash(password)).orElseThrow().get("person");
            return Response.seeOther(URI.create("/")).cookie(cookie(keys.enter(person, password).orElseThrow(), -1, uri)).build();
        } catch (Refused refused) {
            return Response.status(refused.status()).entity(welcome.data("link", link, "refused", refused)).build();
        }
    }

    /** Only a path of our own: another address would send people away after they entered. */
    private static String ours(String to) {
        return to != null && to.matches("/[A-Za-z0-9._~%-][A-Za-z0-9._~%/-]*") ? to : "/";
    }

    /** Other sites' links may bring it along, their forms may not (see {@link Guard}). */
    static NewCookie cookie(String value, int maxAge, UriInfo uri) {
        return new NewCookie.Builder(Entrance.COOKIE).value(value).path("/").maxAge(maxAge).httpOnly(true)
                .secure("https".equals(uri.getRequestUri().getScheme())).sameSite(NewCookie.SameSite.LAX).build();
    }
}
