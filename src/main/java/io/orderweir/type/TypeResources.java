package io.orderweir.type;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceResolver;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceSupport;

/** Lets a route name a file of a type's folder, packaged or mounted: {@code json-validator:type:order/schema.json}. */
@Unremovable
@Singleton
@Named(TypeResources.NAME)
public class TypeResources extends ServiceSupport implements ResourceResolver {

    /** Camel finds a resolver in its registry by this name. */
    public static final String NAME = "resource-loader-" + TypeResources.SCHEME;
    private static final String SCHEME = "type";

    private final Types types;
    private CamelContext camel;

    @Inject
    public TypeResources(Types types) {
        this.types = types;
    }

    @Override
    public String getSupportedScheme() {
        return SCHEME;
    }

    @Override
    public Resource resolve(String location) {
        String file = location.substring(SCHEME.length() + 1);
        return ResourceHelper.fromBytes(location, types.bytes(file).orElseThrow(() -> new IllegalArgumentException("the types have no file " + file)));
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }
}
