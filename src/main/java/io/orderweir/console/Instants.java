package io.orderweir.console;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How an instant is written wherever the console shows one: ISO 8601 in UTC, always to the millisecond, so that texts sort as times do. */
@Singleton
public class Instants implements ObjectMapperCustomizer {

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static String text(Instant instant) {
        return MILLISECONDS.format(instant);
    }

    /** At the API. */
    @Override
    public void customize(ObjectMapper json) {
        json.registerModule(new SimpleModule("instants").addSerializer(Instant.class, new StdSerializer<>(Instant.class) {
            @Override
            public void serialize(Instant instant, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(text(instant));
            }
        }));
    }

    /** After Jackson's own module, which writes as many digits as there are. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    /** On the pages. */
    void show(@Observes EngineBuilder pages) {
        pages.addResultMapper(new ResultMapper() {
            @Override
            public int getPriority() {
                return 100;
            }

            @Override
            public boolean appliesTo(Origin origin, Object result) {
                return result instanceof Instant;
            }

            @Override
            public String map(Object result, Expression expression) {
                return text((Instant) result);
            }
        });
    }
}
