package io.orderweir.contract;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes beans as the container would, each once: by the constructor that says {@code @Inject}, and with the fields that say so. What is given is used, and not made;
 * what is neither ours nor given is null.
 */
final class Assembly {

    private static final String OURS = "io.orderweir.";

    private final List<Object> made = new ArrayList<>();

    /** Whoever asks for this type, or what it extends, gets it. */
    Assembly with(Object given) {
        made.add(given);
        return this;
    }

    <T> T get(Class<T> type) {
        return made.stream().filter(type::isInstance).findFirst().map(type::cast).orElseGet(() -> type.getName().startsWith(OURS) ? make(type) : null);
    }

    private <T> T make(Class<T> type) {
        try {
            Constructor<?> how = Stream.of(type.getDeclaredConstructors()).filter(each -> each.isAnnotationPresent(Inject.class)).findFirst().orElse(null);
            how = accessible(how == null ? type.getDeclaredConstructor() : how);
            Object bean = how.newInstance(Stream.of(how.getGenericParameterTypes()).map(this::of).toArray());
            made.add(bean);
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if (field.isAnnotationPresent(Inject.class)) {
                        accessible(field).set(bean, of(field.getGenericType()));
                    }
                }
            }
            return type.cast(bean);
        } catch (InvocationTargetException refused) {
            throw refused.getCause() instanceof RuntimeException why ? why : new IllegalStateException(refused.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made without a container", e);
        }
    }

    private Object of(Type type) {
        if (type instanceof ParameterizedType of && of.getRawType() == Instance.class) {
            Class<?> wanted = (Class<?>) of.getActualTypeArguments()[0];
            return Proxy.newProxyInstance(Assembly.class.getClassLoader(), new Class<?>[] {Instance.class}, (proxy, method, arguments) -> method.getName().equals("get") ? get(wanted) : null);
        }
        return get((Class<?>) type);
    }

    private static <T extends AccessibleObject> T accessible(T member) {
        member.setAccessible(true);
        return member;
    }
}
