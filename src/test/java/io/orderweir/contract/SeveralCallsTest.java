package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.type.Types;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Row.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor with a session, reference data, a party and then a sale: each answer may be the one that is lost, and the session is a secret, too. */
class SeveralCallsTest {

    private static final Path RPC = Path.of("src/test/resources/contract/rpc");

    @TempDir
    Path directory;

    @Test
    void aVendorOfSeveralCallsIsTriedAtEachOfThem() throws IOException {
        Map<Verdict, List<Row>> rows = tried("", "");
        assertEquals(List.of(), rows.getOrDefault(Verdict.RED, List.of()));
        assertEquals(List.of(Law.OVER_LONG, Law.LIST_TO_THE_END, Law.BAD_SIGNATURE), rows.get(Verdict.NOT_OF_THIS_CONNECTOR).stream().map(Row::law).toList());
        assertEquals(Law.values().length - 3, rows.get(Verdict.GREEN).size());
    }

    @Test
    void aSecondPartyBehindALostAnswerIsFound() throws IOException {
        // Given parties with a code of the moment: whenever one is made again, lost or doubled, there are two
        Map<Verdict, List<Row>> rows = tried("code: .externalId,", "code: \"\\(.externalId)-\\(now)\",");
        assertEquals(List.of(Law.DOUBLED_CREATE, Law.COMMIT_THEN_SILENCE, Law.SILENCE_THEN_COMMIT), rows.get(Verdict.RED).stream().map(Row::law).distinct().toList(), rows.toString());
    }

    @Test
    void aSessionThatIsKeptInWhatWasFoundIsALetOutSecret() throws IOException {
        Map<Verdict, List<Row>> rows = tried("{party: .result.id}", "{party: .result.id, debug: .debug}");
        assertEquals(List.of(Law.SECRETS), rows.get(Verdict.RED).stream().map(Row::law).toList(), rows.toString());
    }

    private Map<Verdict, List<Row>> tried(String instead, String by) throws IOException {
        try (Stream<Path> files = Files.walk(RPC)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = directory.resolve("rpc").resolve(RPC.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, instead.isEmpty() ? Files.readString(file) : Files.readString(file).replace(instead, by));
            }
        }
        return Suite.over(Connectors.in(directory.toString()), Set.of("rpc"), Types.packaged(), null).rows().stream().collect(Collectors.groupingBy(Row::verdict));
    }
}
