package io.orderweir.console.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.orderweir.console.order.Build;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What was decided at a gate of a line, by whom and on what evidence. */
@Entity
@Immutable
@Table(name = "gate_decision")
@Schema(description = "What was decided at a gate: proposed, opened, closed, refused or extended.")
public class GateDecision extends PanacheEntityBase {

    @Id
    @JsonIgnore
    public long id;
    public Instant at;
    public String gate;
    public String decision;
    public String by;
    public String reason;
    @JdbcTypeCode(SqlTypes.JSON)
    public Object evidence;
    @Column(name = "due_at")
    public Instant dueAt;

    @JsonIgnore
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "build_id")
    public Build build;

    /** At the gates of one line, the oldest first. */
    static PanacheQuery<GateDecision> of(long build) {
        return find("build.id = ?1 order by id", build);
    }

    /** The newest first, with the order that the line is of. */
    static PanacheQuery<GateDecision> newest(long build) {
        return find("from GateDecision d join fetch d.build b join fetch b.entity where b.id = ?1 order by d.id desc", build);
    }
}
