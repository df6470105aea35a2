package io.orderweir.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that mvn verify runs, as JUnit finds them: every *Test and *IT with its methods, read without running one. */
final class TestMethods {

    private static final Path ROOT = Path.of("src/test/java");
    private static final String CHAOS = "orderweir.chaos";

    /** One test: its class, its file, how many cases it has, and whether it is kept from running. */
    record Found(String type, String file, String cases, boolean disabled) {
    }

    private TestMethods() {
    }

    /** By class and method, such as KillIT.noKillLosesOrDoublesAnOrder. */
    static Map<String, Found> all() {
        Map<String, Found> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(file -> file.toString().matches(".*(Test|IT)\\.java")).sorted().toList()) {
                Class<?> type = Class.forName(ROOT.relativize(file).toString().replace(".java", "").replace('/', '.'), false, TestMethods.class.getClassLoader());
                for (Method method : type.getDeclaredMethods()) {
                    if (isTest(method) && all.put(type.getSimpleName() + "." + method.getName(),
                            new Found(type.getSimpleName(), file.toString(), cases(type, method), isDisabled(type) || isDisabled(method))) != null) {
                        throw new IllegalStateException("two tests are called " + type.getSimpleName() + "." + method.getName());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class) || method.isAnnotationPresent(TestFactory.class);
    }

    /** By any of JUnit's conditions: a promise is kept on every machine. */
    private static boolean isDisabled(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations()).map(Annotation::annotationType).anyMatch(type -> type.getSimpleName().matches("(Disabled|Enabled|Tag).*"));
    }

    private static String cases(Class<?> type, Method method) {
        if (method.isAnnotationPresent(TestFactory.class)) {
            return "one a row";
        }
        if (!method.isAnnotationPresent(ParameterizedTest.class) && !type.isAnnotationPresent(ParameterizedClass.class)) {
            return "1";
        }
        String what = Arrays.stream(method.getParameters()).anyMatch(parameter -> parameter.getName().equals("seed")) ? " seed" : " case";
        long few = count(type, method) * count(type, type);
        String before = System.setProperty(CHAOS, "long");
        try {
            long many = count(type, method) * count(type, type);
            return few + what + (few == 1 ? "" : "s") + (many == few ? "" : " (" + many + " with -Pchaos)");
        } finally {
            if (before == null) {
                System.clearProperty(CHAOS);
            } else {
                System.setProperty(CHAOS, before);
            }
        }
    }

    /** How often one of them is run for what it is given: a test, or a class. */
    private static long count(Class<?> type, AnnotatedElement run) {
        if (!run.isAnnotationPresent(ParameterizedTest.class) && !run.isAnnotationPresent(ParameterizedClass.class)) {
            return 1;
        }
        long count = 0;
        for (Annotation source : run.getAnnotations()) {
            if (source instanceof ValueSource values) {
                count += values.longs().length + values.ints().length + values.strings().length + values.doubles().length + values.booleans().length;
            } else if (source instanceof CsvSource rows) {
                count += rows.value().length;
            } else if (source instanceof MethodSource named) {
                count += List.of(named.value()).stream().mapToLong(name -> given(type, name)).sum();
            } else if (source instanceof EnumSource all) {
                count += all.value().getEnumConstants().length;
            }
        }
        if (count == 0) {
            throw new IllegalStateException("how many cases has " + run + "? Say here how its source is counted");
        }
        return count;
    }

    private static long given(Class<?> type, String name) {
        try {
            Method source = type.getDeclaredMethod(name);
            source.setAccessible(true);
            return source.invoke(null) instanceof Stream<?> stream ? stream.count() : 0;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
