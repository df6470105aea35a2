package io.orderweir.capability;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives a bean what CDI would. */
public final class Injected {

    private Injected() {
    }

    /** Sets what the bean asks for to the one of {@code needed} that is of the type, else to one that is made. */
    public static <T> T with(T bean, Object... needed) throws ReflectiveOperationException {
        for (Field field : bean.getClass().getDeclaredFields()) {
            if (field.isAnnotationPresent(Inject.class)) {
                field.setAccessible(true);
                Optional<Object> given = Stream.of(needed).filter(field.getType()::isInstance).findFirst();
                field.set(bean, given.isPresent() ? given.get() : with(made(field.getType()), needed));
            }
        }
        return bean;
    }

    private static Object made(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }
}
