package io.orderweir.drop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.drop.Reading.Hashed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

    private final Reading reading;

    /** What is stuck is tried again every second, and told once. */
    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    public Inspection() {
        this(new Reading());
    }

    Inspection(Reading reading) {
        this.reading = reading;
    }

    public void read(Exchange exchange) {
        Path file = Path.of(exchange.getMessage().getHeader("CamelFileAbsolutePath", String.class));
        exchange.setVariable("file", file.toString());
        try {
            // what is not where it seems to be is not looked at; what could not be put away afterwards would be taken again and again
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
        BasicFileAttributes attributes = PlainFile.attributes(file);
        if (!attributes.isRegularFile()) {
            say(exchange, file, "wrong", "is no file but a link, a pipe or a device. Drop the file itself.");
            return;
        }
        String beside = PlainFile.text(Complete.beside(file));
        Matcher checksum = CHECKSUM.matcher(beside == null ? "" : beside);
        if (!checksum.matches() || checksum.group(2) != null && !checksum.group(2).strip().equals(name)) {
            say(exchange, file, "wrong", "has a checksum file that holds no SHA-256 of it, as sha256sum writes one. Drop both again.");
            return;
        }
        Hashed hashed = reading.hash(file);
        if (hashed.complaint() != null) {
            say(exchange, file, "wrong", hashed.complaint());
            return;
        }
        String found = hashed.sha256();
        if (!found.equals(checksum.group(1).toLowerCase(Locale.ROOT))) {
            // what its checksum is would be told to whoever can make a link
            say(exchange, file, "wrong", "does not have the checksum that the file beside it says: it was changed or cut off on its way. Drop both again.");
            return;
        }
        String folder = file.getParent().getFileName().toString();
        ObjectNode news = JsonNodeFactory.instance.objectNode().put("file", name).put("revision", named.group(2)).put("reference", named.group(1))
                .put("sha256", found).put("size", hashed.size()).put("folder", folder).put("at", attributes.lastModifiedTime().toInstant().toString());
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
}
