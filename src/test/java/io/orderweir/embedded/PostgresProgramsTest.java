package io.orderweir.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsTest {

    @Test
    void twoFirstStartsAtOnceUnpackOne(@TempDir Path beside) throws Exception {
        // Given
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService starts = Executors.newFixedThreadPool(2);
        Callable<Path> start = () -> {
            together.await();
            return PostgresPrograms.unpack(beside, beside.resolve("data"));
        };

        // When
        List<Future<Path>> unpacked = starts.invokeAll(List.of(start, start));

        // Then
        assertEquals(unpacked.get(0).get(), unpacked.get(1).get());
        try (Stream<Path> left = Files.list(beside)) {
            assertEquals(List.of(unpacked.get(0).get()), left.toList(), "nothing half finished is left");
        }
        starts.shutdown();
    }
}
