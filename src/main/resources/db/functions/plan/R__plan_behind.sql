-- Behind which gates of its build a wanted delivery waits, and how many of them are closed. p_last_seq: of the delivery before it in its lane.
create or replace function plan_behind(p_wanted orderweir.wanted, p_last_seq bigint) returns table (names text[], closed bigint) language sql stable as $$
  select b.names, c.closed
  from (
    select case when p_wanted.build_id is not null then array(
      select g.name from jsonb_to_recordset(p_wanted.gates) as g (name text)
      union
      -- what waited at a gate goes on waiting there, though the policy has it no more: only a person lets it through
      select k.name from unnest((
        select d.behind from orderweir.delivery d
        where d.lane_id = p_wanted.lane_id and d.seq = p_last_seq and d.build_id = p_wanted.build_id and p_wanted.notice is null and not p_wanted.cancel)) as k (name)
      where (select m.class from orderweir.build m where m.id = p_wanted.build_id) = p_wanted.class
        and exists (select from orderweir.gate o where o.build_id = p_wanted.build_id and o.name = k.name and o.opened_at is null and not jsonb_exists(o.rule, 'together'))
      order by 1) end as names) b
  cross join lateral (
    select count(*) as closed from unnest(b.names) as g (name)
    where not exists (select from orderweir.gate o where o.build_id = p_wanted.build_id and o.name = g.name and o.opened_at is not null)) c
$$;
