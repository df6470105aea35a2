package io.orderweir.console.order;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What we made of the bytes of an event; a list never reads the bytes. */
@Entity
@Immutable
@Table(name = "payload")
public class Payload extends PanacheEntityBase {

    @Id
    @Column(name = "message_id")
    public long message;
    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> canonical;
}
