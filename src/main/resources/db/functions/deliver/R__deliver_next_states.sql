-- What ended calls mean for their deliveries, one row for each: as it stands, with its next state (to_state), whether the failure counts against it (counts), and how
-- many of its calls, one after the other, found nothing new (circles). Whoever calls it holds the deliveries, and has written how long their targets may work on them.
create or replace function deliver_next_states(p_ends orderweir.call_end[])
returns table (call bigint, connection text, port text, verb text, step text, outcome text, because text, expired boolean, called_at timestamptz, wait float8, longest_wait float8, status int,
  reason text, sentence text, path text, answer text, remote_id text, found jsonb, final boolean, id bigint, message_id bigint, lane_id bigint, entity_id bigint, cancel boolean,
  unsure_since timestamptz, due_at timestamptz, attempts int, known boolean, doubtful boolean, quiet_at timestamptz, counts boolean, circles int, sent text, to_state text) language sql stable as $$
  with before as materialized (
    select e.*, d.id, d.message_id, d.lane_id, d.unsure_since, d.due_at, d.attempts, d.cancel, l.doubtful or l.legacy_key is not null and l.remote_id is null as doubtful, l.remote_id is not null as known, d.entity_id,
           -- whose fault: it counts only if, between its last failure and this try, the target did answer another delivery
           (e.outcome = 'unsure' or e.because in ('busy', 'away')) and not e.expired and coalesce(e.others_answered, false) as counts,
           -- what goes on and found what it had found already may do so for ever
           case when e.outcome <> 'onward' then d.circles when e.found is not distinct from d.found then d.circles + 1 else 0 end as circles,
           greatest(l.quiet_at, '-infinity') as quiet_at
    from unnest(p_ends) e
    join orderweir.delivery d on d.call_id = e.call
    join orderweir.lane l on l.id = d.lane_id)
  select b.call, b.connection, b.port, b.verb, b.step, b.outcome, b.because, b.expired, b.called_at, b.wait, b.longest_wait, b.status,
         b.reason, b.sentence, b.path, b.answer, b.remote_id, b.found, b.final, b.id, b.message_id, b.lane_id, b.entity_id, b.cancel,
         b.unsure_since, b.due_at, b.attempts, b.known, b.doubtful, b.quiet_at, b.counts, b.circles, case when b.outcome = 'done' then b.sent end,
         case
           when b.outcome = 'done' then 'delivered'
           -- whether the record of a lost change or cancel is there says nothing of the change: it is sent again (a look that sees what was wanted answers done)
           when b.known and b.outcome in ('found', 'absent') then 'unsure'
           -- found after a hold: it may be an older content, so the present one is sent as an update, or the cancel
           when b.outcome = 'found' then case when b.doubtful then 'ready' else 'confirmed' end
           -- so many calls of a delivery, one after the other, may find nothing new
           when b.outcome = 'hold' or b.counts and b.attempts + 1 >= b.patience or b.outcome = 'onward' and b.circles >= 20 then 'held'
           when b.outcome = 'unsure' then 'unsure'
           -- not found counts only when the look-up began after the target could no longer be working on the call
           when b.outcome = 'absent' and b.called_at >= b.quiet_at then case when b.cancel then 'superseded' else 'ready' end
           when b.outcome = 'absent' then 'unsure'
           -- one of several calls is made: the next one follows
           when b.outcome = 'onward' then 'ready'
           else case when b.unsure_since is null then 'ready' else 'unsure' end
         end
  from before b
$$;
