-- Puts a corrected document in the place of a message's own. What is not sent yet gets the new fingerprint; what is under way keeps the old
-- one, so that a newer version corrects the target. An edit may not move lines between targets, nor change what a gate was opened for.
create or replace function message_correct(p_message bigint, p_canonical jsonb, p_hash text, p_deliveries jsonb) returns void language plpgsql as $$
declare
  owner bigint;
  wanted orderweir.wanted[];
begin
  select entity_id into owner from orderweir.message where id = p_message;
  wanted := orderweir.plan_stay(array(select w from orderweir.plan_wanted(owner, p_message, p_deliveries) as w));
  if exists (
      select from orderweir.delivery d
      left join unnest(wanted) as i on (i.connection, i.port, i.part) = (d.connection, d.port, d.part)
      where d.message_id = p_message and d.state in ('gated', 'ready', 'sending', 'unsure', 'held')
        -- what was paid is planned by what is heard, whatever becomes of the document
        and (select l.payment from orderweir.lane l where l.id = d.lane_id) is null
        and (i.cancel, i.line_ids, i.gate_basis) is distinct from (d.cancel, d.line_ids, d.gate_basis))
    or exists (
      select from unnest(wanted) as i
      where not exists (
        select from orderweir.lane l where (l.entity_id, l.connection, l.port, l.part) = (owner, i.connection, i.port, i.part))) then
    raise exception 'This changes which lines go where, or a line that waits at a gate. Change it in the shop: its next event takes the place of this one.'
      using errcode = 'OW422';
  end if;
  update orderweir.payload set canonical = p_canonical where message_id = p_message;
  update orderweir.message set hash = p_hash where id = p_message;
  update orderweir.entity set hash = p_hash where id = owner and message_id = p_message;
  with corrected as (
    update orderweir.delivery d
    set fingerprint = i.fingerprint
    from unnest(wanted) as i
    where d.message_id = p_message and (i.connection, i.port, i.part) = (d.connection, d.port, d.part) and d.state in ('gated', 'ready', 'held')
    returning d.lane_id, d.seq, d.fingerprint)
  update orderweir.lane l
  set fingerprint = c.fingerprint
  from corrected c
  where l.id = c.lane_id and l.last_seq = c.seq;
end $$;
