-- Where the audit log is not what was written, computed from its hashes.
-- in: nothing   out: one row: rows, the hash that the next row will carry, and at most 100 faults
select h.id as rows, encode(h.hash, 'hex') as hash,
       (select coalesce(jsonb_agg(jsonb_build_object('row', f.id, 'fault', f.fault) order by f.id), '[]')
        from (select id, fault from orderweir.audit_faults() limit 100) f) as faults
from orderweir.audit_head h
