package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Hours;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours of maintenance, as an operator writes them. 2026-11-27 is a Friday. */
class HoursTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "daily 02:00-02:30       | 2026-11-27T02:00Z                  | true",
        "daily 02:00-02:30       | 2026-11-27T02:29:59Z               | true",
        "daily 02:00-02:30       | 2026-11-27T02:30Z                  | false",
        "daily 23:30-00:30       | 2026-11-27T00:10Z                  | true",
        "daily 23:30-00:30       | 2026-11-27T12:00Z                  | false",
        "FRI 22:00-23:00         | 2026-11-27T22:30Z                  | true",
        "FRI 22:00-23:00         | 2026-11-28T22:30Z                  | false",
        "FRI 22:00-02:00         | 2026-11-28T01:59Z                  | true",
        "FRI 22:00-02:00         | 2026-11-27T21:59Z                  | false",
        "SAT 22:00-MON 02:00     | 2026-11-29T12:00Z                  | true",
        "SUN 22:00-MON 02:00     | 2026-11-30T01:00Z                  | true",
        "SUN 22:00-MON 02:00     | 2026-11-30T02:00Z                  | false",
        // the account's own day: in Berlin it is an hour later
        "FRI 22:00-23:00         | 2026-11-27T22:30+01:00[Europe/Berlin] | true",
        // the night without the hour, and the one with two of it
        "daily 02:00-02:30       | 2027-03-28T03:10+02:00[Europe/Berlin] | true",
        "daily 02:00-02:30       | 2027-03-28T03:40+02:00[Europe/Berlin] | false",
        "daily 02:00-02:30       | 2026-10-25T02:15+02:00[Europe/Berlin] | true",
        "daily 02:00-02:30       | 2026-10-25T02:15+01:00[Europe/Berlin] | true",
        "daily 02:00-02:30       | 2026-10-25T02:45+01:00[Europe/Berlin] | false",
    })
    void hold(String hours, String now, boolean during) {
        assertEquals(during, Hours.parse(hours).hold(ZonedDateTime.parse(now)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22:00-23:00", "SAT", "XYZ 22:00-23:00", "Saturday 22:00-23:00", "SAT 22-23"})
    void whatIsNotWrittenSoIsRefusedWithTheWayOut(String hours) {
        String message = assertThrows(IllegalArgumentException.class, () -> Hours.parse(hours)).getMessage();
        assertTrue(message.contains("write"), message);
    }
}
