package io.orderweir.connection;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.eclipse.microprofile.config.Config;

/** Why the database or the broker does not let us in: which of them, what it said, the key that says otherwise. Names and addresses are shown, passwords never. */
public final class SigningIn {

    private static final String URL = "quarkus.datasource.jdbc.url";
    private static final String USER = "quarkus.datasource.username";
    private static final String NOT_SET = "not set";

    private SigningIn() {
    }

    /** @param config its keys that begin with kafka */
    public static String atTheBroker(Throwable failure, Config config) {
        String broker = "the broker at " + Broker.given(config, "bootstrap.servers").orElse("nowhere");
        String protocol = Broker.given(config, "security.protocol").orElse("PLAINTEXT");
        String words = " (" + words(failure) + "); ";
        if (has(failure, UnsupportedSaslMechanismException.class)) {
            return broker + " signs in otherwise" + words + "correct kafka.sasl.mechanism = " + Broker.given(config, SaslConfigs.SASL_MECHANISM).orElse(NOT_SET);
        }
        if (has(failure, SaslAuthenticationException.class)) {
            return broker + " refuses the login of " + config.getOptionalValue(Broker.USERNAME, String.class).orElse("kafka.sasl.jaas.config") + words
                    + "correct the name and the password (" + Broker.USERNAME + " and " + Broker.PASSWORD + ", their files orderweir.broker.username-file and .password-file, or kafka.sasl.jaas.config), or add the user there";
        }
        if (has(failure, AuthorizationException.class)) {
            return broker + " lets us in and not do this" + words + "let the user create, describe, read and write the topics, and read the group, whose names begin with orderweir.topics.prefix and orderweir.";
        }
        return tls(failure).map(fault -> switch (fault) {
            case UNTRUSTED -> broker + " shows a certificate that nobody trusted has signed" + words + "name the certificate of its CA with kafka.ssl.truststore.location (now "
                    + Broker.given(config, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG).orElse(NOT_SET) + ", so what Java trusts counts) and .type = PEM";
            case OTHER_NAME -> broker + " shows a certificate for other names" + words + "name it in kafka.bootstrap.servers, and let it name itself in advertised.listeners, as its certificate does";
            case NO_TLS -> broker + " speaks no TLS" + words + "correct its port, or kafka.security.protocol = " + protocol;
            case OTHER -> broker + " and we agree on no TLS" + words + "where it wants a certificate of ours, name that with kafka.ssl.keystore.location and .type = PEM";
        }).orElse(!has(failure, TimeoutException.class) && !has(failure, DisconnectException.class) ? broker + " says: " + words(failure) : broker + " does not answer" + words + "look whether it runs, and whether it takes kafka.security.protocol = " + protocol + " there");
    }

    /** @param url of JDBC; what stands behind its question mark is not shown */
    public static String atTheDatabase(SQLException failure, Optional<String> url, Optional<String> user) {
        String database = "the database at " + url.map(given -> given.replaceFirst("[?].*", "").replaceFirst("//[^/]*@", "//")).orElse("nowhere");
        String words = " (" + words(failure) + "); ";
        String state = String.valueOf(failure.getSQLState());
        if (state.equals("28P01")) {
            return database + " refuses the login of " + user.orElse("nobody") + words + "correct " + USER + " and .password, or their files orderweir.database.username-file and .password-file";
        }
        if (state.startsWith("28")) {
            return database + " lets " + user.orElse("nobody") + " not in" + words + "add a line to its pg_hba.conf; where that wants TLS, add sslmode=verify-full and sslrootcert=<file> to " + URL;
        }
        if (state.equals("3D000")) {
            return database + " is not there" + words + "create it, or correct " + URL;
        }
        if (failure.getMessage().contains("does not support SSL")) {
            return database + " speaks no TLS" + words + "set ssl = on there";
        }
        if (failure.getMessage().contains("SSL root certificate")) {
            return database + " cannot be trusted" + words + "mount the certificate of its CA and name it with sslrootcert=<file> in " + URL;
        }
        if (failure.getMessage().contains("HostnameVerifier")) {
            return database + " shows a certificate for other names" + words + "name it in " + URL + " as its certificate does";
        }
        return tls(failure).map(fault -> fault == Fault.UNTRUSTED ? database + " shows a certificate that nobody trusted has signed" + words + "name the certificate of its CA with sslrootcert=<file> in " + URL
                : database + " and we agree on no TLS" + words + "where it wants a certificate of ours, name that with sslcert=<file> and sslkey=<file> in " + URL)
                .orElse(state.startsWith("08") ? database + " does not answer" + words + "look whether it runs, and correct " + URL : database + " refuses" + words.replaceFirst("; $", ""));
    }

    /** The last words of a chain: what was the matter, and not what could therefore not be done. */
    static String words(Throwable failure) {
        Throwable last = chain(failure).reduce((before, after) -> after.getMessage() == null ? before : after).orElseThrow();
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage().strip();
    }

    private enum Fault { UNTRUSTED, OTHER_NAME, NO_TLS, OTHER }

    private static Optional<Fault> tls(Throwable failure) {
        String all = String.join("\n", chain(failure).map(each -> String.valueOf(each.getMessage())).toList());
        if (all.contains("certification path") || all.contains("PKIX")) {
            return Optional.of(Fault.UNTRUSTED);
        }
        if (all.contains("No subject alternative") || all.contains("No name matching")) {
            return Optional.of(Fault.OTHER_NAME);
        }
        if (all.contains("Unsupported or unrecognized SSL message")) {
            return Optional.of(Fault.NO_TLS);
        }
        return has(failure, SSLException.class) ? Optional.of(Fault.OTHER) : Optional.empty();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return chain(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause).limit(20);
    }
}
