-- How full a bucket is stands in one row, so that two calls that are settled in the same instant count each other.
alter table allowance
  add column emptied_at timestamptz not null default '-infinity',
  add column charged_at timestamptz not null default '-infinity';
comment on column allowance.emptied_at is 'a bucket: when nothing of the calls settled so far is left in it (the theoretical arrival time of GCRA, ITU-T I.371)';
comment on column allowance.charged_at is 'a bucket: until when the last call that was settled may have reached the target';

alter table permit drop column charged_at;
