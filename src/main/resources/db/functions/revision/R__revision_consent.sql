-- A person says that the change which waits for it may be taken up, whatever it touches.
create or replace function revision_consent(p_by text, p_at timestamptz default clock_timestamp()) returns jsonb language plpgsql as $$
declare
  waiting orderweir.revision_refused;
begin
  select * into waiting from orderweir.revision_refused order by refused_at desc limit 1 for update;
  if waiting.digest is null then
    raise exception 'No change waits for anybody.' using errcode = 'OW404';
  elsif not waiting.waits then
    raise exception 'Something is wrong with this change; correct it: %', waiting.faults[1] using errcode = 'OW409';
  end if;
  update orderweir.revision_refused set consented_by = p_by where digest = waiting.digest;
  return jsonb_build_object('by', p_by, 'at', orderweir.utc(p_at), 'touched', to_jsonb(waiting.faults), 'answer', 'The change is taken up within seconds, by every process.');
end $$;
