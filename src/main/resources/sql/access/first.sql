-- Makes the first admin as long as nobody can enter as admin: with a password if one is given, else with a link that sets it.
-- in: name, bcrypt hash of the password or null, hash of the link, seconds it may be used   out: one row: a link was made
with
  asked as materialized (
    select ?::text as name, ?::text as password, ?::bytea as link, ?::float8 as lasts
    -- of replicas that start at the same time one comes first: a name has two unique indexes, and a conflict is looked for in one
    from pg_advisory_xact_lock(hashtext('orderweir.first-admin'))
    where not exists (select from orderweir.person p where p.role = 'admin' and p.password is not null and p.locked_at is null)),
  made as (
    insert into orderweir.person as p (name, role, password)
    select name, 'admin', password from asked
    on conflict (name) do update set role = 'admin', password = coalesce(excluded.password, p.password), locked_at = null
    returning p.name, p.password),
  -- of the links that were printed before, none opens anything any more
  ended as (
    delete from orderweir.key k using made m, asked a where k.person = m.name and k.kind = 'link' and k.hash <> a.link),
  invited as (
    insert into orderweir.key (hash, person, kind, expires_at)
    select a.link, m.name, 'link', clock_timestamp() + make_interval(secs => a.lasts)
    from made m
    cross join asked a
    where m.password is null
    returning id)
select exists (select from invited) as invited
