-- What a person discards keeps the rest of its order waiting no longer, and the shop is told of it no more.
create or replace function request_go_without() returns trigger language plpgsql as $$
begin
  perform orderweir.notice_show(new.build_id);
  perform orderweir.gate_weigh_together(new.entity_id);
  return null;
end $$;
