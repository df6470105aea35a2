package io.orderweir.mapping;

import io.orderweir.contract.NamedBeans;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.thisptr.jackson.jq.Function;

/** The functions of jq that the engine has in Java, by the names under which its mappings find them. */
public final class MappingFunctions {

    private MappingFunctions() {
    }

    /** Where a container would find them: a registry, a paper engine, a scope. */
    public static void bind(BiConsumer<String, Function> to) {
        all().forEach(to);
    }

    static Map<String, Function> all() {
        Map<String, Function> all = new TreeMap<>();
        NamedBeans.all().forEach((name, type) -> {
            if (Function.class.isAssignableFrom(type)) {
                all.put(name, made(type));
            }
        });
        return all;
    }

    private static Function made(Class<?> type) {
        try {
            return (Function) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
