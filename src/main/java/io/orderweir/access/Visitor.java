package io.orderweir.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Who looks or acts, for pages, commands and the audit log. */
@Named("visitor")
@RequestScoped
public class Visitor {

    static final String ROLE = "role";
    static final String KEY = "key";

    @Inject
    SecurityIdentity identity;

    /** The name in the books; empty for nobody. */
    public String name() {
        return identity.isAnonymous() ? "" : identity.getPrincipal().getName();
    }

    public String getName() {
        return name();
    }

    /** Her role's name; empty for nobody. */
    public String getRole() {
        String role = identity.getAttribute(ROLE);
        return role == null ? "" : role;
    }

    public boolean may(String role) {
        return identity.hasRole(role);
    }

    /** The number of the key she entered with, or null. */
    public Long key() {
        return identity.getAttribute(KEY);
    }
}
