package io.orderweir.console.gate;

import io.orderweir.console.order.Message;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What a partner said of an order: a fact that stays. */
@Entity
@Immutable
@Table(name = "signal")
public class Signal extends PanacheEntityBase {

    @Id
    @Column(name = "message_id")
    public long id;
    public String state;
    public String kind;
    public Instant at;
    public BigDecimal amount;
    public String currency;
    @JdbcTypeCode(SqlTypes.JSON)
    public Object evidence;
    @Column(name = "due_at")
    public Instant dueAt;

    @OneToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "message_id", insertable = false, updatable = false)
    public Message message;

    /** Those whose order has not come yet, the oldest first, with what was said. */
    static PanacheQuery<Signal> waiting() {
        return find("from Signal s join fetch s.message m join fetch m.payload where s.state = 'waiting' order by s.id");
    }
}
