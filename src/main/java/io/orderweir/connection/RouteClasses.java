package io.orderweir.connection;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.dao.DataAccessException;

/** Classes of others that routes name; a native program keeps only what is listed. Our own say it beside their definition. */
@RegisterForReflection(targets = {
    ByteArrayDeserializer.class, ByteArraySerializer.class, ConnectException.class, ConnectTimeoutException.class, DataAccessException.class, Error.class,
    ExecutionException.class, GroupedBodyAggregationStrategy.class, IllegalArgumentException.class, IOException.class, NoRouteToHostException.class, RecordTooLargeException.class,
    SocketTimeoutException.class, SSLHandshakeException.class, UnknownHostException.class})
final class RouteClasses {

    private RouteClasses() {
    }
}
