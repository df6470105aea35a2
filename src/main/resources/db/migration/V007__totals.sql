-- What the console reads at any moment, and with any number of messages: totals that are kept and not counted, and what an order is found by.

-- Whoever moves a message or a delivery appends what that changes, as rows of plus and minus: nobody waits for anybody. The sum of the rows of one
-- key is its number in every snapshot, because they are committed with what they count; now and then they are folded into one row.
create table tally (
  book text not null,
  place text not null,
  partition int not null default 0,
  state text not null default '',
  due boolean not null default false,
  n bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_cost_delay = 0);
comment on column tally.book is 'message, repeat, planned: by topic, partition (and state); delivery: by connection, state and whether it is due; gate: waited for, by name, waiting or late; order: by connection; hour: orders by the hour (UTC) in which they came';
comment on column tally.due is 'a delivery that may be claimed';

create view tallied as
select book, place, partition, state, due, sum(n)::bigint as n from tally group by book, place, partition, state, due having sum(n) <> 0;
comment on view tallied is 'the totals, by the running sums';

create view counted as
select t.book, m.topic as place, m.partition, t.state, false as due, sum(t.n)::bigint as n
from (select topic, partition, state, count(*) as n, sum(repeats) as repeats, sum(planned) as planned from message group by topic, partition, state) m
cross join lateral (values ('message', m.state, m.n), ('repeat', '', m.repeats), ('planned', '', m.planned)) as t (book, state, n)
group by t.book, m.topic, m.partition, t.state
having sum(t.n) <> 0
union all
select 'delivery', connection, 0, state, claimable, count(*) from delivery group by connection, state, claimable
union all
select 'order', connection, 0, '', false, count(*) from entity where type = 'order' and name is not null group by connection
union all
select 'gate', g.name, 0, case when g.late_at is null then 'waiting' else 'late' end, false, count(*)
from gate g
where g.opened_at is null and exists (
  select from delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind))
group by g.name, g.late_at is null;
comment on view counted is 'the totals, counted row by row; equal to tallied, apart from its book of hours';

-- One full counting: what it found, and whether the running sums agreed.
create table recount (
  at timestamptz primary key,
  asked_by text not null,
  took interval not null,
  balanced boolean not null,
  records bigint not null,
  wrong_plans bigint not null,
  corrected int not null,
  differences jsonb not null default '[]'
);
comment on column recount.balanced is 'every record taken in is a message or a repeat, partition by partition, and every planned delivery is there';
comment on column recount.wrong_plans is 'messages whose number of planned deliveries is not that of their rows';
comment on column recount.corrected is 'keys of which the running sum was another number, and was set right';
comment on column recount.differences is 'what did not agree, of each sort the three largest: {sort: total, book, place, partition, state, due, counted, kept}, {sort: total, book gate, place, wrong}, {sort: records, topic, partition, records, accounted}, {sort: plan, message, planned, deliveries}';

-- What an order is found by, besides its own numbers: the buyer's e-mail addresses and the SKUs it names. Only a salted hash is kept: it answers
-- whether this address bought something, and nobody reads an address out of it.
create table salt (
  only_one boolean primary key default true check (only_one),
  salt bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
);
insert into salt default values;

create table found_by (
  term bytea not null,
  entity_id bigint not null,
  primary key (term, entity_id)
);
