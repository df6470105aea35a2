-- Where the log is not what was written, among so many rows after one whose hash is known (null: as the log says it): a row that was changed, put in or taken out.
create or replace function audit_faults(p_after bigint, p_hash bytea, p_most int) returns table (id bigint, fault text) language sql stable as $$
  with
    part as materialized (
      select a.id, a.hash, a.before, a as entry from orderweir.audit a where a.id > p_after order by a.id limit p_most),
    known as materialized (
      select k.hash from (select 1) one left join orderweir.audit k on k.id = p_after)
  select c.id, case
      when c.hash <> orderweir.audit_hash(c.entry) then 'was changed after it was written'
      when c.id <> c.last_id + 1 then format('rows %s to %s are missing before it', c.last_id + 1, c.id - 1)
      else 'does not follow the row before it'
    end
  from (
    select p.*, lag(p.id, 1, p_after) over w as last_id, lag(p.hash, 1, coalesce((select k.hash from known k), '')) over w as last_hash
    from part p
    window w as (order by p.id)) c
  where c.hash <> orderweir.audit_hash(c.entry) or c.before <> c.last_hash or c.id <> c.last_id + 1
  union all
  select p_after, 'is not what it was when its hash was told' from known k where p_hash is not null and k.hash is distinct from p_hash
  union all
  select h.id, format('the log ends with row %s, and row %s was written', coalesce(l.id, 0), h.id)
  from orderweir.audit_head h
  left join lateral (select x.id, x.hash from orderweir.audit x order by x.id desc limit 1) l on true
  where (coalesce(l.id, 0), coalesce(l.hash, '')) <> (h.id, h.hash) and (select count(*) from part) < p_most
$$;
