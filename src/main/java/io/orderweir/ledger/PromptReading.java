package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForProxy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Named;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Consumers for a route that takes batches. Camel hands over an unfinished batch at the poll after its last record, and each poll lasts as long as the route's
 * {@code pollTimeoutMs}: a short one costs an idle engine a part of its processor, a long one every order in a trickle its time. Here the poll that follows records
 * is short, and only one that follows silence lasts as long as the route says.
 */
@RegisterForReflection
@RegisterForProxy(targets = Consumer.class)
@ApplicationScoped
@Typed(PromptReading.class)
@Named("promptReading")
public class PromptReading extends DefaultKafkaClientFactory {

    /** Long enough for records that come together, and nothing beside an order's way to its target. */
    private static final Duration AFTER_RECORDS = Duration.ofMillis(2);

    @Override
    @SuppressWarnings("unchecked")
    public Consumer<?, ?> getConsumer(Properties kafka) {
        return prompt((Consumer<Object, Object>) super.getConsumer(kafka));
    }

    @SuppressWarnings("unchecked")
    static Consumer<Object, Object> prompt(Consumer<Object, Object> consumer) {
        boolean[] found = new boolean[1];
        return (Consumer<Object, Object>) Proxy.newProxyInstance(Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, given) -> {
            boolean polls = method.getName().equals("poll");
            Object answer = call(consumer, method, polls && found[0] ? new Object[] {AFTER_RECORDS} : given);
            if (polls) {
                found[0] = !((ConsumerRecords<?, ?>) answer).isEmpty();
            }
            return answer;
        });
    }

    private static Object call(Consumer<?, ?> consumer, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(consumer, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
