-- The records of a connection that are to be read back and can be: nothing is on its way to them that would make something else of them. The longest waiting first.
create or replace function totals_waiting(p_connection text, p_most int, p_at timestamptz) returns setof orderweir.lane language sql stable as $$
  select l.*
  from orderweir.lane l
  where l.connection = p_connection and l.read_at <= p_at and l.read_call is null and l.remote_id is not null
    and not exists (select from orderweir.delivery d where d.lane_id = l.id and d.state in ('gated', 'ready', 'sending', 'unsure', 'held'))
  order by l.read_at, l.id
  limit p_most
$$;
