-- The first message that was appended at a time or later, or one beside it; one behind the last when there is none, null without any. Numbers and times grow together, so a few looks find it.
create or replace function message_first_since(p_time timestamptz) returns bigint language plpgsql stable as $$
declare
  low bigint := 0;
  high bigint := (select max(id) + 1 from orderweir.message);
  middle bigint;
  appended timestamptz;
begin
  while low + 1 < high loop
    middle := (low + high) / 2;
    select appended_at into appended from orderweir.message where id >= middle order by id limit 1;
    if appended < p_time then
      low := middle;
    else
      high := middle;
    end if;
  end loop;
  return high;
end $$;
