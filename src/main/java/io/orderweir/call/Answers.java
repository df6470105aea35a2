package io.orderweir.call;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.Timeout;

/**
 * Reads answers, each so far and so long as its connection says: {@code max-answer}, and {@code timeout} for the whole call, from before its connection is opened
 * to the last byte of the answer. Where either ends the socket is closed, and what was read until then is the answer, which says that it was cut.
 *
 * <p>It stands around the client's own work ({@code httpClientConfigurer} of the one exit), behind decompression, so that a small answer cannot become a large one.
 */
@Unremovable
@ApplicationScoped
@Named("answers")
@RegisterForReflection
public class Answers implements CamelContextCustomizer {

    /** The name of a connection's reader begins so. */
    private static final String READER = "answersOf.";
    private static final int FIRST = 4096;
    /** So far a page has begun, whatever stands before it. */
    private static final int BEGINNING = 200;
    private static final int LONGEST_LINE = 1 << 14;
    private static final int MOST_HEADERS = 1000;
    /** More than there are workers. */
    private static final int MOST_LINES = 100;

    /** How far and how long the next answer of each connection is read. */
    private final Map<String, Bounds> bounds = new ConcurrentHashMap<>();
    /** One thread, which ends the calls whose time is over. */
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "call-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    Connections connections;

    public Answers() {
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Also for accounts that came later, or say something else now. */
    @Override
    public void configure(CamelContext camel) {
        for (String name : connections.names()) {
            Connection connection = connections.connection(name);
            bind(camel, name, (int) connection.maxAnswer().asLongValue(), connection.timeout());
        }
    }

    /** For the exit: {@code answersOf.<connection>} reads its answers. A client that is there already reads the next one by these bounds, too. */
    public void bind(CamelContext camel, String connection, int most, Duration timeout) {
        bounds.put(connection, new Bounds(most, timeout));
        HttpClientConfigurer reader = client -> client.setConnectionManager(lines(timeout))
                .addExecInterceptorFirst("answers", (request, scope, chain) -> new Reader(bounds.get(connection)).execute(request, scope, chain));
        camel.getRegistry().bind(READER + connection, HttpClientConfigurer.class, reader);
    }

    /** The connections of one account. What comes before an answer has bounds as well. */
    private static HttpClientConnectionManager lines(Duration timeout) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build()).build())
                .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(Timeout.of(timeout)).build())
                .setMaxConnPerRoute(MOST_LINES).setMaxConnTotal(MOST_LINES).build();
    }

    /** In: the body, as the exit leaves it. Out: body and variable answer, as text; when it was cut, variables failure (cut) and cut (why); of a web page failure (page). */
    public void keep(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        String text = body instanceof Answer read ? read.text() : exchange.getMessage().getBody(String.class);
        exchange.getMessage().setBody(text);
        exchange.setVariable("answer", text);
        if (body instanceof Answer read && read.cut() != null) {
            exchange.setVariable("failure", "cut");
            exchange.setVariable("cut", read.cut());
        } else if (isPage(text)) {
            exchange.setVariable("failure", "page");
        }
    }

    /** A page for people, whatever its content type says: a login, a maintenance, a gateway that is in the way. */
    private static boolean isPage(String answer) {
        String begins = answer == null ? "" : answer.substring(0, Math.min(answer.length(), BEGINNING)).replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT);
        return begins.startsWith("<!doctype html") || begins.startsWith("<html");
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }

    private record Bounds(int most, Duration timeout) {
    }

    /** Reads one answer: a call ends by the bounds that it began with. */
    private final class Reader {

        private final int most;
        private final Duration timeout;

        Reader(Bounds bounds) {
            most = bounds.most();
            timeout = bounds.timeout();
        }

        ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException, HttpException {
            Call call = new Call((Cancellable) scope.originalRequest);
            Future<?> end = clock.schedule(call::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                ClassicHttpResponse response = chain.proceed(request, scope);
                if (response.getEntity() != null) {
                    response.setEntity(new Kept(response.getEntity(), read(response.getEntity(), call)));
                    // it is decompressed; who believed this header would do it again, and without an end
                    response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
                    if (response.containsHeader(HttpHeaders.CONTENT_TYPE) && HttpConstants.CONTENT_TYPE_JAVA_SERIALIZED_OBJECT.equals(response.getFirstHeader(HttpHeaders.CONTENT_TYPE).getValue())) {
                        // Camel would not hand it on
                        response.removeHeaders(HttpHeaders.CONTENT_TYPE);
                    }
                }
                return response;
            } catch (IOException | RuntimeException failed) {
                if (call.late) {
                    throw (SocketTimeoutException) new SocketTimeoutException("no answer within " + seconds()).initCause(failed);
                }
                throw failed;
            } finally {
                end.cancel(false);
            }
        }

        private Answer read(HttpEntity entity, Call call) {
            byte[] bytes = new byte[(int) Math.max(1, Math.min(most, entity.getContentLength() < 0 ? FIRST : entity.getContentLength()))];
            int length = 0;
            String cut = "nobody knows why";
            try {
                // never closed before its end: that would read the rest of it
                InputStream in = entity.getContent();
                int more = in.read(bytes, 0, bytes.length);
                while (more >= 0) {
                    length += more;
                    if (length < bytes.length) {
                        more = in.read(bytes, length, bytes.length - length);
                        continue;
                    }
                    int next = in.read();
                    if (next < 0 || length == most) {
                        more = next < 0 ? -1 : more;
                        break;
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * length));
                    bytes[length] = (byte) next;
                    more = 1;
                }
                cut = more < 0 ? null : "it is longer than " + most + " bytes (max-answer)";
            } catch (IOException ended) {
                cut = call.late ? "it was not there within " + seconds() : "its connection ended before it (" + ended.getMessage() + ")";
            } finally {
                if (cut != null) {
                    call.end();
                }
            }
            return new Answer(bytes, length, cut);
        }

        private String seconds() {
            return timeout.toMillis() / 1000.0 + " s";
        }
    }

    /** A call that is under way. */
    private static final class Call {

        private final Cancellable request;
        private volatile boolean late;

        Call(Cancellable request) {
            this.request = request;
        }

        void expire() {
            late = true;
            end();
        }

        /** Closes its socket at once, wherever the call is. */
        void end() {
            request.cancel();
        }
    }

    /** What was read, in the place of what could be. */
    private static final class Kept extends HttpEntityWrapper {

        private final Answer answer;

        Kept(HttpEntity read, Answer answer) {
            super(read);
            this.answer = answer;
        }

        @Override
        public InputStream getContent() {
            return answer;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public long getContentLength() {
            return answer.length();
        }

        @Override
        public void close() {
            // it is read
        }
    }
}
