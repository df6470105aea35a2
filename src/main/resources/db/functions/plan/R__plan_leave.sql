-- A plan that goes to other accounts than before: who has a part, or may have it, keeps it, and what no account has goes to the new one alone.
create or replace function plan_leave(p_wanted orderweir.wanted[]) returns orderweir.wanted[] language plpgsql as $$
begin
  p_wanted := orderweir.plan_stay(p_wanted);
  -- what no account has goes to the new one alone
  update orderweir.delivery d
  set state = 'superseded', head = false, done_at = clock_timestamp(), reason = format('%s gets it', o.wanted)
  from orderweir.plan_left(p_wanted) as o
  where d.lane_id = o.lane_id and not o.stands and d.state in ('gated', 'ready', 'held');
  update orderweir.lane l set fingerprint = null from orderweir.plan_left(p_wanted) as o where l.id = o.lane_id and not o.stands;
  return p_wanted;
end $$;
