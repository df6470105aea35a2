-- Who may do what in the console, what they prove it with, and what they did.

create table person (
  name text primary key,
  role text not null,
  -- bcrypt, in the modular crypt format; nobody enters without one
  password text,
  failures int not null default 0,
  failed_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  locked_at timestamptz,
  constraint person_name_is_a_line check (name = btrim(name) and name ~ '^[^[:cntrl:]]{1,80}$'),
  constraint person_role check (role in ('viewer', 'operator', 'integrator', 'admin')),
  constraint person_failures_have_time check ((failures = 0) = (failed_at is null))
);
create unique index person_one_spelling on person ((lower(name)));

-- A key to the console: a browser's session, a program's token, or a link that sets a password once. Only its SHA-256 is kept.
create table key (
  hash bytea primary key,
  id bigint generated always as identity unique,
  person text not null references person on delete cascade,
  kind text not null,
  label text,
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  constraint key_kind check (kind in ('session', 'token', 'link')),
  constraint key_token_has_label check ((kind = 'token') = (label is not null))
);
create index key_person on key (person, kind);

-- What people changed: nothing in it is ever changed, and each row carries the hash of the one before.
create table audit (
  id bigint primary key,
  at timestamptz not null,
  by text not null,
  action text not null,
  subject text not null,
  detail jsonb not null,
  before bytea not null,
  hash bytea not null
);
create index audit_by on audit (by, id);
create index audit_subject on audit (subject, id);

-- The last row's number and hash: what is cut off at the end is missed, too. Whoever writes holds it until the end of the transaction.
create table audit_head (
  one boolean primary key default true check (one),
  id bigint not null,
  hash bytea not null
);
insert into audit_head (id, hash) values (0, '');

create function audit_hash(p audit) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(p.id, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    p.by, p.action, p.subject, p.detail, encode(p.before, 'hex'))::text, 'UTF8'))
$$;

create function keep_audit() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is only added to.' using errcode = 'OW403';
end $$;
create trigger audit_is_kept before update or delete or truncate on audit for each statement execute function keep_audit();

-- The answer of a command, once it stands in the audit log. To be called last in its transaction: all commands queue here.
create function audited(p_by text, p_action text, p_subject text, p_answer jsonb) returns jsonb language plpgsql as $$
declare
  last orderweir.audit_head;
  entry orderweir.audit;
begin
  select * into strict last from orderweir.audit_head for update;
  entry := row(last.id + 1, clock_timestamp(), p_by, p_action, coalesce(p_subject, ''), p_answer, last.hash, '');
  entry.hash := orderweir.audit_hash(entry);
  insert into orderweir.audit select entry.*;
  update orderweir.audit_head set id = entry.id, hash = entry.hash;
  return p_answer;
end $$;

-- Where the log is not what was written: a row that was changed, put in or taken out; nothing when all is well.
create function audit_faults() returns table (id bigint, fault text) language sql stable as $$
  select c.id, case
      when c.hash <> orderweir.audit_hash(c.entry) then 'was changed after it was written'
      when c.id <> c.last_id + 1 then format('rows %s to %s are missing before it', c.last_id + 1, c.id - 1)
      else 'does not follow the row before it'
    end
  from (
    select a.id, a.hash, a.before, a as entry, lag(a.id, 1, 0::bigint) over w as last_id, lag(a.hash, 1, ''::bytea) over w as last_hash
    from orderweir.audit a
    window w as (order by a.id)) c
  where c.hash <> orderweir.audit_hash(c.entry) or c.before <> c.last_hash or c.id <> c.last_id + 1
  union all
  select h.id, format('the log ends with row %s, and row %s was written', coalesce(l.id, 0), h.id)
  from orderweir.audit_head h
  left join lateral (select x.id, x.hash from orderweir.audit x order by x.id desc limit 1) l on true
  where (coalesce(l.id, 0), coalesce(l.hash, '')) <> (h.id, h.hash)
$$;

create function add_person(p_name text, p_role text) returns jsonb language plpgsql as $$
begin
  insert into orderweir.person (name, role) values (p_name, p_role);
  return jsonb_build_object('person', p_name, 'role', p_role, 'answer', format('%s may enter as %s, with a link that sets a password.', p_name, p_role));
exception
  when unique_violation then
    raise exception 'There is a person % already.', p_name using errcode = 'OW409';
  when check_violation or not_null_violation then
    raise exception 'A person has a name of one line with at most 80 characters, and one of the roles viewer, operator, integrator, admin.' using errcode = 'OW422';
end $$;

