package io.orderweir.signature;

import io.orderweir.connector.Signature;
import io.orderweir.connector.Signature.Part;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a webhook claims about itself, not yet believed.
 *
 * @param signatures one is enough: a sender that changes its secret signs with both
 * @param id         the webhook's, or null where it is not signed
 * @param seconds    when it was signed (since 1970), or null where that is not signed
 */
record Claim(List<byte[]> signatures, String id, String seconds) {

    /** Reads the headers, each found by its name; nothing where they say nothing that could be checked. */
    static Optional<Claim> read(Signature how, UnaryOperator<String> header) {
        String text = how.headers().stream().map(header).filter(Objects::nonNull).findFirst().orElse("");
        List<String> parts = how.separator() == null ? List.of(text) : Stream.of(text.split(Pattern.quote(how.separator()))).map(String::strip).toList();
        List<byte[]> signatures = parts.stream().filter(part -> part.startsWith(how.prefix())).map(part -> part.substring(how.prefix().length()))
                .flatMap(written -> Signing.decoded(how.encoding(), written).stream()).filter(signature -> signature.length > 0).toList();
        String id = how.id() == null ? null : header.apply(how.id());
        String seconds = how.time() != null ? header.apply(how.time()) : how.timePart() == null ? null
                : parts.stream().filter(part -> part.startsWith(how.timePart())).map(part -> part.substring(how.timePart().length())).findFirst().orElse(null);
        boolean checkable = !signatures.isEmpty() && (id != null || !how.signed().contains(Part.ID))
                && (!how.signed().contains(Part.TIME) || seconds != null && seconds.matches("[0-9]{1,11}"));
        return checkable ? Optional.of(new Claim(signatures, id, seconds)) : Optional.empty();
    }

    /** When it was signed, or null where the sender does not say it. */
    Instant signedAt() {
        return seconds == null ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
    }
}
