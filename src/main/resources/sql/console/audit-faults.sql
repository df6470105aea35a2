-- Where a part of the audit log is not what was written, computed from its hashes.
-- in: the row it begins after; that row's hash (hexadecimal) as it was told once, or null; how many rows
-- out: one row: rows of the whole log, the last row of the part (next) with its hash, and at most 100 faults
with
  given as materialized (select ?::bigint as after, decode(?::text, 'hex') as hash, ?::int as most),
  seen as materialized (
    select p.id, p.hash from given g cross join lateral (select a.id, a.hash from orderweir.audit a where a.id > g.after order by a.id limit g.most) p order by p.id desc limit 1)
select h.id as rows, coalesce(s.id, g.after) as next, encode(coalesce(s.hash, g.hash, h.hash), 'hex') as hash,
       (select coalesce(jsonb_agg(jsonb_build_object('row', f.id, 'fault', f.fault) order by f.id), '[]')
        from (select id, fault from orderweir.audit_faults(g.after, g.hash, g.most) limit 100) f) as faults
from orderweir.audit_head h
cross join given g
left join seen s on true
