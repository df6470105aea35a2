package io.orderweir.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Knows people by the keys in the ledger, asked anew with every request: who is locked out is out at once, on every replica. */
@ApplicationScoped
public class Doorkeeper implements IdentityProvider<KeyRequest> {

    @Inject
    Keys keys;

    @Override
    public Class<KeyRequest> getRequestType() {
        return KeyRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(KeyRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> keys.open(request.key()).map(Doorkeeper::identity)
                .orElseThrow(() -> new AuthenticationFailedException("a key that opens nothing")));
    }

    private static SecurityIdentity identity(Entry entry) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(entry.person())).addRoles(Role.upTo(entry.role()))
                .addAttribute(Visitor.ROLE, entry.role()).addAttribute(Visitor.KEY, entry.key()).build();
    }
}
