package io.orderweir.console;

/** What is asked of connections: the bodies of commands. */
final class ConnectionRequests {

    private ConnectionRequests() {
    }

    record PauseConnection(String reason) {
    }
}
