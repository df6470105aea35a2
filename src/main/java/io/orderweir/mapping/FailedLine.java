package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.apache.camel.Exchange;
import org.apache.camel.language.jq.JqFunctions;
import org.apache.camel.language.jq.JqLanguage;

/**
 * Finds the line in which a mapping failed. What jackson-jq parses knows no lines, so the mapping is made once more with every part of it watched; until something fails mappings
 * cost nothing more.
 */
public final class FailedLine {

    private static final String WATCH = "orderweir_at";

    private FailedLine() {
    }

    /** Where the smallest part begins that fails with these words; empty when the same mapping of the same document does not fail so again. */
    public static OptionalInt of(Exchange exchange, String mapping, JsonNode in, String words) {
        Watch watch = new Watch();
        Exchange before = JqFunctions.EXCHANGE_LOCAL.get();
        try {
            Scope scope = Scope.newChildScope(((JqLanguage) exchange.getContext().resolveLanguage("jq")).getRootScope());
            scope.addFunction(WATCH, 2, watch);
            JqFunctions.EXCHANGE_LOCAL.set(exchange);
            JsonQuery.compile(WatchedText.of(WATCH, mapping), Versions.JQ_1_7).apply(scope, in, made -> { });
        } catch (JsonQueryException failed) {
            return watch.failed != null && words.equals(words(failed)) ? OptionalInt.of(watch.line) : OptionalInt.empty();
        } catch (RuntimeException unfollowed) {
            // its time is over, or it is written in a way that cannot be followed
            return OptionalInt.empty();
        } finally {
            JqFunctions.EXCHANGE_LOCAL.set(before);
        }
        return OptionalInt.empty();
    }

    /** jq's own words, which jackson-jq puts under others; null when nothing of jq failed. */
    public static String words(Throwable thrown) {
        String words = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonQueryException said) {
                words = said.getOriginalMessage() == null ? words == null ? "" : words : said.getOriginalMessage();
            }
        }
        return words;
    }

    /** {@code orderweir_at(line; part)}: what the part gives, and the line of the innermost one that failed. */
    private static final class Watch implements Function {

        private JsonQueryException failed;
        private int line;

        @Override
        public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
            List<Throwable> later = new ArrayList<>();
            try {
                arguments.get(1).apply(scope, in, path, (made, to) -> {
                    try {
                        output.emit(made, to);
                    } catch (JsonQueryException failed) {
                        // what became of what this part gave is not its own
                        later.add(failed);
                        throw failed;
                    }
                }, false);
            } catch (JsonQueryException thrown) {
                // on its way it may be put under another one
                if (Stream.iterate((Throwable) thrown, cause -> cause != null, Throwable::getCause).noneMatch(cause -> cause == failed || later.contains(cause))) {
                    failed = thrown;
                    arguments.get(0).apply(scope, in, said -> line = said.intValue());
                }
                throw thrown;
            }
        }
    }
}
