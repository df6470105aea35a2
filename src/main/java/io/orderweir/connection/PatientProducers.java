package io.orderweir.connection;

import io.quarkus.runtime.annotations.RegisterForProxy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Producer;

/**
 * Producers that are made when the broker has let us in. One that is refused while it asks for its number never asks again (issues.apache.org, KAFKA-20237): a door that started before
 * its user was added would answer 503 until somebody starts it anew.
 */
@RegisterForProxy(targets = Producer.class)
final class PatientProducers extends DefaultKafkaClientFactory {

    private final List<Later> waiting = new ArrayList<>();
    private boolean in;

    @Override
    public synchronized Producer<?, ?> getProducer(Properties properties) {
        Later later = new Later(properties);
        if (in) {
            later.made();
        } else {
            waiting.add(later);
        }
        return (Producer<?, ?>) Proxy.newProxyInstance(Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, given) -> {
            if (method.getName().equals("close") && later.made == null) {
                return null;
            }
            try {
                return method.invoke(later.made(), given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    synchronized void letIn() {
        in = true;
        waiting.forEach(Later::made);
        waiting.clear();
    }

    private final class Later {

        private final Properties properties;
        private volatile Producer<?, ?> made;

        private Later(Properties properties) {
            this.properties = properties;
        }

        private Producer<?, ?> made() {
            if (made == null) {
                synchronized (this) {
                    if (made == null) {
                        made = PatientProducers.super.getProducer(properties);
                    }
                }
            }
            return made;
        }
    }
}
