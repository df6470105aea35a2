-- What has waited longest, by connection and type: since when it could have been sent. Among the twenty that are due first of each priority.
create or replace function sample_waiting_since(p_connections text[], p_at timestamptz) returns table (connection text, type text, since timestamptz) language sql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select c.connection, m.type, min(greatest(m.captured_at,
           (select max(h.closed_at) from orderweir.hold h where h.message_id = m.id),
           (select max(g.opened_at) from orderweir.gate g where g.build_id = d.build_id)))
  from unnest(p_connections) as c (connection)
  cross join generate_series(0, 4) as l (priority)
  cross join lateral (
    select w.message_id, w.build_id from orderweir.delivery w
    where w.connection = c.connection and w.priority = l.priority and w.claimable
    order by w.due_at, w.id
    limit 20) d
  join orderweir.message m on m.id = d.message_id
  where m.captured_at <= p_at
  group by c.connection, m.type
$$;
