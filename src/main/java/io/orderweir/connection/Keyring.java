package io.orderweir.connection;

import io.orderweir.connection.Settings.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an account is called with and what signs for it, of its keys and of the files that stand in their place. A file of a credential has the newer one in its first line, and may have the older one in
 * its second: that one is used while the newer one is refused.
 */
final class Keyring {

    private static final String FILE = "-file";
    private static final String SECRETS = "secrets-file";
    private static final String CREDENTIALS = "credentials.";
    private static final int TWO = 2;

    /** Which of all there have been: it is another number after each change. {@code refusals}: how many of them were refused, one after the other. */
    private record Held(long number, boolean older, int refusals, Map<String, List<String>> files) {
    }

    private final String key;
    private final Connection connection;
    private final Set<String> told = new HashSet<>();
    private Map<String, List<String>> looked;
    private volatile Held held;

    /** Reads its files for the first time; {@code wrong} gets a sentence for each that says nothing. */
    Keyring(String key, Connection connection, boolean calls, List<String> wrong) {
        this.key = key;
        this.connection = connection;
        looked = read();
        looked.forEach((name, lines) -> {
            if (lines.isEmpty() && (calls || name.equals(SECRETS))) {
                wrong.add(said(name) + "; mount it or correct the path");
            } else if (lines.size() > TWO && !name.equals(SECRETS)) {
                wrong.add(key + "." + name + " has " + lines.size() + " lines; write the credential into the first and, while it is exchanged, the older one into the second");
            }
        });
        held = new Held(0, false, 0, looked);
    }

    /** The names of the credentials that an account is given, however. */
    static Set<String> names(Connection connection) {
        return connection.credentials().keySet().stream().map(name -> name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A credential, or null where there is none. A file counts before its key. */
    String credential(String name) {
        Held now = held;
        List<String> lines = now.files.getOrDefault(CREDENTIALS + name + FILE, List.of());
        return lines.isEmpty() ? connection.credentials().get(name) : lines.get(now.older && lines.size() == TWO ? 1 : 0);
    }

    /** All that may sign. */
    List<byte[]> secrets() {
        return Stream.concat(connection.secrets().orElse(List.of()).stream(), held.files.getOrDefault(SECRETS, List.of()).stream())
                .filter(secret -> !secret.isBlank()).map(secret -> secret.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** All that is secret. */
    List<String> texts() {
        List<String> all = new ArrayList<>(connection.secrets().orElse(List.of()));
        connection.credentials().forEach((name, value) -> all.add(name.endsWith(FILE) ? "" : value));
        held.files.values().forEach(all::addAll);
        return all;
    }

    long number() {
        return held.number;
    }

    /** A call was taken that was made with what had this number. */
    void worked(long number) {
        if (held.refusals > 0) {
            synchronized (this) {
                held = held.number == number ? new Held(number, held.older, 0, held.files) : held;
            }
        }
    }

    /** A call was refused that was made with what had this number: is there anything else to call with, which was not refused as well? The other ones are used from now on. */
    synchronized boolean refused(long number) {
        Held now = held;
        if (now.number != number) {
            return true;
        }
        if (now.files.entrySet().stream().noneMatch(file -> !file.getKey().equals(SECRETS) && file.getValue().size() == TWO)) {
            return false;
        }
        held = new Held(number + 1, !now.older, now.refusals + 1, now.files);
        return held.refusals < TWO;
    }

    /**
     * Looks at its files again. What two looks have found is used, since somebody may be writing it; {@code first} is given it before. Of a file that is away or says nothing the last values go on.
     *
     * @return a sentence for each of these, once until it says something again
     */
    synchronized List<String> look(Consumer<Collection<String>> first) {
        Map<String, List<String>> now = read();
        boolean twice = now.equals(looked);
        looked = now;
        if (!twice) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>();
        Map<String, List<String>> next = new TreeMap<>(now);
        now.forEach((name, lines) -> {
            boolean usable = !lines.isEmpty() && (lines.size() <= TWO || name.equals(SECRETS));
            if (usable) {
                told.remove(name);
                return;
            }
            List<String> last = held.files.get(name);
            next.put(name, last);
            if (!last.isEmpty() && told.add(name)) {
                wrong.add((lines.isEmpty() ? said(name) : key + "." + name + " has more than two lines") + "; what it said before is used until it is put right");
            }
        });
        if (!next.equals(held.files)) {
            next.values().forEach(first);
            held = new Held(held.number + 1, false, 0, next);
        }
        return wrong;
    }

    private String said(String name) {
        return key + "." + name + " = " + file(name) + " cannot be read, or is empty";
    }

    private String file(String name) {
        return name.equals(SECRETS) ? connection.secretsFile().orElseThrow().toString() : connection.credentials().get(name.substring(CREDENTIALS.length()));
    }

    /** What the files say now, by their keys; of one that cannot be read nothing. */
    private Map<String, List<String>> read() {
        Map<String, List<String>> all = new TreeMap<>();
        connection.secretsFile().ifPresent(file -> all.put(SECRETS, lines(file.toString())));
        connection.credentials().forEach((name, file) -> {
            if (name.endsWith(FILE)) {
                all.put(CREDENTIALS + name, lines(file));
            }
        });
        return all;
    }

    private static List<String> lines(String file) {
        try {
            String text = Files.readString(Path.of(file));
            // a key has lines of its own
            return text.contains("-----BEGIN") ? List.of(text) : text.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException | InvalidPathException away) {
            return List.of();
        }
    }
}
