-- A counting that finds a difference says which, and a person is told until a later one finds none.
alter table recount add column differences jsonb not null default '[]';
comment on column recount.differences is 'what did not agree, of each sort the three largest: {sort: total, book, place, partition, state, due, counted, kept}, {sort: records, topic, partition, records, accounted}, {sort: plan, message, planned, deliveries}';

-- Counts everything row by row in one snapshot, and sets the running sums right where they differ. With p_after: only if nobody has counted since then.
create or replace function recount(p_by text, p_after timestamptz) returns jsonb language plpgsql as $$
declare
  started timestamptz := clock_timestamp();
  told orderweir.recount;
begin
  if not pg_try_advisory_xact_lock(hashtext('orderweir.recount')) then
    return jsonb_build_object('answer', 'Everything is being counted already.');
  end if;
  select * into told from orderweir.recount r where r.at > p_after order by r.at desc limit 1;
  if not found then
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
           (select coalesce(sum(b.records), 0) from books b), (select count(*) from unplanned), (select count(*) from differing),
           (select coalesce(jsonb_agg(s.difference order by s.place), '[]') from sample s)
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
          when 'total' then concat_ws(' ', 'book ' || (d.difference ->> 'book') || ',', d.difference ->> 'place',
              case when d.difference ->> 'book' in ('message', 'repeat', 'planned') then 'partition ' || (d.difference ->> 'partition') end, nullif(d.difference ->> 'state', ''),
              case when (d.difference ->> 'due')::boolean then 'and due' end)
            || format(': %s kept, %s counted, %s', orderweir.counted((d.difference ->> 'kept')::bigint), orderweir.counted((d.difference ->> 'counted')::bigint),
                 orderweir.off_by((d.difference ->> 'kept')::bigint, (d.difference ->> 'counted')::bigint))
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
