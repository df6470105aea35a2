package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.connector.Connectors;
import io.orderweir.throttle.Quota;
import io.orderweir.wire.ReceivedHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What vendors say about when they want to be called again, in the ways they say it. */
class QuotaTest {

    private static final CamelContext CAMEL = new DefaultCamelContext();

    /** Calls left and when the window ends (docs.bigcommerce.com, api-fundamentals/rate-limits); a bucket that leaks (shopify.dev, api/admin-rest/usage/rate-limits). */
    private static final Map<String, String> DESCRIBED = Map.of(
            "windowed", "{ left: 'header:X-Rate-Limit-Requests-Left', resets-in: 'header:X-Rate-Limit-Time-Reset-Ms', unit: ms }",
            "bucket", "{ left: 'header:X-Shopify-Shop-Api-Call-Limit', restores: 2 }");

    @TempDir
    Path connectors;
    private Quota quota;

    @BeforeEach
    void describe() throws IOException {
        for (Map.Entry<String, String> system : DESCRIBED.entrySet()) {
            Files.createDirectory(connectors.resolve(system.getKey()));
            Files.writeString(connectors.resolve(system.getKey()).resolve("connector.yaml"), "system: " + system.getKey() + "\nlabel: a vendor\nquota: " + system.getValue() + "\n");
        }
        quota = new Quota(new ObjectMapper(), Connectors.in(connectors.toString()), Clock.fixed(Instant.parse("2026-11-27T08:00:00Z"), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "429 | Retry-After: 30                                                | 30",
        "429 | Retry-After: 2.5                                               | 2.5",
        "503 | Retry-After: 120                                               | 120",
        "429 | X-Retry-After: 15                                              | 15",
        "429 | x-retry-after: 25                                              | 25",
        "429 | Retry-After: Fri, 27 Nov 2026 08:00:07 GMT                     | 7",
        // the target's clock is a minute behind ours: what counts is its own
        "429 | Retry-After: Fri, 27 Nov 2026 07:59:10 GMT; Date: Fri, 27 Nov 2026 07:59:00 GMT | 10",
        "429 | Retry-After: Fri, 27 Nov 2026 07:59:00 GMT                     | null",
        "429 | Retry-After: soon                                              | null",
        "429 | Retry-After: -5                                                | null",
        "429 | Retry-After: 99999999                                          | 86400",
        "429 | Retry-After: 1e9                                               | null",
        "429 | Retry-After: 10; X-Retry-After: 20                             | 20",
        "429 |                                                                | null",
        // a job that was accepted may say when to look again; nobody was refused
        "202 | Retry-After: 30                                                | null",
        "200 | X-Rate-Limit-Requests-Left: 0; X-Rate-Limit-Time-Reset-Ms: 15000 | 15",
        "200 | X-Rate-Limit-Requests-Left: 35; X-Rate-Limit-Time-Reset-Ms: 15000 | null",
        "200 | X-Rate-Limit-Requests-Left: 0                                  | null",
        "200 | X-Shopify-Shop-Api-Call-Limit: 40/40                           | 0.5",
        "200 | X-Shopify-Shop-Api-Call-Limit: 39/40                           | null",
        "200 | X-Shopify-Shop-Api-Call-Limit: many                            | null",
    })
    void headers(int status, String headers, Double seconds) {
        Exchange answered = answered(headers != null && headers.contains("Shopify") ? "bucket" : "windowed", status, "");
        if (headers != null) {
            for (String header : headers.split("; ")) {
                ReceivedHeaders.keep(answered, header.substring(0, header.indexOf(": ")), header.substring(header.indexOf(": ") + 2));
            }
        }
        assertEquals(seconds, quota.closedFor(answered));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "732 | 0    | 50 | 14.64",
        "68  | 1988 | 50 | null",
        "68  | 18   | 0  | null",
    })
    void points(int requested, int available, int restoreRate, Double seconds) {
        assertEquals(seconds, quota.closedFor(answered("shopify", 200, """
                {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],
                 "extensions":{"cost":{"requestedQueryCost":%d,"throttleStatus":{"maximumAvailable":1000,"currentlyAvailable":%d,"restoreRate":%d}}}}
                """.formatted(requested, available, restoreRate))));
        assertNull(quota.closedFor(answered("shopify", 200, "{\"throttleStatus\":")));
    }

    private static Exchange answered(String system, int status, String body) {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.setVariable("system", system);
        exchange.setVariable("status", status);
        exchange.setVariable("answer", body);
        return exchange;
    }
}
