package io.orderweir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest {

    @Test
    void anAttemptIsACommandWithoutItsSecrets() {
        assertEquals("""
                curl -X PUT https://erp.example.org/record/1 \\
                  -H "Authorization: $NETSUITE_EU_AUTHORIZATION" \\
                  -H 'X-Correlation-Id: c1' \\
                  -H 'Content-Type: application/json' \\
                  --data-raw '{"name":"O'\\''Hara"}'""", Curl.of("netsuite-eu", "https://erp.example.org/", "PUT /record/1\n{\"name\":\"O'Hara\"}", "c1"));
        assertEquals("""
                curl -X GET "$WMS_URL"'/fulfilments?reference=a&b' \\
                  -H "Authorization: $WMS_AUTHORIZATION\"""", Curl.of("wms", null, "GET /fulfilments?reference=a&b\n", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; touch /tmp/owned; '", "$(touch /tmp/owned)", "`id`", "a\\'b", "\"$HOME\"", "line\nline"})
    void nothingInABodyIsRunByTheShell(String body) throws IOException, InterruptedException {
        // Given a shell in which curl says what it is told to send
        String command = "curl() { for last; do :; done; printf %s \"$last\"; }\n" + Curl.of("wms", "http://127.0.0.1", "POST /a\n" + body, null);
        // When
        Process shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Then
        assertEquals(0, shell.waitFor());
        assertEquals(body, said);
    }
}
