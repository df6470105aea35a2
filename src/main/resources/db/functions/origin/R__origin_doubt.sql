-- What is planned for a message that was captured before the ledger was put back may stand at its target already: it is looked for before it is sent.
create or replace function origin_doubt(p_wanted orderweir.wanted[]) returns void language sql as $$
  update orderweir.lane l
  set doubtful = true, sent = null, quiet_at = greatest(l.quiet_at, o.quiet_at)
  from unnest(p_wanted) w
  join orderweir.message m on m.id = w.message_id
  join orderweir.origin o on m.captured_at < o.restored_at
  where l.id = w.lane_id
$$;
