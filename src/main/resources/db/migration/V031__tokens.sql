-- Tokens that connections are called with, where their way of signing in gets some: sealed, shared by all replicas, and renewed by one of them before they end.
create sequence token_number;
create table token (
  connection text primary key,
  wanted boolean not null default true,
  number bigint,
  sealed bytea,
  sealed_with text,
  refresh bytea,
  given_at timestamptz,
  expires_at timestamptz,
  worked boolean not null default false,
  earlier_number bigint,
  earlier bytea,
  earlier_expires_at timestamptz,
  refused_at timestamptz,
  renew_at timestamptz not null default '-infinity',
  call_id bigint,
  locked_at timestamptz,
  tried_at timestamptz,
  tries int not null default 0,
  trouble text,
  trouble_at timestamptz,
  needs_person boolean not null default false,
  constraint token_given check (num_nonnulls(number, sealed, sealed_with, given_at, expires_at) in (0, 5)),
  constraint token_earlier check (num_nonnulls(earlier_number, earlier, earlier_expires_at) in (0, 3)),
  constraint token_needs_person check (not needs_person or trouble is not null)
) with (fillfactor = 50);
comment on column token.wanted is 'the connection is called with it; else it is signed in another way now';
comment on column token.number is 'which of all tokens it is, so that a call says with which it was made';
comment on column token.sealed is 'the token, encrypted with a key that the ledger does not have';
comment on column token.sealed_with is 'the name of that key, which tells nothing of it';
comment on column token.refresh is 'what the next one is asked for with, sealed like it; null = credentials alone';
comment on column token.worked is 'the target took a call with it; until then the earlier one is kept';
comment on column token.refused_at is 'the target does not take it any more, so nothing is begun; null = as far as is known it does';
comment on column token.renew_at is 'when the next one is asked for';
comment on column token.call_id is 'the call in which the next one is asked for';
comment on column token.locked_at is 'since when nobody has the key that opens it';
comment on column token.trouble is 'why the last try gave none';
comment on column token.needs_person is 'further tries will not help by themselves';
alter table call drop constraint call_purpose, add constraint call_purpose check (purpose in ('deliver', 'tell', 'test', 'check', 'token'));
