package io.orderweir.check;

import io.orderweir.connector.ConnectorResources;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.NamedBeans;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.spi.BeanRepository;
import sun.reflect.ReflectionFactory;

/** The beans that routes may name, as the running program has them: found in our own classes, and made without their constructors, so that none of them does anything. */
final class Beans implements BeanRepository {

    private final Map<String, Class<?>> types = NamedBeans.all();
    private final ConnectorResources resources;

    /** The files of these connectors are read, and not only named. */
    Beans(Connectors connectors) {
        resources = new ConnectorResources(connectors);
    }

    Collection<String> names() {
        return types.keySet();
    }

    /** The methods that a route may call of a bean. */
    Set<String> methods(String name) {
        return Arrays.stream(types.get(name).getMethods()).filter(method -> method.getDeclaringClass() != Object.class).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Object lookupByName(String name) {
        return name.equals(ConnectorResources.NAME) ? resources : types.containsKey(name) ? idle(types.get(name)) : null;
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        Class<?> known = types.get(name);
        return known == null || !type.isAssignableFrom(known) ? null : type.cast(lookupByName(name));
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }

    private static Object idle(Class<?> type) {
        try {
            return ReflectionFactory.getReflectionFactory().newConstructorForSerialization(type, Object.class.getDeclaredConstructor()).newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
