package io.orderweir.console.alert;

import io.orderweir.console.Where;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;

/** Something that needs a person, and who was told of it. */
@Entity
@Immutable
@Table(name = "alert")
@Schema(description = "State is open, acknowledged or over; count says how often its cause was seen.")
public class Alert extends PanacheEntityBase {

    @Id
    public long id;
    public String state;
    public String kind;
    public String subject;
    public String sentence;
    @Schema(description = "What became of it; null while it is not over.")
    public String ending;
    public int count;
    @Column(name = "first_at")
    public Instant firstAt;
    @Column(name = "last_at")
    public Instant lastAt;
    public short step;
    @Column(name = "acknowledged_at")
    public Instant acknowledgedAt;
    @Column(name = "acknowledged_by")
    public String acknowledgedBy;
    @Column(name = "over_at")
    public Instant overAt;

    @ManyToMany(fetch = FetchType.EAGER)
    @JoinTable(name = "told", joinColumns = @JoinColumn(name = "alert_id"), inverseJoinColumns = @JoinColumn(name = "notification_id"))
    @OrderBy("id")
    @BatchSize(size = 200)
    public List<Notification> told;

    /** Those that are not over: those first that nobody has taken, then the oldest. */
    static PanacheQuery<Alert> notOver() {
        return find("where state <> 'over' order by case when state = 'acknowledged' then 1 else 0 end, firstAt, id");
    }

    /** Those that are over, the newest first; before which one, or null. */
    static PanacheQuery<Alert> over(Long before) {
        Where where = new Where().and("state = 'over'").and("id < :before", "before", before);
        return find(where.hql("order by id desc"), where.values());
    }
}
