package io.orderweir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.privacy.Scrubber;
import io.orderweir.privacy.SentRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void aCopiedCallIsTheCallThatWasSent() {
        // Given calls as attempts keep them, with secrets in headers, in the query and in the path
        Map<String, String> headers = new TreeMap<>(Map.of("Authorization", "Bearer of-some-token", "Content-Type", "application/json", "X-Correlation-Id", "c1",
                "X-Shopify-Access-Token", "of-some-token", "Idempotency-Key", "0b1e", "X-Odd", "two\nlines"));
        String sent = SentRequest.of("PUT", "/record/1", "replace=item&access_token=other-token&q=a b", headers, "{\"a\":1}", new Scrubber(List.of("1234567890"))).text();
        // Then
        assertEquals("""
                curl -X PUT https://erp.example.org'/record/1?replace=item&access_token='"$ERP_ACCESS_TOKEN"'&q=a b' \\
                  -H "Authorization: $ERP_AUTHORIZATION" \\
                  -H 'Content-Type: application/json' \\
                  -H 'Idempotency-Key: 0b1e' \\
                  -H 'X-Correlation-Id: c1' \\
                  -H 'X-Odd: two lines' \\
                  -H "X-Shopify-Access-Token: $ERP_X_SHOPIFY_ACCESS_TOKEN" \\
                  --data-raw '{"a":1}'""", Curl.of("erp", "https://erp.example.org", sent, null));
        assertEquals("curl -X GET \"$HOOK_URL\"/services/\"$HOOK_SECRET\"/x \\\n  -H 'Accept: */*'", Curl.of("hook", null,
                SentRequest.of("GET", "/services/T0-B0-secret/x", null, Map.of("Accept", "*/*"), "", new Scrubber(List.of("T0-B0-secret", "short"))).text(), "not again"));
    }

    @ParameterizedTest
    @CsvSource({"reference=1201,reference=1201", "key=abc&limit=1,key=•••&limit=1", "api_key=x,api_key=•••", "hmac=x&shop=y,hmac=•••&shop=y", "sig=,sig=•••", "a=of-some-token,a=•••", "flag,flag"})
    void aQueryIsKeptWithoutItsSecrets(String query, String kept) {
        assertEquals("GET /a?" + kept, SentRequest.read(SentRequest.of("GET", "/a", query, Map.of("A", "b"), "", new Scrubber(List.of("of-some-token"))).text()).line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"a\":1}", "line\nline", "X-Header: of the body\n\nrest"})
    void whatIsKeptIsReadAsItWas(String body) {
        SentRequest sent = SentRequest.of("POST", "/a", "b=c", new TreeMap<>(Map.of("A", "1", "B", "2")), body, new Scrubber(List.of()));
        assertEquals(sent, SentRequest.read(sent.text()));
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
