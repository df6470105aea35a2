package io.orderweir.connection;

/** The kinds of work that share a connection, the most urgent first; flows.yaml says by its place here which a delivery is. */
public enum Priority {
    ORDERS, STOCK, PRICES, CATALOGUE, REPLAYS
}
