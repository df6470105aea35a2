package io.orderweir.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything an operator may set under {@code orderweir.*}; a key that is not here refuses the start. */
@ConfigMapping(prefix = "orderweir")
public interface Settings {

    /** Which parts run in this process; each may run in many. The pretend vendors are the role sandbox, alone. */
    @WithDefault("capture,process,deliver,console")
    List<String> roles();

    /**
     * Whose accounts are called, such as production or test. The ledger keeps the first name it is given, and a process of another one, or of none, does not start on it.
     */
    Optional<String> environment();

    /** The ledger's environment until now, where it is a copy that goes on in this one: every connection is paused then. */
    Optional<String> environmentWas();

    /** The door for webhooks. */
    Capture capture();

    /** Tokens that connections are called with. */
    Tokens tokens();

    /** Where captured events are understood. */
    Process process();

    /** Where captured events lie until they are taken in. */
    Topics topics();

    /** The login of the database, where it is in files. */
    Login database();

    /** The login of the broker, where it is in files. */
    Login broker();

    /** What may come to the HTTP port before it is known from whom. */
    Arrivals arrivals();

    /** The page and the API for people. */
    Console console();

    /** The tables that say what is sent where, gated and refused. */
    Policy policy();

    /** The accounts, by the name they have here. */
    Map<String, Connection> connections();

    /** How long what was asked and answered of every call is kept; whole days (UTC) are removed. */
    @WithDefault("72H")
    Duration callsKept();

    /** How long payloads are kept. */
    Retention retention();

    /** Who is told when something needs a person. */
    Alerts alerts();

    /** How long what came, and what was made of it, is kept after everything of its order is finished. */
    interface Retention {

        /** Of everything that has no time of its own. */
        @WithDefault("720H")
        Duration payloads();

        /** Of a type (order, product, signal, unknown). */
        Map<String, Duration> payloadsOf();
    }

    /** The door for webhooks. */
    interface Capture {
        /** The largest webhook that is taken, 1K to 16M; a larger one is answered 413. */
        @WithDefault("2M")
        MemorySize maxBody();

        /**
         * How many bytes of webhooks may be under way together, 3 times {@code max-body} to half of the heap; what comes beyond is answered 503 before it is read.
         * A quarter of the heap when it is not given. A quarter of it is kept for webhooks of up to 64K, and half of each part is the most for one address.
         */
        Optional<MemorySize> maxUnderWay();

        /** Longer than any storefront goes on repeating a delivery; what is older is flagged, never refused. */
        @WithDefault("4H")
        Duration oldAfter();

        /** Partitions of the captured topics when they are created; more later would break the order per key. */
        @WithDefault("12")
        int partitions();

        /**
         * Keys (32 characters or more, the same for capture and process) that seal what capture writes: a record without one is held. The first one seals, all are accepted.
         * Without any, whoever can write to the topics can make an event; the embedded broker has one of its own.
         */
        Optional<List<String>> seals();

        /** Copies of the captured topics when they are created; -1 leaves it to the broker. */
        @WithDefault("-1")
        short replicas();
    }

    /** Tokens that connections are called with. */
    interface Tokens {
        /**
         * Keys (32 bytes in hexadecimal, the same in all processes that deliver) that seal tokens in the ledger. The first one seals, all open, so that a key can be changed: put a new one before
         * the old one, and take that away when the tokens have been renewed. The embedded database has one of its own.
         */
        Optional<List<String>> keys();
    }

    /** Where captured events are understood. */
    interface Process {
        /** How much of a processor one event may take to be understood; over it, it is held, and those behind it go on. */
        @WithDefault("5S")
        Duration budget();
    }

    /** Where captured events lie until they are taken in. */
    interface Topics {
        /**
         * Stands before the names of the captured topics and of the consumer group, so that several Orderweirs share a broker: letters, digits,
         * {@code .}, {@code _} and {@code -}, at most 100. The same in all roles; events under another prefix are not read any more.
         */
        Optional<String> prefix();
    }

    /** Files that say who we are at the database or the broker, read at the start: those of a mounted Secret. */
    interface Login {
        /** Has the name in it, instead of {@code quarkus.datasource.username} or {@code kafka.sasl.username}. */
        Optional<Path> usernameFile();

