package io.orderweir.connector;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.time.Duration;

/** Reads a time as the rest of the configuration has it: {@code 20s}, {@code 5m}, {@code 0s}. */
final class TimeReader extends StdScalarDeserializer<Duration> {

    private static final long serialVersionUID = 1L;

    TimeReader() {
        super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getText();
        try {
            return DurationConverter.parseDuration(text);
        } catch (IllegalArgumentException none) {
            throw context.weirdStringException(text, Duration.class, "write a time such as 20s or 5m");
        }
    }
}
