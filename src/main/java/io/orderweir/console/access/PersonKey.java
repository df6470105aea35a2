package io.orderweir.console.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A session, a program's token, or a link that sets a password; what it is recognised by is not read here. */
@Entity
@Immutable
@Table(name = "key")
public class PersonKey extends PanacheEntityBase {

    @Id
    @Column(name = "id")
    public long key;
    public String kind;
    public String label;
    @Column(name = "created_at")
    public Instant createdAt;
    @Column(name = "used_at")
    public Instant usedAt;
    @Column(name = "expires_at")
    public Instant expiresAt;
}
