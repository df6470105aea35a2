-- Looks once: samples, raises, ends and plans messages; returns how many messages were planned, or null when somebody else is looking, or has just looked.
create or replace function alert_watch(p jsonb, p_at timestamptz) returns int language plpgsql as $$
declare
  known orderweir.watch;
begin
  select * into known from orderweir.watch where looked_at <= p_at - interval '3 seconds' for update skip locked;
  if not found then
    return null;
  end if;
  if known.sampled_at < date_trunc('minute', p_at) then
    known.seen_message := orderweir.sample_take(array(select x ->> 'connection' from jsonb_array_elements(p -> 'connections') as x), p_at, known.sampled_at, known.seen_message);
    known.sampled_at := p_at;
  end if;
  update orderweir.watch set looked_at = p_at, sampled_at = known.sampled_at, seen_message = known.seen_message;

  insert into orderweir.alert as a (kind, cause, subject, sentence, count, standing, first_at, last_at)
  select t.kind, t.cause, t.subject, t.sentence, t.count, true, p_at, p_at from orderweir.alert_troubles(p, p_at) as t
  on conflict (cause) where state <> 'over' do update
  set count = greatest(a.count, excluded.count), sentence = excluded.sentence, last_at = excluded.last_at
  where a.count < excluded.count or a.sentence <> excluded.sentence or a.last_at < excluded.last_at - interval '20 seconds';
  -- what was not seen for a minute does not come back in the next second
  update orderweir.alert a
  set state = 'over', over_at = p_at, ending = orderweir.alert_ending(a, p, p_at),
      -- what is told again because its end has come nearer is not told to be over
      ended_at = case when a.kind = 'end' and exists (
        select from orderweir.alert nearer
        where nearer.state <> 'over' and nearer.id > a.id and nearer.kind = 'end'
          and regexp_replace(nearer.cause, '[0-9]+$', '') = regexp_replace(a.cause, '[0-9]+$', '')) then p_at end
  where a.state <> 'over' and a.standing and a.last_at < p_at - interval '1 minute';
  return orderweir.notification_plan_begun(p, p_at) + orderweir.notification_plan_over(p, p_at);
end $$;
