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
import org.hibernate.annotations.NotFound;
import org.hibernate.annotations.NotFoundAction;

/** One visit to the Error Hold bin. */
@Entity
@Immutable
@Table(name = "hold")
public class Hold extends PanacheEntityBase {

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

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

    /** Null where nobody arranged anything for all holds of its cause. */
    @ManyToOne(fetch = FetchType.LAZY)
    @NotFound(action = NotFoundAction.IGNORE)
    @JoinColumn(name = "fingerprint", insertable = false, updatable = false)
    public HoldArrangement group;

    /** The open ones of a cause, the newest first; before which one, or null: of one that is gone by its number alone. */
    static PanacheQuery<Hold> open(String fingerprint, Long before) {
        return new Where("from Hold h join fetch h.message m join fetch m.entity left join fetch h.delivery left join fetch h.group"
                + (before == null ? "" : " left join Hold b on b.id = :before"))
                .and("h.closedAt is null").and("h.fingerprint = :fingerprint", "fingerprint", fingerprint)
                .and("(h.openedAt, h.id) < (coalesce(b.openedAt, :never), :before)", before == null ? null : Map.of("before", before, "never", NEVER))
                .find(Hold::find, "order by h.openedAt desc, h.id desc");
    }

    /** Those that an order had before this one, the newest first. */
    static PanacheQuery<Hold> earlier(long hold) {
        return find("from Hold e join e.message m join Hold h on h.message.entity = m.entity where h.id = ?1 and e.id < h.id order by e.id desc", hold);
    }
}
