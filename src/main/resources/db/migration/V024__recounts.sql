-- Totals and their checking: how many lines wait at each gate is kept, too; a counting that finds a difference says which, and a person is told until a
-- later one finds none.

-- Which gates a line waits at is kept with the gate, so that the board is a walk along an index and its numbers are totals like the others: a gate is waited for
-- while it is closed and something that was asked for behind it waits. Whoever moves a delivery of a build, or a gate, holds the order's row.
alter table gate add column waited_for boolean not null default false;
comment on column gate.waited_for is 'closed, and a delivery behind it is gated or held';
alter table gate add constraint gate_open_is_not_waited_for check (not waited_for or opened_at is null);

create function is_waited_for(p_build bigint, p_gate text) returns boolean language plpgsql stable as $$
begin
  return exists (select from orderweir.delivery d where d.build_id = p_build and d.state in ('gated', 'held') and p_gate = any (d.behind));
end $$;

update gate set waited_for = true where opened_at is null and is_waited_for(build_id, name);
create index gate_board on gate (name, coalesce(due_at, 'infinity'), build_id) where waited_for;
create index gate_oldest on gate (name, build_id) where waited_for;

-- Says of the gates of these builds whether they are waited for.
create function note_waiting(p_builds bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  update orderweir.gate g
  set waited_for = not g.waited_for
  where g.build_id = any (p_builds) and g.waited_for <> (g.opened_at is null and orderweir.is_waited_for(g.build_id, g.name));
end $$;

create function note_new_waiting() returns trigger language plpgsql as $$
declare
  builds bigint[] := array(select distinct a.build_id from after a where a.build_id is not null and a.state in ('gated', 'held'));
begin
  if cardinality(builds) > 0 then
    perform orderweir.note_waiting(builds);
  end if;
  return null;
end $$;
create trigger delivery_note_new_waiting after insert on delivery referencing new table as after for each statement execute function note_new_waiting();

create function note_moved_waiting() returns trigger language plpgsql as $$
begin
  perform orderweir.lock_entity(new.entity_id);
  perform orderweir.note_waiting(array[new.build_id]);
  return null;
end $$;
create trigger delivery_note_waiting after update on delivery
  for each row when (new.build_id is not null and (old.state in ('gated', 'held')) <> (new.state in ('gated', 'held'))) execute function note_moved_waiting();

create function note_turned_gate() returns trigger language plpgsql as $$
begin
  new.waited_for := new.opened_at is null and orderweir.is_waited_for(new.build_id, new.name);
  return new;
end $$;
create trigger gate_note_turned before update on gate
  for each row when ((old.opened_at is null) <> (new.opened_at is null)) execute function note_turned_gate();

comment on column tally.book is 'message, repeat, planned: by topic, partition (and state); delivery: by connection, state and whether it is due; gate: waited for, by name, waiting or late; order: by connection; hour: orders by the hour (UTC) in which they came';
create function tally_moved_gates() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, n)
  select 'gate', g.name, g.state, sum(g.n)
  from (
    select name, case when late_at is null then 'waiting' else 'late' end as state, -1 as n from before where waited_for
    union all
    select name, case when late_at is null then 'waiting' else 'late' end, 1 from after where waited_for) g
  group by g.name, g.state
  having sum(g.n) <> 0;
  return null;
end $$;
create trigger gate_tally_moved after update on gate referencing old table as before new table as after for each statement execute function tally_moved_gates();

create or replace view counted as
select t.book, m.topic as place, m.partition, t.state, false as due, sum(t.n)::bigint as n
from (select topic, partition, state, count(*) as n, sum(repeats) as repeats, sum(planned) as planned from message group by topic, partition, state) m
cross join lateral (values ('message', m.state, m.n), ('repeat', '', m.repeats), ('planned', '', m.planned)) as t (book, state, n)
group by t.book, m.topic, m.partition, t.state
having sum(t.n) <> 0
union all
select 'delivery', connection, 0, state, claimable, count(*) from delivery group by connection, state, claimable
union all
select 'order', connection, 0, '', false, count(*) from entity where type = 'order' and name is not null group by connection
union all
select 'gate', g.name, 0, case when g.late_at is null then 'waiting' else 'late' end, false, count(*)
from gate g
where g.opened_at is null and exists (
  select from delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind))