        /** Has the password in it, instead of {@code quarkus.datasource.password} or {@code kafka.sasl.password}. */
        Optional<Path> passwordFile();
    }

    /** What may come to the HTTP port before it is known from whom. */
    interface Arrivals {
        /** How long the headers of a request may take to arrive, and then how long its body, at least 1S; the connection is closed after it. */
        @WithDefault("10S")
        Duration within();

        /** Open connections from one address, of the 2000 in all; not counted where a proxy says who comes ({@code quarkus.http.proxy.proxy-address-forwarding}). */
        @WithDefault("1000")
        int perAddress();
    }

    /** The page and the API for people. */
    interface Console {
        /** The name of the first admin, who is made when nobody can enter as admin. */
        @WithDefault("admin")
        String admin();

        /** The first admin's password, at least 12 characters; without it a link that sets it is printed at the start. */
        Optional<String> adminPassword();

        /** How long a session of a browser lasts at most. */
        @WithDefault("12H")
        Duration session();

        /** After how long without use a session ends. */
        @WithDefault("2H")
        Duration idle();

        /** Where Hawtio shows the inside of the routes; without it the page of the routes has no link to it. */
        Optional<String> hawtioUrl();

        /** A company's directory of people. */
        Oidc oidc();
    }

    /** A company's directory of people, that speaks OpenID Connect. */
    interface Oidc {
        /** True shows a second way to enter. */
        @WithDefault("false")
        boolean enabled();

        /** The issuer's address, under which its configuration is found. */
        Optional<String> url();

        /** The name by which the directory knows Orderweir. */
        @WithDefault("orderweir")
        String clientId();

        /** What Orderweir proves itself with; never shown. */
        Optional<String> secret();

        /** Where a token lists roles: viewer, operator, integrator or admin; the highest counts, and without one nobody enters. */
        @WithDefault("groups")
        String rolesClaim();

        /** Where a token says the name for the books. */
        @WithDefault("preferred_username")
        String nameClaim();
    }

    /** The tables that say what is sent where, gated and refused. */
    interface Policy {
        /** Files in it replace the built-in tables of the same name, flows.yaml and gates.yaml; the rows of limits.yaml are added to what connectors list. A change is taken up while it runs. */
        Optional<Path> dir();
    }

    /** Who is told when something needs a person. */
    interface Alerts {
        /** The address at which people open the console, for the links in messages. */
        Optional<String> url();

        /** The zone of the quiet hours, of the times in messages, and of the deadlines that people give gates. */
        @WithDefault("UTC")
        ZoneId zone();

        /** When only urgent kinds are told; the others wait until it ends and come as one message. */
        Optional<List<Hours>> quiet();

        /** Kinds that are told at any hour: some of hold, queue, lag, away, auth, late, silence, clock, disk, books, door, end, notice. */
        @WithDefault("away,auth,clock,disk,door,notice")
        List<String> urgent();

        /** How long nobody may have taken an alert until the channels of the next step are told. */
        @WithDefault("15M")
        Duration escalateAfter();

        /** How long a target may be away until somebody is told. */
        @WithDefault("2M")
        Duration awayGrace();

        /** Percent of the disk of the embedded data that should be free. */
        @WithDefault("10")
        int diskFree();

        /** How large the database may become, such as the size of its disk; told at nine tenths of it. */
        Optional<MemorySize> databaseSize();

        /** How long something of a type (order, product) may wait for its target; 15M for orders when none is given. */
        Map<String, Duration> objectives();

        /** Where messages go, by names of your own. */
        Map<String, Channel> channels();
    }

    /** One way to tell somebody. */
    interface Channel {
        /** The connection that takes the messages, of a system that has a port for them: twilio, slack, smtp, pager. */
        String connection();

        /** Who gets them, where the connection does not say it: a telephone number, an address. */
        Optional<String> to();

        /** When it is told: 1 first, 2 when nobody has taken the alert since, and so on. */
        @WithDefault("1")
        int step();

        /** The kinds it is told of; all without it. */
        Optional<List<String>> kinds();
    }

    /** One account on one system. */
    interface Connection {
        /** Whose connector it speaks through, a folder of connectors. */
        String system();

