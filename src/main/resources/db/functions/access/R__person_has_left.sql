-- Whether a person whom only a directory lets in has not come through it for so long that she may not be of the house any more.
create or replace function person_has_left(p_name text) returns boolean language sql stable as $$
  select coalesce((
    select a.at < clock_timestamp() - interval '30 days'
    from orderweir.audit a
    where a.by = p_name and a.action = 'access.enter'
    order by a.id desc
    limit 1), false)
  from orderweir.person p
  where p.name = p_name and p.password is null
$$;
