package io.orderweir.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Access;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.orderweir.process.Sql;
import io.orderweir.process.Tenant;
import io.orderweir.process.Token;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Everything a busy day needs, each part a process of its own: database and broker, pretend vendors, and the engine between them. */
final class BlackFriday implements AutoCloseable {
    static final int ERP_CALLS_PER_WINDOW = 99;
    static final int TIMEOUT_MS = 1_500;
    /** On one machine a request is not under way for long. */
    static final int GRACE_MS = 200;
    private static final String SECRET = "hush";
    private static final String ALL_ROLES = "capture,process,deliver,console";

    final Tenant tenant;
    final Sandbox sandbox;
    /** The first of the replicas, whose door the shop knows. */
    final Engine engine;
    final List<Engine> replicas;
    final Store store;
    private String token;
    final int erpAtOnce;
    final int wmsAtOnce;

    private BlackFriday(String name, Tenant tenant, List<String> roles, int erpAtOnce, int wmsAtOnce) {
        this(name, tenant, roles, erpAtOnce, wmsAtOnce, Sandbox.shared().url() + "/netsuite");
    }

    private BlackFriday(String name, Tenant tenant, List<String> roles, int erpAtOnce, int wmsAtOnce, String erp) {
        this.erpAtOnce = erpAtOnce;
        this.wmsAtOnce = wmsAtOnce;
        this.tenant = tenant;
        sandbox = Sandbox.shared();
        // the vendor allows one call more than we use
        sandbox.post("/sandbox/settings", Map.of(
                "netsuite", Map.of("windowMs", 3_000, "limit", ERP_CALLS_PER_WINDOW + 1, "concurrency", erpAtOnce), "wms", Map.of("concurrency", wmsAtOnce)));
        engine = Engine.named(name).on(tenant).with("orderweir.console.admin-password", Token.PASSWORD)
                .with(Account.shop("shopify-us", SECRET))
                .with(impatient(Account.netsuite(sandbox.url()).with("url", erp)).limit("minute", ERP_CALLS_PER_WINDOW, "3s").limit("concurrency", erpAtOnce, "0s"))
                .with(impatient(Account.wms(sandbox.url())).limit("concurrency", wmsAtOnce, "0s"));
        replicas = new ArrayList<>(List.of(engine.roles(roles.get(0)).launch()));
        for (String role : roles.subList(1, roles.size())) {
            replicas.add(engine.replica(name + "-" + (replicas.size() + 1)).roles(role).launch());
        }
        replicas.forEach(Engine::awaitReady);
        store = new Store(sandbox, engine.url() + "/capture/shopify/shopify-us", SECRET);
    }

    /** With -Pchaos the tests of this package use their large numbers. */
    static boolean isLong() {
        return "long".equals(System.getProperty("orderweir.chaos"));
    }

    /** The ways in which a test runs that stops and kills its services: in every build this one, with -Pchaos both. */
    static Stream<Access> ways(Access inEveryBuild) {
        return isLong() ? Stream.of(Access.values()) : Stream.of(inEveryBuild);
    }

    /** To an ERP at an address of its own. */
    static BlackFriday opensTo(String name, String erp) {
        return new BlackFriday(name, Tenant.named(name), List.of(ALL_ROLES), 15, 10, erp);
    }

    /** On a database server and a broker of its own, which a test may stop and kill. */
    static BlackFriday opensAlone(String name, Access access) {
        return new BlackFriday(name, Services.start(name, access).alone(), List.of(ALL_ROLES), 15, 10);
    }

    /** A process per role. */
    static BlackFriday opensInRoles(String name, String... roles) {
        return new BlackFriday(name, Tenant.named(name), List.of(roles), 15, 10);
    }

    /** An unanswered call keeps its place among the calls at once until its target has settled it, so where many are lost there are more places. */
    static BlackFriday opensToMany(String name, int replicas) {
        return new BlackFriday(name, Tenant.named(name), Collections.nCopies(replicas, ALL_ROLES), 100, 60);
    }

    private static Account impatient(Account vendor) {
        return vendor.with("timeout", TIMEOUT_MS + "ms").with("grace", GRACE_MS + "ms").with("settles-within", "6s");
    }

    /** Two replies of a hundred are lost, one call is cut, one is worked on after its caller gave up. */
    void vendorsMisbehave() {
        Map<String, Object> faults = Map.of("commitThenSilence", 0.02, "silenceThenCommit", 0.01, "reset", 0.01,
                "silenceDelayMs", 5_000, "settleMs", 2_500);
        sandbox.post("/sandbox/settings", Map.of("netsuite", faults, "wms", faults));
    }

    /** 15 answers of a hundred are lost, 5 calls are worked on after their caller gave up, 5 fail, 2 are cut; and some answers are slow. */
    void vendorsAreHostile() {
        Map<String, Object> faults = Map.of("commitThenSilence", 0.15, "silenceThenCommit", 0.05, "error500", 0.05, "reset", 0.02,
                "silenceDelayMs", 5_000, "settleMs", 2_500, "latencyMinMs", 20, "latencyMaxMs", 300);
        sandbox.post("/sandbox/settings", Map.of("netsuite", faults, "wms", faults));
    }

    void vendorsTake(int leastMs, int mostMs) {
        Map<String, Object> latency = Map.of("latencyMinMs", leastMs, "latencyMaxMs", mostMs);
        sandbox.post("/sandbox/settings", Map.of("netsuite", latency, "wms", latency));
    }

    private synchronized String token() {
        if (token == null) {
            token = Token.of(engine.url(), "admin");
        }
        return token;
    }

    /** What a person asks or does at the console. */
    RequestSpecification console() {
        return Api.at(engine.url(), token());
    }

    /** Orders come in while a person has stopped the ERP, until so many wait for it. */
    void pilesUp(int orders) {
        await("the backlog").atMost(Duration.ofMinutes(5)).until(() -> waitingForTheErp() >= orders);
        console().when().post("/api/connections/netsuite/resume").then().statusCode(200);
    }

    void stopsTheErp() {
        console().body(Map.of("reason", "month end")).when().post("/api/connections/netsuite/pause").then().statusCode(200);
    }

    long waitingForTheErp() {
        return sql().number("select count(*) from orderweir.delivery where connection = 'netsuite' and state in ('ready', 'sending', 'unsure')");
    }

    Services services() {
        return tenant.services();
    }

    Sql sql() {
        return tenant.sql();
    }

    JsonNode report() {
        return report("");
    }

    JsonNode report(String query) {
        return sandbox.get("/sandbox/report?" + query);
    }

    /** Calls that a vendor has and has not answered. */
    long callsInFlight() {
        JsonNode report = report();
        return report.path("netsuite").path("openNow").asLong() + report.path("wms").path("openNow").asLong();
    }

    /** Deliveries that could be claimed now. */
    long backlog() {
        return sql().number("select count(*) from orderweir.delivery where claimable");
    }

    /** kill -9; everything = engine, broker and database at the same time. The vendors live on. */
    void kill(boolean everything) {
        CompletableFuture<Void> theOthers = everything ? CompletableFuture.runAsync(services()::kill9) : CompletableFuture.completedFuture(null);
        engine.kill9();
        theOthers.join();
    }

    @Override
    public void close() {
        replicas.forEach(Engine::close);
        if (tenant.prefix().isEmpty()) {
            services().close();
        }
    }
}
