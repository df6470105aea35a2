-- Gives a connection its next deliveries, each in a call of its own with one permit of every limit: up to p_most, which is how many calls can begin at once.
-- While the target is away one is given to whoever comes first when a probe is due. Deliveries are locked first, then permits; who comes second passes over
-- both, so that nobody waits here. Returns what a call needs to know, as it stands under those locks.
create or replace function deliver_take(p_connection text, p_most int, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz)
returns table (call_id bigint, starts_at timestamptz, id bigint, message_id bigint, port text, part text, external_id text, attempts int, verb text, look_up boolean, looks boolean,
  remote_id text, order_name text, correlation_id text, others_answered boolean, line_ids jsonb, canonical jsonb, basis text, gates jsonb, waits_at jsonb, found jsonb) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
declare
  target orderweir.connection_state := (select s from orderweir.connection_state s where s.connection = p_connection);
  most int := orderweir.deliver_room(target, p_connection, p_most, p_ahead, p_limits, p_at);
  waiting bigint[];
  granted orderweir.granted[];
begin
  if most = 0 then
    return;
  end if;
  waiting := orderweir.deliver_lock_due(p_connection, most, p_at);
  if cardinality(waiting) = 0 then
    return;
  elsif target.away_since is not null and not orderweir.deliver_probe(p_connection, p_lease, p_at) then
    return;
  end if;
  granted := array(select g from orderweir.permits_take(p_connection, least(most, cardinality(waiting)), p_ahead, p_lease, p_settles, p_limits, p_at) g);
  return query
  with
    pairs as materialized (
      select * from orderweir.deliver_pair(waiting, granted)),
    claimed as (
      update orderweir.delivery d
      set state = 'sending', call_id = p.call_id
      from pairs p
      where d.id = p.id
      returning d.*, p.starts_at),
    told as materialized (
      select c.call_id, c.starts_at, c.id, c.message_id, c.port, c.part,
             orderweir.lane_reference(l, c.external_id) as external_id, c.attempts::int,
             case when c.cancel then 'cancel' when l.remote_id is null then 'create' else 'update' end as verb,
             -- what was looked at is sent again
             case when l.remote_id is null then c.unsure_since is not null or l.doubtful
                  else c.unsure_since > coalesce(c.looked_at, '-infinity') or l.doubtful and c.looked_at is null end is true as look_up,
             c.looks, l.remote_id, orderweir.entity_called(c.entity_id), m.correlation_id,
             coalesce(target.succeeded_at > c.failed_at, false) as others_answered, c.line_ids, y.canonical, left(c.gate_basis, 8) as basis,
             case when c.build_id is not null then (
               select coalesce(jsonb_object_agg(g.name, g.evidence), '{}') from orderweir.gate g where g.build_id = c.build_id and g.opened_at is not null) end as gates,
             case when c.notice = 'closed' then (
               select coalesce(jsonb_agg(g.name order by g.due_at, g.name), '[]') from orderweir.gate g where g.build_id = c.build_id and g.opened_at is null and not g.rule ? 'asks') end as waits_at,
             c.found
      from claimed c
      join orderweir.lane l on l.id = c.lane_id
      join orderweir.message m on m.id = c.message_id
      join orderweir.payload y on y.message_id = c.message_id),
    opened as (
      insert into orderweir.call (id, purpose, connection, port, verb, claimed_at, leased_until, replica)
      select t.call_id, 'deliver', p_connection, t.port, t.verb, p_at, t.starts_at + p_lease, p_replica from told t)
  select * from told t order by t.starts_at, t.id;
  if not found and target.away_since is not null then
    -- no permit after all: the probe is still due
    update orderweir.connection_state set probe_at = p_at where connection = p_connection and away_since is not null;
  end if;
end $$;
