package io.orderweir.console.hold;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** What became of one hold in the work on its cause. */
@Entity
@Immutable
@Table(name = "hold_job_step")
@IdClass(HoldJobStep.Key.class)
public class HoldJobStep extends PanacheEntityBase {

    /** A work takes each hold once. */
    public record Key(long job, long hold) {
    }

    @Id
    @Column(name = "job_id")
    public long job;
    @Id
    @Column(name = "hold_id")
    public long hold;
    public String outcome;
    public String answer;

    static PanacheQuery<HoldJobStep> failed(long job) {
        return find("job = ?1 and outcome = 'failed' order by hold", job);
    }
}
