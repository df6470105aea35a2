package io.orderweir.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connection.Settings.Connection;
import io.orderweir.connection.Settings.TakesOver;
import io.orderweir.connector.Auth;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.connector.End;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The accounts this Orderweir talks to, checked once at the start and then found by name. */
@Startup
@ApplicationScoped
@Named("connections")
@RegisterForReflection
public class Connections {

    private static final Logger LOG = Logger.getLogger(Connections.class);
    private static final Set<String> ROLES = Set.of("capture", "process", "deliver", "console", "sandbox");

    private final Settings settings;
    private final Map<String, Keyring> keyrings = new TreeMap<>();
    private final Sayings sayings;
    private final Connectors connectors;
    private final ReadBack readBack;

    /** For the client proxy only. */
    protected Connections() {
        this.settings = null;
        this.sayings = null;
        this.connectors = null;
        this.readBack = null;
    }

    @Inject
    public Connections(Accounts accounts, Connectors connectors) {
        this(accounts.now().settings(), connectors, accounts.now().config());
    }

    public Connections(Settings settings, Connectors connectors, Config config) {
        this(settings, connectors);
        List<String> wrong = wrong(config);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("Orderweir does not start: " + String.join("; ", wrong));
        }
        settings.connections().forEach(this::summarise);
    }

    private Connections(Settings settings, Connectors connectors) {
        this.settings = settings;
        this.connectors = connectors;
        this.sayings = new Sayings(connectors);
        this.readBack = new ReadBack(connectors);
    }

    /** The same for who only wants to know: {@code wrong} gets a sentence for everything that is, and what is right can be asked. */
    public static Connections looked(Settings settings, Connectors connectors, Config config, List<String> wrong) {
        Connections connections = new Connections(settings, connectors);
        wrong.addAll(connections.wrong(config));
        return connections;
    }

    public Connection connection(String name) {
        Connection found = settings.connections().get(name);
        if (found == null) {
            throw new NotConfigured(name, "There is no connection '" + name + "'; configured are "
                    + new TreeMap<>(settings.connections()).keySet() + ". Add orderweir.connections." + name + ".system");
        }
        return found;
    }

    /** Is there no such account on that system? A webhook for another one must not be believed. */
    public boolean lacks(String name, String system) {
        Connection found = settings.connections().get(name);
        return found == null || !found.system().equals(system);
    }

    /** Every secret that may sign for this connection, the current and those being rotated out. */
    public List<byte[]> secrets(String name) {
        Keyring found = keyrings.get(name);
        return found == null ? List.of() : found.secrets();
    }

    /** All that is secret of an account: its secrets, and its credentials. */
    public List<String> texts(String name) {
        return keyrings.get(name).texts();
    }

    /** Which of its credentials are used now; another number after each change. */
    public long credentialsNumber(String name) {
        return keyring(name).number();
    }

    /** A call was taken that was made with the credentials of this number. */
    public void worked(String name, long number) {
        keyring(name).worked(number);
    }

    /** A call was refused that was made with the credentials of this number: are there others by now, or older ones that were not refused as well? These are used from now on. */
    public boolean refused(String name, long number) {
        return keyring(name).refused(number);
    }

    /**
     * Looks at the files of credentials and secrets again. {@code first} is given what they say before it is used.
     *
     * @return for connections of which a file says nothing any more, and was not told of before, what is wrong
     */
    public Map<String, String> look(Consumer<Collection<String>> first) {
        Map<String, String> wrong = new TreeMap<>();
        keyrings.forEach((name, keyring) -> keyring.look(first).forEach(sentence -> wrong.merge(name, sentence, (a, b) -> a + "; " + b)));
        return wrong;
    }

    /** What people call it; its own name where nobody said, or where it is not configured any more. */
    public String label(String name) {
        Connection found = settings.connections().get(name);
        return found == null ? name : found.label().orElse(name);
    }

    /** What a sentence calls it: what people call it where somebody said, or else what its system is called, with its name where there are several of that. */
    public String called(String name) {
        Connection found = settings.connections().get(name);
        if (found == null || found.label().isPresent()) {
            return label(name);
        }
        boolean alone = settings.connections().values().stream().filter(other -> other.system().equals(found.system())).count() == 1;
        String system = connectors.find(found.system()).map(Connector::label).orElse(found.system());
        return alone ? system : system + " (" + name + ")";
    }

    /** The verbs of a port of its system of which a second one changes nothing, with blanks between. */
    public String repeatable(String name, String port) {
        return connectors.find(system(name)).map(connector -> connector.repeatable(port)).orElse("");
    }

    /** Can its system be asked whether it has what was sent to a port? */
    public boolean finds(String name, String port) {
        return connectors.find(system(name)).map(connector -> connector.ports().getOrDefault(port, Map.of()).containsKey("find")).orElse(false);
    }

    /** What is read back of what is written at a port of an account, as {@code db/functions/total} takes it; null where nothing is. */
    public JsonNode reads(String name, String port) {
        return readBack.at(connection(name), port);
    }

    /** Is anything read back of an account? */
    public boolean readsBack(String name) {
        return readBack.isDone(connection(name));
    }

    /** How many of its records are read back in one call. */
    public int readBackAtOnce(String name) {
        return readBack.most(system(name));
    }

    /** Could its system be asked what its records come to? */
    public boolean couldReadBack(String name) {
        return readBack.isPossible(system(name));
    }

    /**
     * The key of another connector by which an order is looked for at an account that was taken over from it; null where the order is ours from its beginning.
     *
     * @param line the id of a line that is asked for alone, or null
     */
    public String legacyKey(String account, String shop, JsonNode order, String line) {
        Connection target = settings.connections().get(account);
        TakesOver takesOver = target == null ? null : target.takesOver().get(shop);
        return takesOver == null ? null : LegacyKeys.of(takesOver, connection(shop), order, line);
    }

    /** The port at which an account is asked who holds the goods of an order; none where it is not asked, or is gone. */
    public Optional<String> asked(String name) {
        return Optional.ofNullable(settings.connections().get(name)).flatMap(readBack::asked);
    }

    public Set<String> names() {
        return settings.connections().keySet();
    }

    public String system(String name) {
        return connection(name).system();
    }

    /** What the routes of its system are called in this moment. */
    public String serving(String name) {
        return connectors.serving(system(name));
    }

    /** One credential of an account, such as the token it is called with. */
    public String credential(String name, String key) {
        String value = keyring(name).credential(key);
        if (value == null || value.isBlank()) {
            throw new Misconfigured("orderweir.connections." + name + ".credentials." + key
                    + " is missing; set it, restart and resume the connection");
        }
        return value;
    }

    /** The names of the credentials that an account is given, as values or in files. */
    public static Set<String> given(Connection connection) {
        return Keyring.names(connection);
    }

    private Keyring keyring(String name) {
        connection(name);
        return keyrings.get(name);
    }

    /** How its calls are signed by the engine; none where its connector's routes do it. */
    public Optional<Auth> way(String name) {
        Connection found = settings.connections().get(name);
        return found == null ? Optional.empty() : connectors.find(found.system()).flatMap(connector -> connector.way(Keyring.names(found)));
    }

    /** The key an account's assertions are signed with. Throws {@link Misconfigured}. */
    public PrivateKey privateKey(String name) {
        return SigningKey.read("orderweir.connections." + name + ".credentials." + Auth.PRIVATE_KEY, credential(name, Auth.PRIVATE_KEY));
    }

    /** What its vendor ends of what it is called with, the earliest first, and what has ended with it; nothing where it is not called. */
    public List<End> ends(String name) {
        Connection found = connection(name);
        return found.url().isEmpty() ? List.of() : connectors.find(found.system()).map(connector -> connector.ends(Keyring.names(found), found.settings())).orElse(List.of());
    }

    /** The header that names us to an account with a user and a password, of two credentials. */
    public String basic(String name, String userKey, String passwordKey) {
        return "Basic " + Base64.getEncoder().encodeToString((credential(name, userKey) + ":" + credential(name, passwordKey)).getBytes(StandardCharsets.UTF_8));
    }

    /** Is somebody told through a connection of this system? */
    public boolean tells(String system) {
        return settings.alerts().channels().values().stream().anyMatch(channel -> system(channel.connection()).equals(system));
    }

    /** One setting of an account, as the head of its connector's file lists it. */
    public String setting(String name, String key, String otherwise) {
        return connection(name).settings().getOrDefault(key, otherwise);
    }

    /** One setting that a route cannot start without. */
    public String setting(String name, String key) {
        String value = connection(name).settings().get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("Orderweir does not start: orderweir.connections." + name + ".settings." + key
                    + " is missing; set it, or remove the connection");
        }
        return value;
    }

    /** Which kinds of signals it may say of orders. */
    public List<String> maySay(String name) {
        Connection found = settings.connections().get(name);
        return found == null ? List.of() : sayings.of(found);
    }

    /** The kinds of signals that its configuration lists, and those that any system is known to say. */
    public Set<String> sayable() {
        return sayings.kinds();
    }

    /** Is this an hour in which nothing is sent to the account? */
    public boolean inMaintenance(String name) {
        Connection account = connection(name);
        return account.maintenance().orElse(List.of()).stream().anyMatch(hours -> hours.hold(ZonedDateTime.now(account.zone())));
    }

    public boolean hasRole(String role) {
        return settings.roles().contains(role);
    }

    private List<String> wrong(Config config) {
        List<String> wrong = new ArrayList<>(UnknownKeys.in(config, settings.connections().keySet()));
        // the others have no client of the broker, and need not have its login
        boolean ofTheBroker = hasRole("capture") || hasRole("process");
        wrong.addAll(Logins.wrong(config, ofTheBroker));
        if (ofTheBroker) {
            wrong.addAll(Broker.wrong(config));
        }
        for (String role : settings.roles()) {
            if (!ROLES.contains(role)) {
                wrong.add("orderweir.roles = " + role + " is not a role; use some of " + sorted(ROLES));
            }
        }
        settings.connections().forEach((name, connection) -> {
            String key = "orderweir.connections." + name;
            // the name stands in keys, ids and addresses; plain letters need no escaping anywhere
            if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
                wrong.add(key + ": a connection's name has small letters, digits and '-' only, at most 40; rename it");
            }
            keyrings.put(name, new Keyring(key, connection, hasRole("deliver"), wrong));
            wrong.addAll(Descriptors.wrong(key, connection, connectors));
            if (connection.environment().isPresent() && !connection.environment().equals(settings.environment())) {
                wrong.add(key + ".environment = " + connection.environment().get() + ", and orderweir.environment is " + settings.environment().orElse("not set")
                        + "; a process calls the accounts of its own environment alone: correct one, or leave the connection out");
            }
            if (connection.url().isPresent() && connection.limits().isEmpty()) {
                wrong.add(key + " has a url and no limit, so nothing may be sent to it; add " + key + ".limits.at-once.calls=5 and "
                        + key + ".limits.at-once.window=0s, or what was agreed");
            }
            long maxAnswer = connection.maxAnswer().asLongValue();
            if (maxAnswer < 64 << 10 || maxAnswer > 64 << 20) {
                wrong.add(key + ".max-answer = " + maxAnswer + " bytes is out of range; use 64K to 64M");
            }
            if (connection.patience() < 1 || connection.patience() > 1000) {
                wrong.add(key + ".patience = " + connection.patience() + " is out of range; use 1 to 1000 tries");
            }
            if (connection.longestWait().compareTo(Duration.ofSeconds(1)) < 0) {
                wrong.add(key + ".longest-wait = " + connection.longestWait() + " is shorter than the first wait may be; use 1S or more");
            }
            if (connection.breaksAfter() < 1) {
                wrong.add(key + ".breaks-after = " + connection.breaksAfter() + " would call nobody; use 1 call or more");
            }
            connection.limits().forEach((limit, value) -> {
                if (value.calls() < 1) {
                    wrong.add(key + ".limits." + limit + ".calls = " + value.calls() + " lets nothing through; use 1 or more");
                }
                if (value.cost() < 1) {
                    wrong.add(key + ".limits." + limit + ".cost = " + value.cost() + " is no cost of a call; use 1 or more points");
                }
                if (value.bucket() && value.window().isZero()) {
                    wrong.add(key + ".limits." + limit + ".bucket = true needs a window: how long the empty bucket takes to fill, such as 20s");
                }
                if (value.reserved() < 0 || value.reserved() > 99) {
                    wrong.add(key + ".limits." + limit + ".reserved = " + value.reserved() + " is no percentage that leaves us a call; use 0 to 99");
                }
            });
            sayings.check(name, connection, wrong);
            readBack.check(key, connection, wrong);
            LegacyKeys.check(name, settings.connections(), connectors, wrong);
            int shares = connection.shares().values().stream().mapToInt(Integer::intValue).sum();
            if (shares > 100 || connection.shares().values().stream().anyMatch(share -> share < 0)) {
                wrong.add(key + ".shares = " + new TreeMap<>(connection.shares()) + " are no parts of 100 percent; lower them");
            }
            if (hasRole("deliver") && way(name).filter(way -> way.kind() == Auth.Kind.OAUTH2_JWT).isPresent() && Keyring.names(connection).contains(Auth.PRIVATE_KEY)) {
                try {
                    privateKey(name);
                } catch (Misconfigured unread) {
                    wrong.add(unread.getMessage());
                }
            }
        });
        List<String> fetching = settings.tokens().keys().isPresent() || !hasRole("deliver") ? List.of()
                : settings.connections().keySet().stream().filter(name -> settings.connections().get(name).url().isPresent() && way(name).filter(Auth::fetches).isPresent()).sorted().toList();
        if (!fetching.isEmpty()) {
            wrong.add("orderweir.tokens.keys is missing, and " + String.join(", ", fetching) + " signs in with tokens that are kept in the ledger: set it to 32 random bytes in hexadecimal "
                    + "(openssl rand -hex 32), the same in all processes that deliver");
        }
        wrong.addAll(Channels.wrong(settings));
        wrong.addAll(Bounds.wrong(settings));
        return wrong;
    }

    private void summarise(String name, Connection connection) {
        LOG.infof("connection %s: %s at %s, limits %s, secrets %s, credentials %s", name, connection.system(),
                connection.url().orElse("(receives only)"), shown(connection), secrets(name).isEmpty() ? "missing" : "set",
                connection.credentials().isEmpty() ? "missing" : Keyring.names(connection) + " set");
    }

    private static String shown(Connection connection) {
        return connection.limits().isEmpty() ? "none" : new TreeMap<>(connection.limits()).entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().calls() + "/" + e.getValue().window()).collect(Collectors.joining(", "));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
