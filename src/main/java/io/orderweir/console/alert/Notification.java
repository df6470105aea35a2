package io.orderweir.console.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;

/** One message on one channel, of one alert or several. */
@Entity
@Immutable
@Table(name = "notification")
public class Notification extends PanacheEntityBase {

    @Id
    @JsonIgnore
    public long id;
    public String channel;
    public String purpose;
    public String state;
    /** When it ended, or until then when it was planned. */
    @Formula("coalesce(ended_at, planned_at)")
    public Instant at;
    public String reason;
}
