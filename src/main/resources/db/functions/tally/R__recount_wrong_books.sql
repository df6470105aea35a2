-- What the last counting found wrong, one row for each sort of it.
create or replace function recount_wrong_books() returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  with
    last as materialized (
      select r.* from orderweir.recount r order by r.at desc limit 1),
    found as (
      select d.difference ->> 'sort' as sort, string_agg(case d.difference ->> 'sort'
          when 'total' then case when d.difference ? 'wrong' then format('gate %s: %s of its lines said wrongly whether they wait', d.difference ->> 'place',
              orderweir.alert_count_words((d.difference ->> 'wrong')::bigint))
            else concat_ws(' ', 'book ' || (d.difference ->> 'book') || ',', d.difference ->> 'place',
              case when d.difference ->> 'book' in ('message', 'repeat', 'planned') then 'partition ' || (d.difference ->> 'partition') end, nullif(d.difference ->> 'state', ''),
              case when (d.difference ->> 'due')::boolean then 'and due' end)
            || format(': %s kept, %s counted, %s', orderweir.alert_count_words((d.difference ->> 'kept')::bigint), orderweir.alert_count_words((d.difference ->> 'counted')::bigint),
                 orderweir.recount_off_by((d.difference ->> 'kept')::bigint, (d.difference ->> 'counted')::bigint)) end
          when 'records' then format('%s partition %s: %s records taken in, %s accounted for, %s', d.difference ->> 'topic', d.difference ->> 'partition',
                 orderweir.alert_count_words((d.difference ->> 'records')::bigint), orderweir.alert_count_words((d.difference ->> 'accounted')::bigint),
                 orderweir.recount_off_by((d.difference ->> 'accounted')::bigint, (d.difference ->> 'records')::bigint))
          else format('message %s: %s deliveries planned, %s there', d.difference ->> 'message', d.difference ->> 'planned', d.difference ->> 'deliveries')
        end, '; ' order by d.place) as said
      from last l
      cross join lateral jsonb_array_elements(l.differences) with ordinality as d (difference, place)
      group by 1)
  select 'books', 'books|' || f.sort, 'books',
         case f.sort
           when 'total' then format('The counting of %s found running totals that were wrong, %s in all (%s). They are set right; somebody had changed rows past the triggers: find out who, and count again.',
             orderweir.utc(l.at), orderweir.alert_count_words(l.corrected), f.said)
           when 'records' then format('The books do not balance since the counting of %s (%s). Keep the database as it is and report it; nothing is mended by itself.', orderweir.utc(l.at), f.said)
           else format('The counting of %s found messages with other deliveries than were planned, %s in all (%s). Keep the database as it is and report it; nothing is mended by itself.',
             orderweir.utc(l.at), orderweir.alert_count_words(l.wrong_plans), f.said)
         end,
         case f.sort when 'total' then l.corrected when 'plan' then l.wrong_plans else 1 end
  from last l
  cross join found f
$$;
