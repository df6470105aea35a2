package io.orderweir.signin;

import io.orderweir.connection.Connections;
import io.orderweir.connector.Auth;
import io.orderweir.ledger.LedgerAway;
import io.orderweir.signature.TokenBasedAuth;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/** Signs calls as the descriptor of their system says ({@code auth}); where it says nothing, the connector's routes do it. */
@ApplicationScoped
@Named("signIn")
@RegisterForReflection
public class SignIn {

    /** What is sealed, and the verb of the call that asks for it. */
    static final String TOKEN = "token";
    private static final Logger LOG = Logger.getLogger(SignIn.class);
    private static final String NUMBER = "tokenNumber";
    private static final String CREDENTIALS = "credentialsNumber";
    private static final int REFUSED = 401;

    @Inject
    Connections connections;

    @Inject
    Tokens tokens;

    @Inject
    TokenBasedAuth tokenBasedAuth;

    /**
     * In: variables connection, verb, dryRun; for OAuth 1.0a those of the request. Out: the header that says who calls; variables credentialsNumber (which of the account's there have
     * been), tokenNumber (which token it is, of those that end) and unsigned (true: there is no token that lives, and nothing may be sent). A dry run reads no token and shows a word. Throws {@link LedgerAway}.
     */
    public void sign(Exchange exchange) {
        String connection = exchange.getVariable("connection", String.class);
        exchange.removeVariable(NUMBER);
        exchange.removeVariable("unsigned");
        // before they are read: what changes meanwhile is another number
        exchange.setVariable(CREDENTIALS, connections.credentialsNumber(connection));
        Auth way = connections.way(connection).orElse(null);
        if (way == null || TOKEN.equals(exchange.getVariable("verb"))) {
            return;
        }
        switch (way.kind()) {
            case BEARER, HEADER -> exchange.getMessage().setHeader(way.header(), way.prefix() + connections.credential(connection, way.token()));
            case BASIC -> exchange.getMessage().setHeader(way.header(), connections.basic(connection, way.user(), way.password()));
            case OAUTH1 -> tokenBasedAuth.sign(exchange);
            default -> token(exchange, connection, way);
        }
    }

    private void token(Exchange exchange, String connection, Auth way) {
        if ("true".equals(exchange.getVariable("dryRun", String.class))) {
            exchange.getMessage().setHeader(way.header(), way.prefix() + "(token)");
            return;
        }
        Tokens.Held held = tokens.of(connection);
        if (held.secret() == null) {
            exchange.setVariable("unsigned", true);
            return;
        }
        exchange.setVariable(NUMBER, held.number());
        exchange.getMessage().setHeader(way.header(), way.prefix() + held.secret());
    }

    /** An answer has come. In: variables connection, tokenNumber, credentialsNumber and status. */
    public void heard(Exchange exchange) {
        Long number = exchange.getVariable(NUMBER, Long.class);
        int status = exchange.getVariable("status", 0, Integer.class);
        if (status < 200 || status >= 300) {
            return;
        }
        String connection = exchange.getVariable("connection", String.class);
        Long credentials = exchange.getVariable(CREDENTIALS, Long.class);
        if (credentials != null) {
            connections.worked(connection, credentials);
        }
        if (number != null) {
            try {
                tokens.worked(connection, number);
            } catch (LedgerAway away) {
                // the next answer says it as well, and this one counts
                LOG.debug(away.getMessage());
            }
        }
    }

    /** Is a call that was refused made once more, with another token or other credentials? In: variables connection, tokenNumber, credentialsNumber, status, and aside, what this delivery has asked already. Throws {@link LedgerAway}. */
    public boolean renews(Exchange exchange) {
        if (exchange.getVariable("aside") != null || exchange.getVariable("status", 0, Integer.class) != REFUSED) {
            return false;
        }
        String connection = exchange.getVariable("connection", String.class);
        Long number = exchange.getVariable(NUMBER, Long.class);
        Long credentials = exchange.getVariable(CREDENTIALS, Long.class);
        return number != null ? tokens.refused(connection, number) : credentials != null && connections.refused(connection, credentials);
    }
}
