package io.orderweir.console.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;

/** Who may enter, and with what; her password is not read here. */
@Entity
@Immutable
@Table(name = "person")
public class Person extends PanacheEntityBase {

    @Id
    public String name;
    public String role;
    @Column(name = "created_at")
    public Instant createdAt;
    @Column(name = "locked_at")
    public Instant lockedAt;
    @Formula("password is not null")
    public boolean hasPassword;

    @JsonIgnore
    @OneToMany(fetch = FetchType.EAGER)
    @JoinColumn(name = "person")
    @OrderBy("key")
    @BatchSize(size = 1000)
    public List<PersonKey> keys;

    static PanacheQuery<Person> byName() {
        return find("order by lower(name)");
    }

    /** When she was here last, as any of her keys tells. */
    public Instant getUsedAt() {
        return keys.stream().map(key -> key.usedAt).max(Comparator.naturalOrder()).orElse(null);
    }

    /** The keys that open something now. */
    public List<PersonKey> getAccess() {
        Instant now = Instant.now();
        return keys.stream().filter(key -> key.expiresAt.isAfter(now)).toList();
    }
}
