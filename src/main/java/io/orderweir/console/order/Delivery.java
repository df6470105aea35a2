package io.orderweir.console.order;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** One part of an order for one target, as lists beside it show it. */
@Entity
@Immutable
@Table(name = "delivery")
public class Delivery extends PanacheEntityBase {

    @Id
    public long id;
    public String state;
    public String connection;
    public String part;
    public boolean stopped;
    @Column(name = "waits_after")
    public boolean waitsAfter;
    @Column(name = "closed_gates")
    public short closedGates;
    @Column(name = "entity_id")
    public long entity;
    @Column(name = "lane_id")
    public long lane;
    @Column(name = "after_lane_id")
    public Long afterLane;

    /** What waits because of an open hold: the order's other unsent deliveries that it stops, or that come after it. */
    public static PanacheQuery<Delivery> waitingFor(long hold) {
        return find("""
                from Delivery w
                join Hold h on h.id = ?1 and h.closedAt is null
                join h.message m
                left join h.delivery d
                where w.entity = m.entity.id and w.state in ('gated', 'ready') and w.id is distinct from d.id and (w.stopped or w.afterLane = d.lane)
                order by w.id""", hold);
    }
}
