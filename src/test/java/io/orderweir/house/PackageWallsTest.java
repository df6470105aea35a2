package io.orderweir.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import io.orderweir.alert.Post;
import io.orderweir.call.Answers;
import io.orderweir.throttle.Door;
import org.junit.jupiter.api.Test;

/** The walls between the capabilities of io.orderweir, and between them and the world. */
class PackageWallsTest {

    private static final JavaClasses OURS = OurClasses.ALL;
    private static final String ROOT = "io.orderweir.";
    private static final String ANY = "*";

    /** Who may use what of whom; * is every capability of the engine. A new row needs a reason as good as these. */
    private static final List<Edge> ALLOWED = List.of(
            new Edge(ANY, "connection", ANY, "accounts are configured in one place"),
            new Edge(ANY, "mounted", ANY, "what is mounted has one revision for all"),
            new Edge("revision", ANY, ANY, "exchanges what all others are made of"),
            new Edge(ANY, "connector", ANY, "what a system is and can stands in its folder"),
            new Edge(ANY, "type", ANY, "what a type of events is stands in its folder"),
            new Edge(ANY, "policy", ANY, "tables of facts are read in one place, and may be mounted"),
            new Edge(ANY, "ledger", "Captured", "the record of one captured fact"),
            new Edge("capture", "arrival", "BodyDoor", "what comes over HTTP has one budget for a door"),
            new Edge(ANY, "wire", "ReceivedHeaders", "what came from outside is read in one way"),
            new Edge("ledger", "gate", "GateClasses", "a plan splits off the lines that wait for gates"),
            new Edge("ledger", "signature", "Seal", "what capture did not write is no event"),
            new Edge("hold", "ledger", ANY, "a hold is a state of what the ledger keeps"),
            new Edge("hold", "money", "Worth", "what an order is worth is worked out in one place"),
            new Edge("deliver", "money", "Worth", "what an order is worth is worked out in one place"),
            new Edge("hold", "mapping", "TooCostly", "what a mapping gave up is held"),
            new Edge("hold", "mapping", "FailedLine", "a hold says in which line of a mapping it arose"),
            new Edge("call", "ledger", "Sql", "statements stand in files"),
            new Edge("call", "ledger", "LedgerAway", "trouble of the database is said in one way"),
            new Edge("call", "ledger", "Fingerprint", "what is planned and what is sent are named in one way"),
            new Edge("deliver", "throttle", "Limits", "calls at once are workers"),
            new Edge("deliver", "call", "Aside", "what is asked before a delivery's own call is kept with what its calls found"),
            new Edge("signin", "ledger", "Sql", "statements stand in files"),
            new Edge("signin", "ledger", "LedgerAway", "trouble of the database is said in one way"),
            new Edge("signin", "signature", "TokenBasedAuth", "one way to sign a call is to sign its request"),
            new Edge("explain", "hold", "Causes", "why something is held is said in the words of the console"),
            new Edge("access", "ledger", "Sql", "statements stand in files"),
            new Edge("alert", "hold", "Causes", "people are told of a cause in the words of the console"),
            new Edge("alert", "writing", "Direction", "messages quote what vendors and buyers wrote"),
            new Edge(ANY, "privacy", "Scrubber", "secrets are taken out of what is kept, logged or shown in one way"),
            new Edge("call", "privacy", "SentRequest", "the log of calls keeps what was sent without its secrets"),
            new Edge("hold", "privacy", "SentRequest", "which headers would be sent is known in one place"),
            new Edge("liveness", "deliver", "Workers", "workers that make nothing of what they were given stand still"),
            new Edge("check", ANY, ANY, "what is wrong at the start is found by whoever would find it"),
            new Edge("contract", ANY, ANY, "connectors are tried with the engine's own beans, whosever they are"),
            new Edge("console", ANY, ANY, "reads everything"));
    private static final Set<String> APART = Set.of("sandbox", "embedded");
    private static final Set<String> NO_NAMES = Set.of("util", "utils", "common", "manager", "impl", "helper", "helpers", "misc");

    private record Edge(String from, String to, String type, String reason) {
        boolean allows(String user, String used, String name) {
            return (from.equals(ANY) || from.equals(user)) && (to.equals(ANY) || to.equals(used)) && (type.equals(ANY) || name.equals(type) || name.startsWith(type + "$"));
        }
    }

    @Test
    void capabilitiesKeepToThemselves() {
        Findings.none(new TreeSet<>(OURS.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(PackageWallsTest::throughAWall).filter(found -> !found.isEmpty()).toList()));
        Findings.found(1, "nothing depends on the console", nonEmpty(refusal("ledger", "Plan", "console", "Page")));
        Findings.found(1, "sandbox", nonEmpty(refusal("sandbox", "Vendor", "connection", "Settings")));
        Findings.found(1, "sandbox", nonEmpty(refusal("console", "Page", "sandbox", "Vendor")));
        Findings.found(1, "no row allows", nonEmpty(refusal("gate", "GateClasses", "ledger", "Append")));
        Findings.found(0, "", nonEmpty(refusal("ledger", "Plan", "gate", "GateClasses$GateClass")));
        Findings.found(0, "", nonEmpty(refusal("console", "Page", "hold", "Sentence")));
    }

