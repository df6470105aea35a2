-- Starts work on every open hold of a group: release them as they are, fix them (request {changes [{path, value, replaced}]}), or discard
-- them (request {reason}). One at a time per group, and only if as many are held as was planned for (request {planned}).
create or replace function hold_job_start(p_group text, p_by text, p_what text, p_request jsonb) returns jsonb language plpgsql as $$
declare
  job bigint;
  holds bigint[];
  target text;
begin
  if exists (select from orderweir.hold_job where fingerprint = p_group and ended_at is null) then
    raise exception 'Somebody works on this group already. Wait until that is done, or stop it.' using errcode = 'OW409';
  end if;
  select array_agg(h.id order by h.id), max(d.connection) into holds, target
  from orderweir.hold h left join orderweir.delivery d on d.id = h.delivery_id
  where h.fingerprint = p_group and h.closed_at is null;
  if holds is null then
    raise exception 'Nothing is held for this cause any more: %.', p_group using errcode = 'OW404';
  end if;
  if cardinality(holds) <> (p_request ->> 'planned')::bigint then
    raise exception 'It was planned for %, and % are held for this cause now. Look at what it would do, and say it again.', p_request ->> 'planned', cardinality(holds) using errcode = 'OW409';
  end if;
  insert into orderweir.hold_job (fingerprint, what, request, connection, started_by, total)
  values (p_group, p_what, p_request - 'planned', target, p_by, cardinality(holds))
  returning id into job;
  insert into orderweir.hold_job_step (job_id, hold_id) select job, unnest(holds);
  return jsonb_build_object('job', job, 'group', p_group, 'what', p_what, 'total', cardinality(holds), 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('%s of %s begun. It goes on behind live orders, and can be stopped.',
      case p_what when 'release' then 'Release' when 'fix' then 'Correction' else 'Discard' end,
      case cardinality(holds) when 1 then '1 hold' else cardinality(holds) || ' holds' end));
exception when unique_violation then
  raise exception 'Somebody works on this group already. Wait until that is done, or stop it.' using errcode = 'OW409';
end $$;
