package io.orderweir.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What vendors, buyers and people wrote turns nothing round on a page: each template shows it through shown:value or shown:sentence. */
class DirectionInTemplatesTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    /** Blocks that show bytes as they are, then what steers the template, then tags with their attributes. */
    private static final Pattern NOT_TEXT = Pattern.compile("(?s)<(pre|textarea)\\b.*?</\\1>|\\{[#/][^}]*}|<[^<]*?>");
    private static final Pattern SHOWN = Pattern.compile("\\{([^#/!}][^}]*)}");
    /** The last word of an expression, of a.b as of a.get('b') and of a.b ?: c. */
    private static final Pattern FREE = Pattern.compile("(?:.*[.(']|)(typed|order|title|sentence|message|fault|note|owner|resolution|part|reason|pausedReason|lastReason|why|answer|names|line"
            + "|subject|before|after|evidence|replaced|value|\\w*[bB]y)'?\\)?|(?:order|one|item)\\.name");

    @Test
    void whatOthersWroteStandsApart() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                bare(Files.readString(file)).forEach(expression -> found.add(TEMPLATES.relativize(file) + " shows {" + expression
                        + "} as it is; write {shown:value(...)}, or {shown:sentence(...)} for a sentence of ours"));
            }
        }
        Findings.none(found);
        Findings.found(3, "{alert.sentence}", bare("<p title=\"{alert.sentence}\">{alert.sentence} {one.get('note') ?: ''} {shown:value(one.order)} {one.by}</p><pre>{one.answer}</pre>")
                .stream().map(expression -> "{" + expression + "}").toList());
    }

    private static List<String> bare(String template) {
        Matcher shown = SHOWN.matcher(NOT_TEXT.matcher(template).replaceAll(" "));
        return shown.results().map(one -> one.group(1)).filter(one -> !one.startsWith("shown:") && FREE.matcher(one.split(" \\?: ")[0]).matches()).toList();
    }
}
