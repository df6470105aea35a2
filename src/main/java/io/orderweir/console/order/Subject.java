package io.orderweir.console.order;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** What events are about: an order, a product; in the ledger an {@code entity}. */
@Entity
@Immutable
@Table(name = "entity")
public class Subject extends PanacheEntityBase {

    @Id
    public long id;
    public String key;
    public String name;

    /** As people call it. */
    public String called() {
        return name == null ? key : name;
    }
}