-- There is always an admin who can enter.
create function keep_an_admin() returns trigger language plpgsql as $$
begin
  perform from orderweir.person p where p.role = 'admin' order by p.name for update;
  if not exists (select from orderweir.person p where p.role = 'admin' and p.locked_at is null and p.password is not null) then
    raise exception '% is the last admin who can enter. Make another person an admin first.', old.name using errcode = 'OW409';
  end if;
  return null;
end $$;
create trigger person_keep_an_admin after update on person
  for each row when (old.role = 'admin' and old.locked_at is null and old.password is not null and (new.role <> 'admin' or new.locked_at is not null))
  execute function keep_an_admin();

create function change_person(p_name text, p_role text, p_locked boolean) returns jsonb language plpgsql as $$
declare
  changed orderweir.person;
begin
  update orderweir.person p
  set role = coalesce(p_role, p.role),
      locked_at = case when p_locked then coalesce(p.locked_at, clock_timestamp()) when not p_locked then null else p.locked_at end
  where p.name = p_name
  returning * into changed;
  if not found then
    raise exception 'There is no person %.', p_name using errcode = 'OW404';
  end if;
  if p_locked then
    delete from orderweir.key k where k.person = p_name;
  end if;
  return jsonb_build_object('person', p_name, 'role', changed.role, 'locked', changed.locked_at is not null,
    'answer', case when changed.locked_at is not null then format('%s may not enter any more.', p_name) else format('%s may enter as %s.', p_name, changed.role) end);
exception
  when check_violation then
    raise exception 'There is no role %. There are viewer, operator, integrator, admin.', p_role using errcode = 'OW422';
end $$;

create function give_key(p_person text, p_kind text, p_label text, p_hash bytea, p_for interval) returns jsonb language plpgsql as $$
declare
  given orderweir.key;
begin
  -- the newest link is the only one
  delete from orderweir.key k where p_kind = 'link' and k.person = p_person and k.kind = 'link';
  insert into orderweir.key (hash, person, kind, label, expires_at)
  select p_hash, p.name, p_kind, p_label, clock_timestamp() + p_for
  from orderweir.person p
  where p.name = p_person and p.locked_at is null
  returning * into given;
  if not found then
    raise exception 'There is no person % who may enter.', p_person using errcode = 'OW404';
  end if;
  return jsonb_build_object('person', p_person, 'key', given.id, 'kind', p_kind, 'label', p_label, 'expiresAt', orderweir.utc(given.expires_at),
    'answer', case p_kind when 'link' then format('A link that sets a password of %s, once, until %s.', p_person, orderweir.utc(given.expires_at))
      else format('A token ''%s'' of %s, until %s.', p_label, p_person, orderweir.utc(given.expires_at)) end);
end $$;

create function end_key(p_key bigint) returns jsonb language plpgsql as $$
declare
  ended orderweir.key;
begin
  delete from orderweir.key k where k.id = p_key returning * into ended;
  if not found then
    raise exception 'There is no key %.', p_key using errcode = 'OW404';
  end if;
  return jsonb_build_object('person', ended.person, 'key', p_key, 'kind', ended.kind, 'label', ended.label,
    'answer', format('The %s%s of %s opens nothing any more.', ended.kind, coalesce(' ''' || ended.label || '''', ''), ended.person));
end $$;

-- Sets the password of whoever holds the link; every other session of that person ends.
create function set_password(p_link bytea, p_password text) returns jsonb language plpgsql as $$
declare
  of_whom text;
begin
  delete from orderweir.key k where k.hash = p_link and k.kind = 'link' and k.expires_at > clock_timestamp() returning k.person into of_whom;
  if not found then
    raise exception 'This link was used already, or is over. An admin makes a new one.' using errcode = 'OW404';
  end if;
  update orderweir.person p set password = p_password, failures = 0, failed_at = null where p.name = of_whom;
  delete from orderweir.key k where k.person = of_whom and k.kind in ('session', 'link');
  return jsonb_build_object('person', of_whom, 'answer', format('%s has set a password.', of_whom));
end $$;

-- The names by which people know what a command was about.
create function order_of_hold(p_hold bigint) returns text language sql stable as $$
  select coalesce(e.name, e.key)
  from orderweir.hold h
  join orderweir.message m on m.id = h.message_id
  join orderweir.entity e on e.id = m.entity_id
  where h.id = p_hold
$$;
create function order_of_build(p_build bigint) returns text language sql stable as $$
  select coalesce(e.name, e.key)
  from orderweir.build b
  join orderweir.entity e on e.id = b.entity_id
  where b.id = p_build
$$;
