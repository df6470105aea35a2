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
