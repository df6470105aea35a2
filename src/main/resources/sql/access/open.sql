-- Whose key this is, if it opens anything now; its use is noted once a minute.
-- in: hash, seconds after which a session that is not used ends   out: one row, or none
with
  found as (
    select k.hash, k.id, k.kind, k.used_at, p.name, p.role
    from orderweir.key k
    join orderweir.person p on p.name = k.person
    where k.hash = ? and k.kind <> 'link' and k.expires_at > clock_timestamp() and p.locked_at is null
      -- a directory does not say that somebody has left: her tokens end with her visits
      and orderweir.person_has_left(p.name) is not true
      and (k.kind = 'token' or k.used_at > clock_timestamp() - make_interval(secs => ?))),
  used as (
    update orderweir.key k
    set used_at = clock_timestamp()
    from found f
    where k.hash = f.hash and f.used_at < clock_timestamp() - interval '1 minute')
select id, kind, name as person, role from found
