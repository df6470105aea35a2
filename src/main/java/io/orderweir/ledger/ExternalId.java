package io.orderweir.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of an order, or of a part of it, at every target: letters, digits and '-' only, because NetSuite takes nothing else, the same for ever, and never that of
 * another one, also where a target makes no difference between capitals and small letters.
 *
 * <p>Ids that are numbers of up to 20 digits stand as they are: {@code web-1001}, and {@code web-1001-13} for its line 13. All others are written out in small letters,
 * behind the number of dashes in the connection's name, so that it can be told where that ends and no such name is one of the first kind: {@code 0-amazon-111z2d1234567z2d1234567}.
 * There a small letter or a digit stands for itself, and every other byte of the text (UTF-8), 'z', and an 'r' at the beginning as 'z' with two hexadecimal digits. A name that
 * would be longer than 80 characters ends in 'zz' and 128 bits of SHA-256 over what it names instead.
 */
final class ExternalId {

    /** NetSuite's longest is 100; what is asked for again after a final cancel has -r2 behind it. */
    private static final int LONGEST = 80;
    private static final Pattern FITS = Pattern.compile("[0-9]{1,20}");

    private ExternalId() {
    }

    /**
     * The name of an order, or of a part of it.
     *
     * @param connections the names of all accounts
     * @param connection the account it came from
     * @param ids the order's id there, and the line's and a word where it is of a line
     */
    static String of(Set<String> connections, String connection, List<String> ids) {
        String plain = connection + "-" + String.join("-", ids);
        boolean fits = ids.stream().limit(2).allMatch(id -> FITS.matcher(id).matches());
        // line 2 of order 1 of "web" would be called as order 2 of "web-1"
        if (fits && connections.stream().noneMatch(other -> other.startsWith(connection + "-") && plain.startsWith(other + "-"))) {
            return plain;
        }
        String front = connection.chars().filter(c -> c == '-').count() + "-" + connection + "-";
        String written = front + ids.stream().map(ExternalId::written).collect(Collectors.joining("-"));
        return written.length() <= LONGEST ? written : front + "zz" + digest(connection, ids);
    }

    private static String written(String id) {
        StringBuilder written = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            // "r2" would be read as the mark of a second request
            boolean plain = b >= '0' && b <= '9' || b >= 'a' && b < 'z' && (b != 'r' || written.length() > 0);
            written.append(plain ? String.valueOf((char) b) : "z%02x".formatted(b));
        }
        return written.toString();
    }

    private static String digest(String connection, List<String> ids) {
        ArrayNode named = JsonNodeFactory.instance.arrayNode().add(connection);
        ids.forEach(named::add);
        return Fingerprint.of(named);
    }
}
