package io.orderweir.console;

import io.orderweir.access.Entrance;
import io.orderweir.access.Keys;
import io.orderweir.access.Passwords;
import io.orderweir.access.Secret;
import io.orderweir.access.TooOften;
import io.orderweir.connection.Settings;
import io.orderweir.hold.Refused;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
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
import jakarta.ws.rs.core.HttpHeaders;
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
    private static final int LONGEST_PATH = 500;

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

    @Inject
    Passwords passwords;

    @Context
    UriInfo uri;

    @Context
    HttpHeaders headers;

    @Inject
    RoutingContext context;

    @GET
    @Path("login")
    public TemplateInstance ask(@QueryParam("to") String to) {
        return page(null, to, "");
    }

    @POST
    @Path("login")
    public Response enter(@RestForm String name, @RestForm String password, @RestForm String to) {
        try {
            Optional<String> key = name == null || password == null ? Optional.empty() : keys.enter(name.strip(), password, address());
            return key.isPresent() ? enters(key.get(), ours(to))
                    : Response.status(401).entity(page("Name and password do not belong together.", to, name)).build();
        } catch (TooOften tooOften) {
            return tooOften(tooOften).entity(page(sentence(tooOften), to, name)).build();
        }
    }

    private String address() {
        return context.request().remoteAddress().hostAddress();
    }

    private TemplateInstance page(String refused, String to, String name) {
        return login.data("refused", refused, "to", ours(to), "name", name, "sso", settings.console().oidc().enabled());
    }

    private Response enters(String key, String to) {
        return Response.seeOther(URI.create(to)).cookie(cookie(key, -1, Encrypted.is(uri, headers))).build();
    }

    private static Response.ResponseBuilder tooOften(TooOften tooOften) {
        return Response.status(429).header("Retry-After", tooOften.patience().toSeconds());
    }

    private static String sentence(TooOften tooOften) {
        return "This was tried too often. Wait " + tooOften.patience().toSeconds() + " s, then try again.";
    }

    @POST
    @Path("logout")
    public Response leave(@CookieParam(Entrance.COOKIE) String key) {
        if (key != null) {
            keys.leave(key);
        }
        return Response.seeOther(URI.create("/login")).cookie(cookie("", 0, Encrypted.is(uri, headers))).build();
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
            return enters(passwords.inTurn(address(), () -> keys.begin(set(link, password), address())), "/");
        } catch (Refused refused) {
            return Response.status(refused.status()).entity(welcome.data("link", link, "refused", refused)).build();
        } catch (TooOften tooOften) {
            return tooOften(tooOften).entity(welcome.data("link", link, "refused", new Refused(429, sentence(tooOften)))).build();
        }
    }

    /** Whose password it is now; a link that opens nothing costs no hash. */
    private String set(String link, String password) {
        ask.one("access/link", Secret.hash(link)).orElseThrow(() -> new Refused(404, "This link was used already, or is over. An admin makes a new one."));
        return (String) ask.one("access/set-password", Secret.hash(link), passwords.hash(password)).orElseThrow().get("person");
    }

    /** Only a path of our own: another address would send people away after they entered. */
    private static String ours(String to) {
        return to != null && to.length() <= LONGEST_PATH && to.matches("/([A-Za-z0-9._~-]|%\\p{XDigit}{2})([A-Za-z0-9._~/-]|%\\p{XDigit}{2})*+(\\?([A-Za-z0-9._~=&+-]|%\\p{XDigit}{2})*+)?") ? to : "/";
    }

    /** Other sites' links may bring it along, their forms may not (see {@link Guard}). */
    static NewCookie cookie(String value, int maxAge, boolean encrypted) {
        return new NewCookie.Builder(Entrance.COOKIE).value(value).path("/").maxAge(maxAge).httpOnly(true)
                .secure(encrypted).sameSite(NewCookie.SameSite.LAX).build();
    }
}
