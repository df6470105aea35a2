package io.orderweir.process;

/** How a test's database and broker are reached; a test that has one for a parameter runs in either way. */
public enum Access {
    /** As the launcher starts them for whoever tries Orderweir. */
    CLEAR,
    /** As in a data centre: a broker that speaks TLS only and signs in by SCRAM-SHA-512, and a database that engines reach by TLS, both with certificates of a CA of their own. */
    GUARDED
}
