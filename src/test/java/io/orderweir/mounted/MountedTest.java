package io.orderweir.mounted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is mounted is read whole, and exchanged whole. */
class MountedTest {

    @TempDir
    Path directory;

    @Test
    void aDirectoryIsWhatItHeldAtOneMoment() throws IOException {
        // Given
        write("acme/connector.yaml", "system: acme");
        write("acme/fixtures/order.json", "{}");
        write("flows.yaml", "roles: []");
        write(".secret/x", "nobody reads it");
        // When
        Mounted mounted = Mounted.read(directory);
        write("flows.yaml", "roles: [changed]");
        // Then
        assertEquals(Set.of("acme/connector.yaml", "flows.yaml"), mounted.files().keySet());
        assertEquals(Set.of("acme"), mounted.folders());
        assertEquals("roles: []", new String(mounted.bytes("flows.yaml").orElseThrow()));
        assertEquals(List.of("connector.yaml"), mounted.in("acme"));
        assertNotEquals(mounted.digest(), Mounted.read(directory).digest());
        assertEquals(mounted.digest("acme"), Mounted.read(directory).digest("acme"));
        assertEquals(mounted.digest(), Mounted.of(Path.of("/elsewhere"), mounted.files()).digest());
    }

    @Test
    void neitherABoundaryNorANameCanBeMovedWithoutAnotherDigest() throws IOException {
        // Given two files, and the same bytes otherwise divided, and otherwise named
        write("a", "12");
        write("b", "3");
        String digest = Mounted.read(directory).digest();
        write("a", "1");
        write("b", "23");
        String divided = Mounted.read(directory).digest();
        write("a", "12");
        Files.move(directory.resolve("b"), directory.resolve("c"));
        write("c", "3");
        // Then
        assertEquals(3, Set.of(digest, divided, Mounted.read(directory).digest()).size());
    }

    @Test
    void whatIsTooLargeIsRefusedWithItsName() throws IOException {
        Files.write(directory.resolve("dump.bin"), new byte[Mounted.MOST_BYTES + 1]);
        String refusal = assertThrows(IllegalStateException.class, () -> Mounted.read(directory)).getMessage();
        assertEquals(directory + " holds more than 16 MB, with dump.bin; take out what is no descriptor, route, mapping or table", refusal);
    }

    @Test
    void aFolderThatIsTheSameGoesOnUnderItsNameAndAnyOtherOneIsNew() throws IOException {
        // Given two folders
        write("acme/connector.yaml", "system: acme");
        write("bolt/connector.yaml", "system: bolt");
        Mounts mounts = new Mounts(Optional.of(directory), Optional.empty());
        assertEquals("acme bolt netsuite", served(mounts));
        // When one changes, and the other one later
        write("acme/connector.yaml", "system: acme # changed");
        adopt(mounts, 2);
        assertEquals("acme_2 bolt netsuite", served(mounts));
        write("bolt/connector.yaml", "system: bolt # changed");
        adopt(mounts, 3);
        assertEquals("acme_2 bolt_3 netsuite", served(mounts));
        // and one goes and comes again
        Files.delete(directory.resolve("acme/connector.yaml"));
        Files.delete(directory.resolve("acme"));
        adopt(mounts, 4);
        write("acme/connector.yaml", "system: acme");
        adopt(mounts, 5);
        // Then
        assertEquals("acme_5 bolt_3 netsuite", served(mounts));
    }

    @Test
    void whoPlansStaysWithOneRevisionToItsEnd() throws Exception {
        // Given a plan that is under way
        Mounts mounts = new Mounts(Optional.of(directory), Optional.empty());
        Exchange plan = new DefaultExchange(new DefaultCamelContext());
        mounts.enter(plan);
        // When somebody would exchange the revision
        Revision next = mounts.next(mounts.seen().numbered(2));
        // Then nothing changes until the plan has ended
        assertTrue(!mounts.exchange(next, () -> { }, Duration.ofMillis(1)));
        assertEquals(0, mounts.running().number());
        plan.getExchangeExtension().handoverCompletions().forEach(end -> end.onFailure(plan));
        assertTrue(mounts.exchange(next, () -> { }, Duration.ofMillis(1)));
        assertEquals(2, mounts.running().number());
        assertEquals(0, mounts.plans());
    }

    @Test
    void aPlanThatFailsOrWakesSomebodyIsNoPlanAnyMore() throws Exception {
        // Given a route that plans and fails, and one that hands its plan on
        Mounts mounts = new Mounts(Optional.of(directory), Optional.empty());
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("mounts", mounts);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:plans").bean("mounts", "enter").split(body()).to("direct:part").end();
                    from("direct:wakes").bean("mounts", "enter").to("seda:nobody?size=1&discardWhenFull=true&waitForTaskToComplete=Never");
                    from("direct:part").filter(body().isEqualTo("bad")).throwException(new IllegalStateException("no"));
                }
            });
            camel.start();
            // When
            ProducerTemplate plans = camel.createProducerTemplate();
            plans.send("direct:plans", plan -> plan.getMessage().setBody(List.of("good", "bad", "good")));
            plans.send("direct:plans", plan -> plan.getMessage().setBody(List.of("good")));
            // and whoever wakes somebody by a word in a full queue
            plans.send("direct:wakes", plan -> plan.getMessage().setBody("up"));
            plans.send("direct:wakes", plan -> plan.getMessage().setBody("up"));
            // Then
            assertEquals(0, mounts.plans());
        }
    }

    private static void adopt(Mounts mounts, long number) {
        try {
            mounts.exchange(mounts.next(mounts.seen().numbered(number)), () -> { }, Duration.ofMillis(1));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String served(Mounts mounts) {
        return String.join(" ", mounts.serving("acme"), mounts.serving("bolt"), mounts.serving("netsuite"));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        Files.writeString(directory.resolve(file), text);
    }
}
