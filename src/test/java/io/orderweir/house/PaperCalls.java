package io.orderweir.house;

import io.orderweir.connector.Connectors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.call.AlreadySent;
import io.orderweir.call.Answers;
import io.orderweir.call.Aside;
import io.orderweir.call.CallEnd;
import io.orderweir.call.CallStart;
import io.orderweir.call.CallTerms;
import io.orderweir.call.CallTime;
import io.orderweir.call.IdempotencyKey;
import io.orderweir.call.ReplicaSession;
import io.orderweir.call.Sent;
import io.orderweir.deliver.Envelope;
import io.orderweir.deliver.ReferenceData;
import io.orderweir.deliver.Workers;
import io.orderweir.hold.Look;
import io.orderweir.hold.Refuse;
import io.orderweir.signin.SignIn;
import io.orderweir.signin.TokenRequest;
import io.orderweir.throttle.Quota;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** The real routes of calls and deliveries in a plain Camel context; what a configuration and a ledger would tell is said by hand. */
public final class PaperCalls {

    public static final String[] FILES = Stream.of("0-errors", "4-call", "4-call-usual", "4-deliver", "4-deliver-port", "4-reference").map(name -> PaperEngine.file(name + ".camel.yaml")).toArray(String[]::new);
    static final String ALERT = "- route: { id: alert, from: { uri: direct:alert, steps: [ { log: told } ] } }";

    private PaperCalls() {
    }

    /** Every call may leave, and its end is noted by nobody. The account acme has five seconds and a megabyte for an answer. */
    static PaperEngine engine() {
        return engine(1 << 20, Duration.ofSeconds(5));
    }

    static PaperEngine engine(int maxAnswer, Duration timeout) {
        Answers answers = new Answers();
        PaperEngine engine = new PaperEngine().bean("answers", answers);
        answers.bind(engine.camel(), "acme", maxAnswer, timeout);
        return engine.bean("callTerms", new Terms()).bean("replicaSession", new Session()).bean("envelope", new Opened()).bean("workers", new OneWorker())
                .bean("quota", new Quota(new ObjectMapper(), Connectors.in(null))).bean("refusal", new Refusing()).bean("look", new Blind()).bean("sent", new Kept()).bean("aside", new Alone()).bean("callTime", new CallTime())
                .bean("idempotencyKey", new IdempotencyKey()).bean("alreadySent", new AlreadySent()).bean("callStart", new Leaving()).bean("callEnd", new Ended()).bean("session", new io.orderweir.call.Session()).bean("referenceData", new NothingListed()).bean("post", new Post()).bean("signIn", new Unsigned()).bean("tokenRequest", new TokenRequest());
    }

    static PaperEngine start(PaperEngine engine, String... more) throws Exception {
        return engine.start(Stream.concat(Stream.of(FILES), Stream.concat(Stream.of(ALERT), Stream.of(more))).toArray(String[]::new));
    }

    public static class Terms extends CallTerms {
        @Override
        public void state(Exchange exchange) {
            exchange.setVariable("label", "Acme");
            exchange.setVariable("system", "acme");
            Map.of("lease", 10.0, "settles", 2.0, "limits", 1).forEach(exchange::setVariable);
        }

        @Override
        public String settling() {
            return "[]";
        }

        @Override
        public double kept() {
            return 0;
        }
    }

    public static final class Session extends ReplicaSession {
        @Override
        public void hold() {
        }
    }

    public static class Opened extends Envelope {
        @Override
        public JsonNode open(Exchange exchange) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    public static class NothingListed extends ReferenceData {
        @Override
        public boolean isOld(Exchange exchange) {
            return false;
        }
    }

    public static class OneWorker extends Workers {
        @Override
        public String idle(Exchange exchange) {
            return "[{\"connection\":\"acme\",\"limits\":1}]";
        }

        @Override
        public int free(String connection) {
            return 1;
        }
    }

    /** The connector's routes say who calls. */
    public static class Unsigned extends SignIn {
        @Override
        public void sign(Exchange exchange) {
        }
    }

    public static class Leaving extends CallStart {
        @Override
        public void begin(Exchange exchange) {
            exchange.setVariable("callBegan", System.nanoTime());
            exchange.setVariable("started", true);
        }
    }

    public static class Ended extends CallEnd {
        @Override
        public void write(Exchange exchange) {
        }
    }

    public static class Kept extends Sent {
        @Override
        public void keep(Exchange exchange) {
            exchange.setVariable("request", "kept");
        }
    }

    public static final class Post {
        public void send(Exchange exchange) {
            exchange.setVariable("status", 250);
        }
    }

    public static final class Blind extends Look {
        @Override
        public String cannot(Exchange exchange) {
            return "Orderweir cannot look at acme.";
        }
    }

    public static final class Alone extends Aside {
        @Override
        public boolean asks(Exchange exchange) {
            return false;
        }
    }

    public static final class Refusing extends Refuse {
        @Override
        public void code(Exchange exchange) {
            // nobody here says where it stands
        }

        @Override
        public void notSendable(Exchange exchange) {
            exchange.setVariable("outcome", "hold");
        }

        @Override
        public void refused(Exchange exchange) {
            exchange.setVariable("outcome", "hold");
        }
    }
}
