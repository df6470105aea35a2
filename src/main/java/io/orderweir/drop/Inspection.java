package io.orderweir.drop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Judges a dropped file by its name and its checksum. In: header CamelFileAbsolutePath.
 * Out: variables file and verdict (sound, wrong, stuck: left where it is, gone: another replica has it); for a sound one folder, name, sha256 and
 * the news of it as the body; for wrong and stuck the sentence, kind, cause and subject of an alert, and tell where
 * a person is to hear it.
 */
@ApplicationScoped
@Named("inspection")
@RegisterForReflection
public class Inspection {

    /** Our reference has letters, digits and '-' only, so the first '_' ends it. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9-]{1,100}(?:\\.[0-9a-f]{8})?)_([A-Za-z0-9-]{1,20})\\.[A-Za-z0-9]{1,10}");
    /** As sha256sum prints it; '*' is its mark for binary. */
    private static final Pattern CHECKSUM = Pattern.compile("([0-9a-fA-F]{64})(?: [ *](.+))?\\s*");

    /** What is stuck is tried again every second, and told once. */
    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    public void read(Exchange exchange) {
        Path file = Path.of(exchange.getMessage().getHeader("CamelFileAbsolutePath", String.class));
        exchange.setVariable("file", file.toString());
        try {
            // what could not be put away afterwards would be taken again and again
            Shelf.room(file);
            judge(exchange, file);
        } catch (NoSuchFileException gone) {
            exchange.setVariable("verdict", "gone");
        } catch (IOException trouble) {
            say(exchange, file, "stuck", "cannot be read or put away (" + trouble + "). See to the folder and its permissions: it is tried again.");
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private void judge(Exchange exchange, Path file) throws IOException {
        String name = file.getFileName().toString();
        Matcher named = NAME.matcher(name);
        if (!named.matches()) {
            say(exchange, file, "wrong", "has no name that says whose it is. Name it <reference>_<revision>.<ending>, and drop it again.");
            return;
        }
        // any bytes are text in this character set
        String beside = Files.readString(Complete.beside(file), StandardCharsets.ISO_8859_1);
        Matcher checksum = CHECKSUM.matcher(beside);
        if (!checksum.matches() || checksum.group(2) != null && !checksum.group(2).strip().equals(name)) {
            say(exchange, file, "wrong", "has a checksum file that holds no SHA-256 of it, as sha256sum writes one. Drop both again.");
            return;
        }
        MessageDigest sha256 = sha256();
        long size;
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), sha256)) {
            size = bytes.transferTo(OutputStream.nullOutputStream());
        }
        String found = HexFormat.of().formatHex(sha256.digest());
        if (!found.equals(checksum.group(1).toLowerCase(Locale.ROOT))) {
            say(exchange, file, "wrong", "has the checksum " + found + ", and the file beside it says another: it was changed or cut off on its way. Drop both again.");
            return;
        }
        String folder = file.getParent().getFileName().toString();
        ObjectNode news = JsonNodeFactory.instance.objectNode().put("file", name).put("revision", named.group(2)).put("reference", named.group(1))
                .put("sha256", found).put("size", size).put("folder", folder).put("at", Files.getLastModifiedTime(file).toInstant().toString());
        exchange.setVariable("folder", folder);
        exchange.setVariable("name", name);
        exchange.setVariable("sha256", found);
        exchange.setVariable("verdict", "sound");
        exchange.getMessage().setBody(news.toString().getBytes(StandardCharsets.UTF_8));
        told.remove(file);
    }

    private void say(Exchange exchange, Path file, String verdict, String complaint) {
        exchange.setVariable("verdict", verdict);
        exchange.setVariable("sentence", "The dropped file " + file.toString().replaceAll("\\p{Cntrl}", "?") + " " + complaint);
        exchange.setVariable("kind", "notice");
        exchange.setVariable("cause", "notice|" + file);
        exchange.setVariable("subject", file.getFileName().toString());
        exchange.setVariable("tell", verdict.equals("wrong") || told.add(file));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
