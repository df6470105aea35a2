package io.orderweir.console.flow;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One full counting of the books. */
@Entity
@Immutable
@Table(name = "recount")
public class Recount extends PanacheEntityBase {

    @Id
    public Instant at;
    @Column(name = "asked_by")
    public String by;
    @Formula("round(1000 * date_part('epoch', took))")
    public long tookMs;
    public boolean balanced;
    public long records;
    @Column(name = "wrong_plans")
    public long messagesWithWrongPlan;
    public int corrected;
    @JdbcTypeCode(SqlTypes.JSON)
    public List<Map<String, Object>> differences;

    public static PanacheQuery<Recount> newest() {
        return find("order by at desc");
    }
}
