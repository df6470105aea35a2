package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.orderweir.contract.Law;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the fixtures of a connector may say: what editors complete, and what the suite reads. */
class FixturesRulesTest {

    private static final Path EDITOR = Path.of("src/editor");
    private static final Path PAGE = Path.of("docs/reference/fixtures.md");

    @Test
    void allFixturesFollowTheSchemas() throws IOException {
        List<Path> files = Stream.concat(fixtures(RouteFile.RESOURCES.resolve("connectors")).stream(), fixtures(Path.of("src/test/resources/contract")).stream()).toList();
        assertFalse(files.isEmpty());
        for (Path file : files) {
            Findings.none(wrong(file.toString(), schema(file), Files.readString(file)));
        }
        Findings.found(1, "dos", wrong("a", "fixtures", "{ calls: { a: { does: reads, dos: x, asks: { method: GET, path: /a } } }, answers: {} }"));
        Findings.found(1, "outcome", wrong("a", "fixtures", "{ calls: {}, answers: { fails-in-200: { outcome: done } } }"));
        Findings.found(1, "webhooks", wrong("a", "fixtures-door", "{}"));
    }

    @Test
    void thePageSaysWhatTheSchemasAndTheLawsSay() throws IOException {
        SchemaPage page = new SchemaPage("""
                # Fixtures, and the laws they are for

                Written by a test from the schemas in `src/editor` and the laws in the code; change them there. What a connector's folder has in `fixtures/` says what its vendor is asked and what it
                answers; `java -jar orderweir.jar test <folder>` makes a strict vendor of it and tries [every law](../howto/write-a-connector.md#test-it). Each file ends in the line `# end`, and an editor
                completes and checks it by its schema when its head has `# yaml-language-server: $schema=<path>/fixtures.schema.json`.
                """);
        for (String file : List.of("fixtures", "fixtures-account", "fixtures-door")) {
            JsonNode schema = new ObjectMapper().readTree(Files.readString(EDITOR.resolve(file + ".schema.json")));
            page.head("## " + schema.path("title").asText() + "\n" + (schema.has("description") ? "\n" + schema.path("description").asText() + "\n" : "")).table(schema);
        }
        page.head("""
                ## Names in brackets

                In `asks`, in the headers that every request has, and in answers:

                | name | stands for |
                |---|---|
                | `{externalId}` | our reference |
                | `{orderId}` | the shop's id of the order, where a request says it in the place of our reference; every lane of the suite has an order of its own |
                | `{id}` | the vendor's id of the record, which it makes up |
                | `{page}` | what the vendor calls the next page, which it makes up; in `more` and in `asks-for-more` |
                | `{any}` | whatever stands there; in what is asked alone |
                | `{credentials.<key>}` | a credential of the account |
                | `{secret}` | what the vendor gives and nobody else may know, such as a session |
                | `{url}` | the vendor's own address; in answers alone |

                ## What a call does

                | does | what becomes of the vendor's records |
                |---|---|
                | `makes` | A new one. Of a second one of the same reference it says `there`, or `ended` when that is over, and makes none; with `makes-another` it makes one. |
                | `puts` | Makes it, or changes it where it is there; `ended` where it takes none up again that is over. |
                | `changes` | Nothing where there is none (`absent`), or where it is over (`ended`; without that answer it is taken up again). |
                | `ends` | It is over; `ended` is what is said of a second time. |
                | `reads` | Nothing. It says `there`, `ended` or `absent`; in the law find-ours `others`, what a search says that finds others alone. Where it names no record: `success`, or, without that answer, by the last record of its kind that is not over. |
                | `tells` | Nothing, of no record: a login, reference data. |

                ## Answers

                | answer | needed | when |
                |---|---|---|
                | `success` | of every call but a read | It is done. |
                | `there`, `absent` | of a read; `there` of `makes` | The reference is there, or is not. |
                | `ended`, `others` | | See above. |
                | `more` | where a list has pages | In the law list-to-the-end: a page that has not what was searched for and says where the next one is. |
                | `refusal` | yes | It does not take the order, for the `field`. |
                | `limit` | yes | Too many calls. |
                | `limit-with-time` | where it says one | The same, for so many `seconds`. |
                | `lost` | yes | What comes in the place of an answer that was lost; `{}`: nothing, the connection ends. |
                | `unauthorized` | | Credentials are refused; 401 without a body where it is left out. |
                | `fails-in-200` | where it has such | A failure that looks like success. |
                """);
        StringBuilder laws = new StringBuilder("## Laws\n\n| law | what is kept |\n|---|---|\n");
        for (Law law : Law.values()) {
            laws.append("| `").append(law).append("` | ").append(law.words()).append(" |\n");
        }
        page.head(laws.toString());
        page.isAt(PAGE);
    }

    private static List<Path> fixtures(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getParent().endsWith("fixtures") && file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static String schema(Path file) {
        String name = file.getFileName().toString();
        return name.equals("account.yaml") ? "fixtures-account" : name.equals("door.yaml") ? "fixtures-door" : "fixtures";
    }

    private static List<String> wrong(String file, String schema, String yaml) throws IOException {
        return new ArrayList<>(JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(EDITOR.resolve(schema + ".schema.json")))
                .validate(new YAMLMapper().readTree(yaml)).stream().map(violation -> file + ": " + violation.getMessage()).toList());
    }
}
