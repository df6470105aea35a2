-- Sends a held delivery on its way again. documents: array of {message, canonical, hash, deliveries}, corrected by changes.
-- What a newer version has taken the place of is refused, with the newer one named.
create or replace function hold_release_delivery(p_hold bigint, p_by text, p_seen text, p_changes jsonb, p_documents jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold := orderweir.hold_take(p_hold, p_seen);
  released orderweir.delivery;
  document jsonb;
  stale record;
begin
  select n.message_id as newer, m.type, orderweir.entity_called(e.id) as name into stale
  from orderweir.delivery d
  join orderweir.delivery n on n.lane_id = d.lane_id and n.seq > d.seq and n.state in ('gated', 'ready', 'sending', 'unsure', 'held', 'delivered', 'confirmed')
  join orderweir.message m on m.id = d.message_id
  join orderweir.message o on o.id = n.message_id and o.version > m.version
  join orderweir.entity e on e.id = d.entity_id
  where d.id = taken.delivery_id and not (d.cancel and d.build_id is not null)
  order by n.seq desc
  limit 1;
  if found then
    raise exception '% %: superseded by %. Discard this one.', initcap(stale.type), stale.name, orderweir.message_newer(stale.newer) using errcode = 'OW409';
  end if;
  perform orderweir.correction_note(m.entity_id, p_by, p_changes) from orderweir.message m where m.id = taken.message_id;
  for document in select * from jsonb_array_elements(p_documents) loop
    perform orderweir.message_correct((document ->> 'message')::bigint, document -> 'canonical', document ->> 'hash', document -> 'deliveries');
  end loop;
  update orderweir.hold
  set closed_at = clock_timestamp(), resolved_by = p_by,
      resolution = case when p_changes = '[]' then 'released' else 'released with a correction' end
  where id = p_hold;
  update orderweir.delivery d
  -- of what nobody could look up a person has said now that it is to be sent again
  set state = case when d.unsure_since is not null and taken.reason <> 'maybe-done' then 'unsure' when d.closed_gates > 0 then 'gated' else 'ready' end,
      due_at = greatest(clock_timestamp(), l.quiet_at),
      unsure_since = case when taken.reason <> 'maybe-done' then d.unsure_since end,
      attempts = 0,
      reason = null
  from orderweir.lane l
  where d.id = taken.delivery_id and d.state = 'held' and l.id = d.lane_id
  returning d.* into released;
  if not found then
    raise exception 'Its delivery is no longer held.' using errcode = 'OW409';
  end if;
  -- what was not found by the key of another connector is made now, under ours
  update orderweir.lane set legacy_key = null, doubtful = false where id = released.lane_id and taken.reason = 'not-taken-over' and remote_id is null;
  -- whatever is known of the target, a person wants the call
  update orderweir.lane set sent = null where id = released.lane_id and sent is not null;
  perform orderweir.bring_in_line(array[released.entity_id]);
  return jsonb_build_object('hold', p_hold, 'delivery', released.id, 'state', released.state, 'corrections', jsonb_array_length(p_changes),
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: released to %s%s.', orderweir.entity_called(released.entity_id), released.connection,
      case jsonb_array_length(p_changes) when 0 then '' when 1 then ' with 1 correction' else format(' with %s corrections', jsonb_array_length(p_changes)) end));
end $$;