        /** The base address of the system; without it the connection only receives. */
        Optional<String> url();

        /** What people read; the name of the connection when it is not given. */
        Optional<String> label();

        /** Whose account it is, such as production; a process of another environment does not start with it. */
        Optional<String> environment();

        /** The time zone of the account's days. */
        @WithDefault("UTC")
        ZoneId zone();

        /** All are accepted at once, so that a secret can be rotated; write a comma inside a secret as {@code \,}. */
        Optional<List<String>> secrets();

        /** One secret per line, for secrets mounted as files; a change is used within 5 s. */
        Optional<Path> secretsFile();

        /** How long a call may take, all of it: from before the connection is opened until the answer has been read to its end. Then its socket is closed. */
        @WithDefault("10S")
        Duration timeout();

        /** How much of an answer is read, 64K to 64M; the rest is not, and what was cut is no success. */
        @WithDefault("1M")
        MemorySize maxAnswer();

        /** How long a request may still be under way after our time-out. */
        @WithDefault("1S")
        Duration grace();

        /** How long the target may still work on an unanswered call. */
        @WithDefault("30S")
        Duration settlesWithin();

        /**
         * Tries of a delivery that count against it until a person is asked, 1 to 1000: with one call in four failing by chance, the default asks for one delivery
         * in 20 million.
         */
        @WithDefault("12")
        int patience();

        /** The longest that a delivery waits between two tries, 1S or more; the wait doubles from up to 1 s. What a target asks for counts before it. */
        @WithDefault("5M")
        Duration longestWait();

        /**
         * Calls without an answer, one after the other, until nothing but probes is sent, 1 or more: with one call in four failing by chance, the default does so
         * once in 65,000 calls.
         */
        @WithDefault("8")
        int breaksAfter();

        /**
         * Which kinds of signals it may say of orders, such as {@code scheduled,built}; what its system may say (its connector.yaml) when it is not given. A
         * connection of the system signals must give it. What it may not say is held, and counts for no gate.
         */
        Optional<List<String>> maySay();

        /** What the connector.yaml of its system lists, such as the customer that orders are booked on. */
        Map<String, String> settings();

        /** What the account is called with, as the connector.yaml of its system lists it; never shown. {@code <name>-file} in the place of a name is the path of a file with it, and with the older one in its second line while it is exchanged; a change is used within 5 s. */
        Map<String, String> credentials();

        /** What the vendor calls the account's plan: the limits it publishes for it, from the connector.yaml of its system, where none are given here. */
        Optional<String> plan();

        /** What the account allows; several limits are kept together. */
        Map<String, Limit> limits();

        /**
         * Percent of every limit that a kind of work is sure of while it has work waiting, by its name:
         * orders, stock, prices, catalogue or replays. Without it the earlier kind goes first.
         */
        Map<Priority, Integer> shares();

        /** When nothing is sent, in the account's time zone: {@code SAT 22:00-SUN 02:00} or {@code daily 02:00-02:30}. */
        Optional<List<Hours>> maintenance();

        /** What another connector did here until now, by the connection of the shop: its orders from before are looked for by their old key, and never made by themselves. */
        Map<String, TakesOver> takesOver();
    }

    /** The orders of a shop that another connector sent to an account. */
    interface TakesOver {
        /** From when on the shop's orders are ours, by the time of placing and in the zone of the shop's connection: {@code 2026-11-24} or {@code 2026-11-24T06:00}. */
        String from();

        /** The key by which the other connector booked an order, with {@code {number}} (without its #) or {@code {id}} (of the shop) in it: {@code SHOP-{number}}. */
        String legacyKey();
    }

    /** N calls in every window. */
    interface Limit {
        /** How many calls any window may hold, or how many may be under way when the window is 0. */
        int calls();

        /** How long a window is, wherever it starts; 0 for calls at once. */
        Duration window();

        /** Percent of the calls that are left to other applications on the same account. */
        @WithDefault("0")
        int reserved();

        /** A bucket that leaks: {@code calls} fill it, and they come back one after the other, all of them in {@code window}. */
        @WithDefault("false")
        boolean bucket();

        /** Points that the dearest call asks for, where the target counts points; {@code calls} is then its points divided by this. */
        @WithDefault("1")
        int cost();
    }
}
