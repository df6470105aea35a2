-- A limit of the leaking kind (points, or calls that come back one after the other): a slot comes back one leak after the one before it.
alter table allowance
  add column leak interval check (leak > interval '0'),
  add column spared int not null default 0 check (spared >= 0),
  add column cost int not null default 1 check (cost > 0);
comment on column allowance.leak is 'a bucket: its slots come back one after the other, so far apart; null = each one window after its own call';
comment on column allowance.spared is 'slots of the account that are left to other applications';
comment on column allowance.cost is 'points of one slot, in which the target tells what is left';

-- connection_state.opens_at took its place
alter table permit
  drop column opens_at,
  add column charged_at timestamptz;
comment on column permit.charged_at is 'a bucket: when the slot''s last call was settled';
