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
      where g.waited_for <> (g.opened_at is null and orderweir.gate_is_waited_for(g.build_id, g.name))
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
