-- What is added to an order while its request is out is asked of the shop, too; what is out stays out meanwhile.
alter table gate add column spares boolean not null default false;
comment on column gate.spares is 'closed for what was added only: what went out before is not taken back';
-- An authorisation ends, and its goods may still be built then.
alter table signal add column tell_at timestamptz;
comment on column signal.tell_at is 'of an authorisation, when a person is told that it ends, should its goods wait then';
create index signal_to_tell on signal (tell_at) where tell_at is not null;
