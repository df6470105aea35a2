-- Where the log is not what was written: a row that was changed, put in or taken out; nothing when all is well.
create or replace function audit_faults() returns table (id bigint, fault text) language sql stable as $$
  select c.id, case
      when c.hash <> orderweir.audit_hash(c.entry) then 'was changed after it was written'
      when c.id <> c.last_id + 1 then format('rows %s to %s are missing before it', c.last_id + 1, c.id - 1)
      else 'does not follow the row before it'
    end
  from (
    select a.id, a.hash, a.before, a as entry, lag(a.id, 1, 0::bigint) over w as last_id, lag(a.hash, 1, ''::bytea) over w as last_hash
    from orderweir.audit a
    window w as (order by a.id)) c
  where c.hash <> orderweir.audit_hash(c.entry) or c.before <> c.last_hash or c.id <> c.last_id + 1
  union all
  select h.id, format('the log ends with row %s, and row %s was written', coalesce(l.id, 0), h.id)
  from orderweir.audit_head h
  left join lateral (select x.id, x.hash from orderweir.audit x order by x.id desc limit 1) l on true
  where (coalesce(l.id, 0), coalesce(l.hash, '')) <> (h.id, h.hash)
$$;
