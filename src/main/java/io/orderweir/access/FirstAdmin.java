package io.orderweir.access;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.ledger.Sql;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** As long as nobody can enter as admin, every start prints a link that sets the first admin's password; or the configuration sets it. */
@ApplicationScoped
public class FirstAdmin {

    private static final Logger LOG = Logger.getLogger("io.orderweir.console");
    private static final int SHORTEST = 12;

    @Inject
    @io.quarkus.agroal.DataSource("console")
    Instance<DataSource> ledger;

    @Inject
    Settings settings;

    @Inject
    Connections connections;

    @ConfigProperty(name = "quarkus.http.host")
    String host;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    void invite(@Observes StartupEvent start) throws SQLException {
        if (!connections.hasRole("console")) {
            return;
        }
        String page = "http://" + host + ":" + port + "/";
        String password = settings.console().adminPassword().orElse(null);
        if (password != null && password.length() < SHORTEST) {
            throw new IllegalStateException("Orderweir does not start: orderweir.console.admin-password is shorter than " + SHORTEST
                    + " characters; use a longer one, or none to have a link printed that sets it");
        }
        String link = Secret.fresh();
        boolean invited;
        try (Connection connection = ledger.get().getConnection()) {
            // a password in the configuration is a way in beside the directory
            invited = nobody(connection, password == null && settings.console().oidc().enabled()) && invite(connection, password, link);
        }
        LOG.infof(invited ? "the page: %1$s  set the password of %2$s, once, within a day: %1$swelcome/%3$s" : "the page: %1$s", page, settings.console().admin(), link);
    }

    private static boolean nobody(Connection connection, boolean directory) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(Sql.of("access/nobody.sql"))) {
            ask.setBoolean(1, directory);
            try (ResultSet answer = ask.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** True when it takes the link to enter. */
    private boolean invite(Connection connection, String password, String link) throws SQLException {
        try (PreparedStatement first = connection.prepareStatement(Sql.of("access/first.sql"))) {
            first.setString(1, settings.console().admin());
            first.setString(2, password == null ? null : BcryptUtil.bcryptHash(password));
            first.setBytes(3, Secret.hash(link));
            first.setLong(4, Keys.linkLasts().toSeconds());
            try (ResultSet done = first.executeQuery()) {
                return done.next() && done.getBoolean(1);
            }
        }
    }
}