    @Test
    void theLauncherNeedsTheJdkAndItsServicesOnly() {
        Findings.none(OURS.stream().filter(type -> capability(type.getPackageName()).equals("embedded")).flatMap(type -> foreignToTheLauncher(type).stream()).toList());
        Findings.found(1, "org.junit", foreignToTheLauncher(new ClassFileImporter().importClass(Example.class)));
    }

    @Test
    void onlyDirectCallLeavesTheHouse() {
        // a knock at a door that is closed says no word, so it is no call; mail is not HTTP, and has its permit and its mark from the same statements
        Findings.none(OURS.stream().filter(type -> !APART.contains(capability(type.getPackageName())) && !type.isEquivalentTo(Door.class) && !type.isEquivalentTo(Post.class)
                        && !isOf(type, Answers.class))
                .flatMap(type -> otherExits(type).stream()).toList());
        // who reads the answers of the exit stands around its client, and has neither a client nor a request to begin a call with
        Findings.none(OURS.stream().filter(type -> isOf(type, Answers.class)).flatMap(type -> foreign(type, Pattern.compile("(?!java\\.net\\.http\\.|java\\.net\\..*(Connection|Socket)$"
                + "|org\\.apache\\.hc\\..*(\\.methods\\.|\\.fluent\\.|\\.async\\.|HttpClients?$|Requester|RequestExecutor)|io\\.vertx\\.|okhttp3\\.).*"), "it ends calls and begins none").stream()).toList());
        Findings.found(1, "java.net.http", otherExits(new ClassFileImporter().importClass(Example.class)).stream().limit(1).toList());
    }

    @Test
    void namesSayWhatAThingIs() {
        Findings.none(OURS.stream().flatMap(type -> emptyNames(type.getPackageName(), type.getSimpleName()).stream()).toList());
        Findings.found(1, "util", emptyNames("io.orderweir.util", "Dates"));
        Findings.found(1, "OrderManager", emptyNames("io.orderweir.ledger", "OrderManager"));
        Findings.found(0, "", emptyNames("io.orderweir.gate", "Implicit"));
    }

    private static String throughAWall(Dependency dependency) {
        JavaClass user = dependency.getOriginClass();
        JavaClass used = dependency.getTargetClass().getBaseComponentType();
        if (!used.getPackageName().startsWith(ROOT) || !user.getPackageName().startsWith(ROOT)) {
            return "";
        }
        return refusal(capability(user.getPackageName()), nested(user), capability(used.getPackageName()), nested(used));
    }

    private static String refusal(String user, String userName, String used, String usedName) {
        if (user.equals(used)) {
            return "";
        }
        String what = ROOT + user + "." + userName + " uses " + ROOT + used + "." + usedName + ": ";
        if (APART.contains(user) || APART.contains(used)) {
            return what + "sandbox and embedded stand apart from the engine and from each other; write the few lines again";
        }
        if (used.equals("console")) {
            return what + "nothing depends on the console; move what is needed to the capability it belongs to";
        }
        return ALLOWED.stream().anyMatch(edge -> edge.allows(user, used, usedName)) ? ""
                : what + "no row allows it; pass the value in, or add a row with its reason to ALLOWED of this test";
    }

    private static List<String> foreignToTheLauncher(JavaClass type) {
        return foreign(type, Pattern.compile("(java|javax|jdk)\\..*|kafka\\..*|org\\.apache\\.kafka\\..*|org\\.apache\\.commons\\.compress\\..*|io\\.orderweir\\.embedded.*"),
                "the launcher starts without the application's jars; use the JDK");
    }

    private static List<String> otherExits(JavaClass type) {
        return foreign(type, Pattern.compile("(?!java\\.net\\.http\\.|java\\.net\\.(HttpURLConnection|URLConnection|Socket|DatagramSocket)$|org\\.apache\\.(hc|http)\\.(?!.*Exception$)|io\\.vertx\\..*\\.?client\\.|io\\.vertx\\.ext\\.mail\\.|okhttp3\\.|org\\.apache\\.camel\\.component\\.http\\.).*"),
                "calls to other systems go through direct:call, under their limit");
    }

    private static List<String> foreign(JavaClass type, Pattern allowed, String wayOut) {
        return new ArrayList<>(new TreeSet<>(type.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(used -> !used.isPrimitive() && !allowed.matcher(used.getName()).matches()).map(used -> type.getName() + " uses " + used.getName() + ": " + wayOut).toList()));
    }

    private static List<String> emptyNames(String packageName, String simpleName) {
        List<String> found = new ArrayList<>();
        for (String part : packageName.split("\\.")) {
            if (NO_NAMES.contains(part)) {
                found.add("package " + packageName + " is named after nothing; name the capability");
            }
        }
        for (String word : simpleName.split("(?<=[a-z0-9])(?=[A-Z])")) {
            if (NO_NAMES.contains(word.toLowerCase())) {
                found.add("class " + packageName + "." + simpleName + " is named after nothing; name what it does");
            }
        }
        return found;
    }

    /** The class or one inside of it. */
    private static boolean isOf(JavaClass type, Class<?> whole) {
        return type.getName().equals(whole.getName()) || type.getName().startsWith(whole.getName() + "$");
    }

    private static String capability(String packageName) {
        return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()).split("\\.")[0] : "";
    }

    private static String nested(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }

    private static List<String> nonEmpty(String finding) {
        return finding.isEmpty() ? List.of() : List.of(finding);
    }

    /** Breaks two rules, to show that they are found. */
    private static final class Example {
        @Test
        void asks(java.net.http.HttpClient client) {
        }
    }
}
