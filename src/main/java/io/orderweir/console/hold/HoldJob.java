package io.orderweir.console.hold;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What was asked for all holds of a cause, and how far it is. */
@Entity
@Immutable
@Table(name = "hold_job")
public class HoldJob extends PanacheEntityBase {

    @Id
    public long id;
    public String fingerprint;
    public String what;
    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> request;
    @Column(name = "started_by")
    public String startedBy;
    @Column(name = "started_at")
    public Instant startedAt;
    public int total;
    public int done;
    public int failed;
    public int gone;
    @Column(name = "ended_at")
    public Instant endedAt;
    @Column(name = "stopped_by")
    public String stoppedBy;

    /** Of one cause, the newest first. */
    static PanacheQuery<HoldJob> of(String fingerprint) {
        return find("fingerprint = ?1 order by id desc", fingerprint);
    }

    static PanacheQuery<HoldJob> one(long id) {
        return find("id = ?1", id);
    }
}
