package io.orderweir.console.access;

import io.orderweir.console.Where;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What somebody changed: one row of the audit log. */
@Entity
@Immutable
@Table(name = "audit")
@Schema(description = "Detail is the answer of the command; hash is SHA-256 in hex, over the row and the hash of the one before.")
public class AuditEntry extends PanacheEntityBase {

    @Id
    public long id;
    public Instant at;
    public String by;
    public String action;
    public String subject;
    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> detail;
    @Formula("encode(hash, 'hex')")
    public String hash;

    /** The newest first; by whom, about what and before which row: each may be null, for any. */
    static PanacheQuery<AuditEntry> newest(String by, String subject, Long before) {
        Where where = new Where().and("by = :by", "by", by).and("subject = :subject", "subject", subject).and("id < :before", "before", before);
        return find(where.hql("order by id desc"), where.values());
    }
}
