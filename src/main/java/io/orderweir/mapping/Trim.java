package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryTypeException;
import net.thisptr.jackson.jq.path.Path;

/**
 * jq's {@code trim}, which jq has since 1.7.1 and jackson-jq has not: a text without the blanks at its ends. It looks at each character once,
 * where {@code gsub("\\s+$"; "")} begins anew at every blank.
 */
@Unremovable
@Singleton
@Named("trim/0")
public class Trim implements Function {

    @Override
    public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryTypeException("%s cannot be trimmed, as it is not a string", in);
        }
        output.emit(TextNode.valueOf(trim(in.textValue())), null);
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** What Unicode calls white space; Java's own words leave out the next line and those that do not break. */
    private static boolean isBlank(char c) {
        return c >= 9 && c <= 13 || c == 0x85 || Character.isSpaceChar(c);
    }
}
