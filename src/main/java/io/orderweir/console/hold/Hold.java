package io.orderweir.console.hold;

import io.orderweir.console.Where;
import io.orderweir.console.order.Delivery;
import io.orderweir.console.order.Message;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;

/** One visit to the Error Hold bin. */
@Entity
@Immutable
@Table(name = "hold")
public class Hold extends PanacheEntityBase {

    @Id
    public long id;
    @Column(name = "opened_at")
    public Instant openedAt;
    @Column(name = "closed_at")
    public Instant closedAt;
    public String resolution;
    @Column(name = "resolved_by")
    public String resolvedBy;
    public String reason;
    public String sentence;
    public String path;
    public String fingerprint;
    @Column(name = "answer_status")
    public Integer answerStatus;
    public String owner;
    @Column(name = "due_at")
    public Instant dueAt;
    @Column(name = "snoozed_until")
    public Instant snoozedUntil;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "message_id")
    public Message message;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "delivery_id")
    public Delivery delivery;

    /** With its order and its delivery. */
    static PanacheQuery<Hold> one(long id) {
        return find("from Hold h join fetch h.message m join fetch m.entity left join fetch h.delivery where h.id = ?1", id);
    }

    /** The open ones of a cause, the newest first; before which one, or null. */
    static PanacheQuery<Hold> open(String fingerprint, Hold before) {
        Where where = new Where("from Hold h join fetch h.message m join fetch m.entity left join fetch h.delivery")
                .and("h.closedAt is null").and("h.fingerprint = :fingerprint", "fingerprint", fingerprint)
                .and("(h.openedAt, h.id) < (:openedAt, :before)", before == null ? null : Map.of("openedAt", before.openedAt, "before", before.id));
        return find(where.hql("order by h.openedAt desc, h.id desc"), where.values());
    }

    /** Those that its order had before this one, the newest first. */
    PanacheQuery<Hold> earlier() {
        return find("message.entity.id = ?1 and id < ?2 order by id desc", message.entity.id, id);
    }

    /** What waits because of it, while it is open: the order's other unsent deliveries that it stops, or that come after it. */
    PanacheQuery<Delivery> waiting() {
        return Delivery.unsentBeside(message.entity.id, delivery);
    }
}
