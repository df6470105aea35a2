package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The one key to page and API until there are roles: configured, or made and printed at the start. Sessions are signed with it. */
@Startup
@ApplicationScoped
public class OperatorKey {

    private static final Logger LOG = Logger.getLogger("io.orderweir.console");
    private static final int SHORTEST = 16;
    private static final Duration SESSION = Duration.ofHours(12);

    private final Clock clock = Clock.systemUTC();
    private byte[] key;

    @Inject
    Settings settings;

    @Inject
    Connections connections;

    @ConfigProperty(name = "quarkus.http.host")
    String host;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    @PostConstruct
    void make() {
        Optional<String> configured = settings.console().key();
        if (configured.isPresent() && configured.get().length() < SHORTEST) {
            throw new IllegalStateException("Orderweir does not start: orderweir.console.key is shorter than " + SHORTEST
                    + " characters; use a longer one, or none to have one made and printed");
        }
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        key = configured.orElse(made).getBytes(StandardCharsets.UTF_8);
        if (connections.hasRole("console")) {
            LOG.infof("the page: http://%s:%d/  operator key: %s", host, port, configured.isPresent() ? "as configured" : made);
        }
    }

    public boolean opens(String offered) {
        return offered != null && MessageDigest.isEqual(signature(offered), signature(new String(key, StandardCharsets.UTF_8)));
    }

    /** A session of this person, signed; it says who she says she is and when it ends. */
    public String session(String person) {
        String content = Base64.getUrlEncoder().withoutPadding().encodeToString(person.getBytes(StandardCharsets.UTF_8))
                + "." + clock.instant().plus(SESSION).getEpochSecond();
        return content + "." + HexFormat.of().formatHex(signature("session " + content));
    }

    /** Whose session it is; nobody's when it is not ours, or over. */
    public Optional<String> person(String session) {
        String[] parts = session == null ? new String[0] : session.split("\\.");
        if (parts.length != 3 || !MessageDigest.isEqual(parts[2].getBytes(StandardCharsets.UTF_8),
                HexFormat.of().formatHex(signature("session " + parts[0] + "." + parts[1])).getBytes(StandardCharsets.UTF_8))
                || Long.parseLong(parts[1]) < clock.instant().getEpochSecond()) {
            return Optional.empty();
        }
        return Optional.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
    }

    /** What a form of this session carries, so that no other site can send it. */
    public String formToken(String session) {
        return HexFormat.of().formatHex(signature("form " + session));
    }

    public boolean sentByOurForm(String session, String token) {
        return token != null && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), formToken(session).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
