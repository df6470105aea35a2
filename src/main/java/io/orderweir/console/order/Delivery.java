package io.orderweir.console.order;

import io.orderweir.console.Where;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
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

    /** The unsent ones of an order that a hold of it stops, or that come after the held one, where it is known. */
    public static PanacheQuery<Delivery> unsentBeside(long order, Delivery held) {
        Where where = new Where().and("entity = :order", "order", order).and("state in ('gated', 'ready')");
        if (held == null) {
            where.and("stopped");
        } else {
            where.and("id <> :held and (stopped or afterLane = :lane)", Map.of("held", held.id, "lane", held.lane));
        }
        return find(where.hql("order by id"), where.values());
    }
}
