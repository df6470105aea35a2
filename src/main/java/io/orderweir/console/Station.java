package io.orderweir.console;

import io.quarkus.qute.TemplateData;

/**
 * One place on an order's way, as the picture of the flow shows it.
 *
 * @param name what people call it
 * @param href its list
 * @param state flowing, idle, waiting, gated, limit, away, paused or maintenance
 * @param number what is there, as people read it
 * @param of what the number counts
 * @param perMinute how much goes through, or null where nobody counts it
 * @param why what holds it up, or null
 * @param since from when on, an instant, or null
 * @param clearsAt when its queue will be empty, an instant, or null
 */
@TemplateData
public record Station(String name, String href, String state, String number, String of, String perMinute, String why, String since, String clearsAt) {
}