group by g.name, g.late_at is null;

insert into tally (book, place, partition, state, due, n) select book, place, partition, state, due, n from counted where book = 'gate';

-- What a counting finds wrong.
alter table recount add column differences jsonb not null default '[]';
comment on column recount.differences is 'what did not agree, of each sort the three largest: {sort: total, book, place, partition, state, due, counted, kept}, {sort: total, book gate, place, wrong}, {sort: records, topic, partition, records, accounted}, {sort: plan, message, planned, deliveries}';

-- Counts everything row by row in one snapshot, and sets the running sums right where they differ; before it what stands with the gates. With p_after: only if nobody has counted since then.
create or replace function recount(p_by text, p_after timestamptz) returns jsonb language plpgsql as $$
declare
  started timestamptz := clock_timestamp();
  told orderweir.recount;
  mended jsonb;
begin
  if not pg_try_advisory_xact_lock(hashtext('orderweir.recount')) then
    return jsonb_build_object('answer', 'Everything is being counted already.');
  end if;
  select * into told from orderweir.recount r where r.at > p_after order by r.at desc limit 1;
  if not found then
    with wrong as (
      update orderweir.gate g
      set waited_for = not g.waited_for
      where g.waited_for <> (g.opened_at is null and orderweir.is_waited_for(g.build_id, g.name))
      returning g.name)
    select coalesce(jsonb_agg(jsonb_build_object('sort', 'total', 'book', 'gate', 'place', w.name, 'wrong', w.n) order by w.n desc, w.name), '[]') into mended
    from (select name, count(*) as n from wrong group by name) w;
    with
      counted as materialized (select * from orderweir.counted),
      tallied as materialized (select * from orderweir.tallied where book <> 'hour'),
      differing as materialized (
        select book, place, partition, state, due, coalesce(c.n, 0) as counted, coalesce(t.n, 0) as kept
        from counted c full join tallied t using (book, place, partition, state, due)
        where c.n is distinct from t.n),
      corrected as (
        insert into orderweir.tally (book, place, partition, state, due, n) select d.book, d.place, d.partition, d.state, d.due, d.counted - d.kept from differing d),
      books as materialized (
        select i.topic, i.partition, i.records, coalesce(c.n, 0) as accounted
        from orderweir.intake i
        left join (select place, partition, sum(n) as n from counted where book in ('message', 'repeat') group by place, partition) c
          on (c.place, c.partition) = (i.topic, i.partition)),
      unplanned as materialized (
        select m.id as message, m.planned, coalesce(d.n, 0) as deliveries
        from orderweir.message m
        left join (select message_id, count(*) as n from orderweir.delivery group by message_id) d on d.message_id = m.id
        where m.planned <> coalesce(d.n, 0)),
      sample as (
        (select 1 as place, to_jsonb(d) || '{"sort": "total"}' as difference from differing d order by abs(d.counted - d.kept) desc, d.book, d.place, d.partition, d.state limit 3)
        union all
        (select 2, to_jsonb(b) || '{"sort": "records"}' from books b where b.records <> b.accounted order by abs(b.records - b.accounted) desc, b.topic, b.partition limit 3)
        union all
        (select 3, to_jsonb(u) || '{"sort": "plan"}' from unplanned u order by u.message limit 3))
    insert into orderweir.recount (at, asked_by, took, balanced, records, wrong_plans, corrected, differences)
    select started, p_by, clock_timestamp() - started, not exists (select from books b where b.records <> b.accounted) and not exists (select from unplanned),
           (select coalesce(sum(b.records), 0) from books b), (select count(*) from unplanned), (select count(*) from differing) + jsonb_array_length(mended),
           jsonb_path_query_array(mended, '$[0 to 2]') || (select coalesce(jsonb_agg(s.difference order by s.place), '[]') from sample s)
    returning * into told;
    delete from orderweir.recount r where r.at < started - interval '400 days';
  end if;
  return jsonb_build_object('at', orderweir.utc(told.at), 'by', told.asked_by, 'tookMs', round(1000 * extract(epoch from told.took)), 'balanced', told.balanced,
    'messagesWithWrongPlan', told.wrong_plans, 'corrected', told.corrected, 'differences', told.differences,
    'answer', case when told.balanced then format('Counted again: all %s records are accounted for.', told.records) else 'Counted again: the books do not balance.' end
      || case told.corrected when 0 then '' else format(' %s of the running totals were wrong, and are set right.', told.corrected) end);
