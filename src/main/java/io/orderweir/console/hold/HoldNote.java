package io.orderweir.console.hold;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;

/** What somebody wrote down about a hold, or about all of its cause. */
@Entity
@Immutable
@Table(name = "hold_note")
@Schema(description = "A note of one hold, or without it of all of its cause.")
public class HoldNote extends PanacheEntityBase {

    @Id
    public long id;
    @Column(name = "hold_id")
    public Long hold;
    @Column(name = "noted_at")
    public Instant notedAt;
    @Column(name = "noted_by")
    public String notedBy;
    public String note;
    @JsonIgnore
    public String fingerprint;

    /** Of a cause as a whole, the newest first. */
    static PanacheQuery<HoldNote> of(String fingerprint) {
        return find("fingerprint = ?1 and hold is null order by id desc", fingerprint);
    }

    /** Of one hold, and of its cause as a whole, the newest first. */
    static PanacheQuery<HoldNote> of(String fingerprint, long hold) {
        return find("fingerprint = ?1 and (hold is null or hold = ?2) order by id desc", fingerprint, hold);
    }
}
