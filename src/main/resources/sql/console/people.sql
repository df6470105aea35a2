-- Who may enter, and with what.
-- in: nothing   out: one row per person
select p.name, p.role, p.created_at as "createdAt", p.locked_at as "lockedAt", p.password is not null as "hasPassword",
       (select max(k.used_at) from orderweir.key k where k.person = p.name) as "usedAt",
       (select coalesce(jsonb_agg(jsonb_build_object('key', k.id, 'kind', k.kind, 'label', k.label, 'createdAt', orderweir.utc(k.created_at),
                 'usedAt', orderweir.utc(k.used_at), 'expiresAt', orderweir.utc(k.expires_at)) order by k.id), '[]')
        from orderweir.key k where k.person = p.name and k.expires_at > clock_timestamp()) as access
from orderweir.person p
order by lower(p.name)
limit 1000