end $$;

-- 1 too many, 2 missing: what is kept against what was counted.
create function off_by(p_kept bigint, p_counted bigint) returns text language sql immutable as $$
  select orderweir.counted(abs(p_kept - p_counted)) || case when p_kept > p_counted then ' too many' else ' missing' end
$$;

-- What the last counting found wrong, one row for each sort of it.
create function wrong_books() returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  with
    last as materialized (
      select r.* from orderweir.recount r order by r.at desc limit 1),
    found as (
      select d.difference ->> 'sort' as sort, string_agg(case d.difference ->> 'sort'
          when 'total' then case when d.difference ? 'wrong' then format('gate %s: %s of its lines said wrongly whether they wait', d.difference ->> 'place',
              orderweir.counted((d.difference ->> 'wrong')::bigint))
            else concat_ws(' ', 'book ' || (d.difference ->> 'book') || ',', d.difference ->> 'place',
              case when d.difference ->> 'book' in ('message', 'repeat', 'planned') then 'partition ' || (d.difference ->> 'partition') end, nullif(d.difference ->> 'state', ''),
              case when (d.difference ->> 'due')::boolean then 'and due' end)
            || format(': %s kept, %s counted, %s', orderweir.counted((d.difference ->> 'kept')::bigint), orderweir.counted((d.difference ->> 'counted')::bigint),
                 orderweir.off_by((d.difference ->> 'kept')::bigint, (d.difference ->> 'counted')::bigint)) end
          when 'records' then format('%s partition %s: %s records taken in, %s accounted for, %s', d.difference ->> 'topic', d.difference ->> 'partition',
                 orderweir.counted((d.difference ->> 'records')::bigint), orderweir.counted((d.difference ->> 'accounted')::bigint),
                 orderweir.off_by((d.difference ->> 'accounted')::bigint, (d.difference ->> 'records')::bigint))
          else format('message %s: %s deliveries planned, %s there', d.difference ->> 'message', d.difference ->> 'planned', d.difference ->> 'deliveries')
        end, '; ' order by d.place) as said
      from last l
      cross join lateral jsonb_array_elements(l.differences) with ordinality as d (difference, place)
      group by 1)
  select 'books', 'books|' || f.sort, 'books',
         case f.sort
           when 'total' then format('The counting of %s found running totals that were wrong, %s in all (%s). They are set right; somebody had changed rows past the triggers: find out who, and count again.',
             orderweir.utc(l.at), orderweir.counted(l.corrected), f.said)
           when 'records' then format('The books do not balance since the counting of %s (%s). Keep the database as it is and report it; nothing is mended by itself.', orderweir.utc(l.at), f.said)
           else format('The counting of %s found messages with other deliveries than were planned, %s in all (%s). Keep the database as it is and report it; nothing is mended by itself.',
             orderweir.utc(l.at), orderweir.counted(l.wrong_plans), f.said)
         end,
         case f.sort when 'total' then l.corrected when 'plan' then l.wrong_plans else 1 end
  from last l
  cross join found f
$$;

-- What needs a person now, one row for each cause. p: see sql/alert/watch.sql.
create or replace function troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select t.kind, t.cause, t.subject, t.sentence, t.count from orderweir.all_troubles(p, p_at) as t
  where t.kind <> 'hold' or not orderweir.is_put_off(t.subject, p_at)
  union all
  select b.kind, b.cause, b.subject, b.sentence, b.count from orderweir.wrong_books() as b
$$;
