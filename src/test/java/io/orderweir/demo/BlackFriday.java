package io.orderweir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.process.Folders;
import io.orderweir.process.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The main job on one screen: Black Friday with a bad address, an outage and lost replies, what became of every order, and a factory's week. */
public final class BlackFriday {
    private static final int ORDERS = 2_000;
    private static final int BAD_ADDRESS_AT = 1_201;
    private static final int PLAIN_ORDERS = 300;
    private static final int GATES = 2;
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofSeconds(60);

    private final Tempo tempo = Tempo.of(Boolean.getBoolean("real-time"));
    private final Http sandbox;
    /** The ERP of the studio, and the warehouse of one country. */
    private final Http studio;
    private final Stage engine;
    private final Ledger ledger;
    private final Progress progress;

    private BlackFriday(Stage sandbox, Stage studio, Stage engine) {
        this.sandbox = new Http(sandbox.url(), "");
        this.studio = new Http(studio.url(), "");
        this.engine = engine;
        this.ledger = new Ledger(engine.sql());
        this.progress = new Progress(this.sandbox, ledger, tempo);
    }

    public static void main(String[] arguments) throws IOException {
        Tempo tempo = Tempo.of(Boolean.getBoolean("real-time"));
        boolean kept = false;
        System.out.println("Starting the pretend vendors and Orderweir, each as a process of its own; their logs are in target/demo.");
        Folders.delete(Cast.DRAWINGS);
        Cast.writePolicy();
        for (String folder : List.of("", "proposed", "approved")) {
            Files.createDirectories(Cast.DRAWINGS.resolve(folder));
            // whoever starts it as root: the studio and the engine go on as two other users
            Files.setPosixFilePermissions(Cast.DRAWINGS.resolve(folder), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        try (Stage sandbox = Stage.start("sandbox", Cast.sandbox()); Stage studio = Stage.start("studio", Cast.sandbox());
                Stage engine = Stage.start("engine", Cast.engine(tempo, sandbox.url(), studio.url()))) {
            sandbox.awaitReady();
            studio.awaitReady();
            engine.awaitReady();
            kept = new BlackFriday(sandbox, studio, engine).play();
        }
        System.exit(kept ? 0 : 1);
    }

    private boolean play() throws IOException {
        sandbox.post("/sandbox/settings", Cast.vendors(tempo));
        studio.post("/sandbox/settings", Cast.studio(tempo));
        PlainConnector.Run plain = playPlain();

        System.out.printf(Locale.ROOT, "%nBlack Friday: %,d orders at once through Orderweir, then a %d s outage of the ERP.%n", ORDERS, OUTAGE.toSeconds());
        progress.begin();
        sandbox.post("/sandbox/shopify/traffic", Cast.traffic(tempo, engine.url() + "/capture/shopify/" + Cast.SHOP, ORDERS, BAD_ADDRESS_AT));
        progress.until(PATIENCE, () -> progress.booked() >= ORDERS * 2 / 5);
        progress.outage(sandbox.post("/sandbox/netsuite/outage", Map.of("ms", OUTAGE.toMillis(), "mode", "refuse")));
        progress.until(PATIENCE, progress::isDrained);
        double seconds = progress.seconds();
        Scene drained = look(System.currentTimeMillis());

        Operator operator = Operator.of(engine);
        correctAndRelease(operator, drained);
        openGates(operator);
        Scene end = look(System.currentTimeMillis());

        Figures figures = Figures.of(drained, end, sandbox.get("/sandbox/settings").path("netsuite").path("limit").asInt(), seconds);
        List<Promise> promises = new ArrayList<>(figures.promises(drained, end, ORDERS, GATES));
        promises.addAll(new Workshop(sandbox, studio, engine, ledger, tempo).play());
        promises.add(Promise.exactly("the books balance after the factory's days, too", 0, ledger.equation().difference()));
        write(figures, promises);
        System.out.print(Table.of(figures, drained, end, plain, promises, tempo, end.builtToOrderLinesAtWms().size()));
        boolean kept = promises.stream().allMatch(Promise::kept);
        System.out.println(kept ? "\nEvery promise was kept; the figures are in target/demo/report.json."
                : "\nA promise was BROKEN; the figures are in target/demo/report.json, the logs beside it.");
        if (Boolean.getBoolean("stay")) {
            stay(operator);
        }
        return kept;
    }

    /** The same traffic into a plain connector first; the sandbox forgets it before Orderweir plays. */
    private PlainConnector.Run playPlain() {
        System.out.printf(Locale.ROOT, "First the same traffic one by one through a plain connector, measured on %d orders.%n", PLAIN_ORDERS);
        try (PlainInbox inbox = new PlainInbox(); PlainConnector plain = new PlainConnector(sandbox.url() + "/netsuite", tempo)) {
            sandbox.post("/sandbox/reset", Map.of());
            sandbox.post("/sandbox/shopify/traffic", Cast.traffic(tempo, inbox.url(), ORDERS, BAD_ADDRESS_AT));
            soon("the plain connector has every order", () -> sandbox.get("/sandbox/shopify/traffic").path("ordersAcknowledged").asInt() == ORDERS);
            PlainConnector.Run run = plain.run(inbox.arrived(), PLAIN_ORDERS, "#" + BAD_ADDRESS_AT);
            System.out.printf(Locale.ROOT, "  %d orders took %.1f s; at %s it stands still.%n", run.measured(), run.measuredSeconds(), run.stoppedAt());
            sandbox.post("/sandbox/reset", Map.of());
            return run;
        }
    }

    /** A person reads the sentence, corrects the address and releases. */
    private void correctAndRelease(Operator operator, Scene drained) {
        for (Operator.Held held : operator.held()) {
            System.out.printf("%nIn the Error Hold bin: %s%n", held.sentence());
            operator.release(held);
        }
        soon("what was held is at the ERP and at the warehouse", () -> drained.held().stream().allMatch(key ->
                sandbox.find("/sandbox/netsuite/records/" + key).isPresent() && sandbox.find("/sandbox/wms/records/" + key).isPresent()));
        System.out.println("Corrected and released: it is at the ERP and at the warehouse.");
    }

    private void openGates(Operator operator) {
        List<String> opened = operator.openGates(GATES, ledger);
        soon("the lines behind the opened gates are at the warehouse", () -> opened.stream().allMatch(line -> sandbox.find("/sandbox/wms/records/" + line).isPresent()));
        System.out.printf("The gates of %d build-to-order lines were opened by command; both lines are at the warehouse.%n", opened.size());
    }

    /** Until: the last moment that counts for the share of the allowance. */
    private Scene look(long until) {
        JsonNode report = sandbox.get("/sandbox/report?full=true&allowanceLimit=" + Cast.ERP_CALLS + "&allowanceUntil=" + until);
        return new Scene(report, ledger.held(), ledger.superseded(), ledger.gatedLines(), ledger.equation());
    }

    /** What does not come about in time breaks its promise; the demo goes on and says which. */
    private void soon(String what, BooleanSupplier holds) {
        try {
            Awaitility.await(what).atMost(tempo.stretched(MOMENT)).pollInterval(Duration.ofMillis(200)).pollInSameThread().until(holds::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            System.out.println("In vain: " + late.getMessage());
        }
    }

    private void write(Figures figures, List<Promise> promises) throws IOException {
        ObjectNode report = Http.JSON.valueToTree(figures);
        report.set("promises", Http.JSON.valueToTree(promises));
        Files.writeString(Path.of("target", "demo", "report.json"), report.toPrettyString() + "\n");
    }

    private void stay(Operator operator) {
        System.out.printf("%nEverything keeps running until Ctrl-C. The page: %s/   enter as admin with the password: %s%nThe pretend vendors: %s/sandbox/report%n",
                engine.url(), Token.PASSWORD, sandbox.url());
        Awaitility.await("Ctrl-C").forever().pollInterval(Duration.ofSeconds(1)).until(() -> false);
    }
}
