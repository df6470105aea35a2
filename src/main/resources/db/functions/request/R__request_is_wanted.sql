-- Whether a build is still wanted: something of it waits, is under way, or stands at a target.
create or replace function request_is_wanted(p_build bigint) returns boolean language sql stable as $$
  select orderweir.request_is_made(p_build, null)
    or exists (select from orderweir.delivery d where d.build_id = p_build and not d.cancel and d.notice is null and d.state in ('gated', 'ready', 'held'))
$$;
