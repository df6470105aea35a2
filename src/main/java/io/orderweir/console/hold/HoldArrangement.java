package io.orderweir.console.hold;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Who cares for all holds of one cause, until when, and until when they are put off. */
@Entity
@Immutable
@Table(name = "hold_group")
public class HoldArrangement extends PanacheEntityBase {

    @Id
    public String fingerprint;
    public String owner;
    @Column(name = "due_at")
    public Instant dueAt;
    @Column(name = "snoozed_until")
    public Instant snoozedUntil;

    static PanacheQuery<HoldArrangement> of(String fingerprint) {
        return find("fingerprint = ?1", fingerprint);
    }
}
