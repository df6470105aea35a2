-- What is added to an order while its request is out is asked of the shop, too; what is out stays out meanwhile.
alter table gate add column spares boolean not null default false;
comment on column gate.spares is 'closed for what was added only: what went out before is not taken back';
