-- Writes the sample of a minute and notes what arrived since the one before; returns the newest message it knows.
create or replace function sample_take(p_connections text[], p_at timestamptz, p_before timestamptz, p_seen bigint) returns bigint language plpgsql as $$
declare
  newest bigint;
  began constant timestamptz := greatest(p_before, p_at - interval '1 hour');
begin
  select coalesce(max(id), 0) into newest from orderweir.message;
  -- a message that was committed late may have a smaller number
  insert into orderweir.arrival (connection, bucket)
  select distinct m.connection, floor(extract(epoch from m.captured_at) / 600)::bigint from orderweir.message m
  where m.id > p_seen - 1000 and m.id <= newest and m.captured_at > p_at - interval '8 days'
  on conflict do nothing;
  insert into orderweir.sample (at, connection, due, blocked, gated, held, unsure, lag_seconds, delivered, arrived)
  select date_trunc('minute', p_at), c.connection, coalesce(w.due, 0), coalesce(w.blocked, 0), coalesce(w.gated, 0), coalesce(w.held, 0), coalesce(w.unsure, 0),
         greatest(0, coalesce(extract(epoch from p_at - l.since), 0))::int, coalesce(e.delivered, 0), coalesce(a.arrived, 0)
  from unnest(p_connections) as c (connection)
  left join (
    select t.place as connection, sum(t.n) filter (where t.due) as due, sum(t.n) filter (where t.state in ('ready', 'unsure') and not t.due) as blocked,
           sum(t.n) filter (where t.state = 'gated') as gated, sum(t.n) filter (where t.state = 'held') as held, sum(t.n) filter (where t.state = 'unsure') as unsure
    from orderweir.tallied t
    where t.book = 'delivery'
    group by t.place) w using (connection)
  left join (
    select s.connection, min(s.since) as since from orderweir.sample_waiting_since(p_connections, p_at) s group by s.connection) l using (connection)
  left join (
    select t.connection, count(*) as delivered
    from orderweir.call_log t
    where t.ended_at > began and t.ended_at <= p_at and t.purpose = 'deliver' and t.outcome in ('done', 'found')
    group by t.connection) e using (connection)
  left join (
    select m.connection, count(*) as arrived from orderweir.message m where m.id > p_seen and m.id <= newest group by m.connection) a using (connection)
  on conflict do nothing;
  delete from orderweir.sample where at < p_at - interval '25 hours';
  delete from orderweir.arrival where bucket < floor(extract(epoch from p_at - interval '8 days') / 600);
  return newest;
end $$;
