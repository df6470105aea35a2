package io.orderweir.check;

import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.eclipse.microprofile.config.Config;

/** A Camel context that reads routes and never starts one: no thread, no connection, no consumer. */
final class Paper {

    /** What routes ask of this process: {@code {{startsIn:process}}} and its like. Each answers something that fits. */
    private static final Map<String, String> ANSWERS = Map.of("startsIn", "true", "receives", "true", "workersOf", "1", "directoryOf", "drawings", "captured", "orderweir.captured");

    private Paper() {
    }

    static DefaultCamelContext context(Beans beans, Config config) {
        DefaultCamelContext camel = new DefaultCamelContext(new DefaultRegistry(List.of(beans)));
        camel.setAutoStartup(false);
        camel.setSourceLocationEnabled(true);
        camel.getPropertiesComponent().addPropertiesSource(new Keys(config));
        ANSWERS.forEach((name, answer) -> camel.getPropertiesComponent().addPropertiesFunction(new Answer(name, answer)));
        camel.build();
        return camel;
    }

    private record Keys(Config config) implements PropertiesSource {

        @Override
        public String getName() {
            return "configuration";
        }

        @Override
        public String getProperty(String name) {
            return config.getOptionalValue(name, String.class).orElse(null);
        }
    }

    private record Answer(String name, String answer) implements PropertiesFunction {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String apply(String argument) {
            return answer;
        }
    }
}
