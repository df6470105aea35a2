package io.orderweir.signature;

import io.orderweir.connection.Settings;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** Seals with these keys, outside of an engine. */
public final class Seals {

    private Seals() {
    }

    public static Seal with(String... keys) {
        Seal seal = new Seal();
        seal.settings = answering(Settings.class, answering(Settings.Capture.class, keys.length == 0 ? Optional.empty() : Optional.of(List.of(keys))));
        return seal;
    }

    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> answer));
    }
}
