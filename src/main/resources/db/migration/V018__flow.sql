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
comment on column tally.book is 'message, repeat, planned: by topic, partition (and state); delivery: by connection, state and whether it is due; order: by connection; hour: orders by the hour (UTC) in which they came';
comment on column tally.due is 'a delivery that may be claimed';

create function tally_new_messages() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, partition, state, n)
  select t.book, m.topic, m.partition, t.state, t.n
  from (select topic, partition, state, count(*) as n, sum(repeats) as repeats, sum(planned) as planned from after group by topic, partition, state) m
  cross join lateral (values ('message', m.state, m.n), ('repeat', '', m.repeats), ('planned', '', m.planned)) as t (book, state, n)
  where t.n <> 0;
  return null;
end $$;
create trigger message_tally_new after insert on message referencing new table as after for each statement execute function tally_new_messages();

create function tally_moved_messages() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, partition, state, n)
  select t.book, m.topic, m.partition, t.state, sum(t.n)
  from (
    select topic, partition, state, -1 as n, -repeats as repeats, -planned as planned from before
    union all
    select topic, partition, state, 1, repeats, planned from after) m
  cross join lateral (values ('message', m.state, m.n), ('repeat', '', m.repeats), ('planned', '', m.planned)) as t (book, state, n)
  group by t.book, m.topic, m.partition, t.state
  having sum(t.n) <> 0;
  return null;
end $$;
create trigger message_tally_moved after update on message referencing old table as before new table as after for each statement execute function tally_moved_messages();

create function tally_new_deliveries() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, due, n)
  select 'delivery', connection, state, claimable, count(*) from after group by connection, state, claimable;
  return null;
end $$;
create trigger delivery_tally_new after insert on delivery referencing new table as after for each statement execute function tally_new_deliveries();

-- by the row: most changes of a delivery are of one row, and many of them move nothing
create function tally_moved_delivery() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, due, n)
  values ('delivery', old.connection, old.state, old.claimable, -1), ('delivery', new.connection, new.state, new.claimable, 1);
  return null;
end $$;
create trigger delivery_tally_moved after update on delivery
  for each row when (old.state <> new.state or old.claimable <> new.claimable) execute function tally_moved_delivery();

-- An order counts from when it has a name: what was named by its delivery alone, because it could not be understood, is none yet.
create function tally_new_orders() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, n)
  select t.book, o.connection, t.state, o.n
  from (select connection, count(*) as n from after where type = 'order' and name is not null group by connection) o
  cross join lateral (values ('order', ''), ('hour', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24'))) as t (book, state);
  return null;
end $$;
create trigger entity_tally_new after insert on entity referencing new table as after for each statement execute function tally_new_orders();
create function tally_named_order() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, n)
  values ('order', new.connection, '', 1), ('hour', new.connection, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24'), 1);
  return null;
end $$;
create trigger entity_tally_named after update on entity
  for each row when (old.name is null and new.name is not null and new.type = 'order') execute function tally_named_order();

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
select 'order', connection, 0, '', false, count(*) from entity where type = 'order' and name is not null group by connection;
comment on view counted is 'the totals, counted row by row; equal to tallied, apart from its book of hours';

insert into tally (book, place, partition, state, due, n) select book, place, partition, state, due, n from counted;
insert into tally (book, place, state, n)
select 'hour', e.connection, to_char(o.first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24'), count(*)
from (select entity_id, min(appended_at) as first_at from message where type = 'order' group by entity_id) o
join entity e on e.id = o.entity_id and e.name is not null
where o.first_at > now() - interval '25 hours'
group by 2, 3;

-- Folds the rows of each key into one; returns how many rows it folded. One process at a time; the sums are the same before and after.
create function fold_tally() returns int language plpgsql as $$
declare
  folded int;
begin
  if not pg_try_advisory_xact_lock(hashtext('orderweir.tally')) then
    return 0;
  end if;
  with many as materialized (
    select array_agg(ctid) as rows from orderweir.tally group by book, place, partition, state, due having count(*) > 1),
  gone as (
    delete from orderweir.tally
    where ctid = any (array(select unnest(rows) from many)) or book = 'hour' and state < to_char((now() - interval '49 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24')
    returning book, place, partition, state, due, n),
  kept as (
    insert into orderweir.tally (book, place, partition, state, due, n)
    select book, place, partition, state, due, sum(n) from gone
    where book <> 'hour' or state >= to_char((now() - interval '49 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24')
    group by book, place, partition, state, due
    having sum(n) <> 0)
  select count(*) into folded from gone;
  return folded;
end $$;

-- One full counting: what it found, and whether the running sums agreed.
create table recount (
  at timestamptz primary key,
  asked_by text not null,
  took interval not null,
  balanced boolean not null,
  records bigint not null,
  wrong_plans bigint not null,
  corrected int not null
);
comment on column recount.balanced is 'every record taken in is a message or a repeat, partition by partition, and every planned delivery is there';
comment on column recount.wrong_plans is 'messages whose number of planned deliveries is not that of their rows';
comment on column recount.corrected is 'keys of which the running sum was another number, and was set right';

-- Counts everything row by row in one snapshot, and sets the running sums right where they differ. With p_after: only if nobody has counted since then.
create function recount(p_by text, p_after timestamptz) returns jsonb language plpgsql as $$
declare
  started timestamptz := clock_timestamp();
  told orderweir.recount;
begin
  if not pg_try_advisory_xact_lock(hashtext('orderweir.recount')) then
    return jsonb_build_object('answer', 'Everything is being counted already.');
  end if;
  select * into told from orderweir.recount r where r.at > p_after order by r.at desc limit 1;
  if not found then
    with
      counted as materialized (select * from orderweir.counted),
      tallied as materialized (select * from orderweir.tallied where book <> 'hour'),
      differing as materialized (
        select book, place, partition, state, due, coalesce(c.n, 0) - coalesce(t.n, 0) as n
        from counted c full join tallied t using (book, place, partition, state, due)
        where c.n is distinct from t.n),
      corrected as (
        insert into orderweir.tally (book, place, partition, state, due, n) select book, place, partition, state, due, n from differing),
      books as (
        select coalesce(sum(i.records), 0) as records, coalesce(bool_and(i.records = coalesce(c.n, 0)), true) as balanced
        from orderweir.intake i
        left join (select place, partition, sum(n) as n from counted where book in ('message', 'repeat') group by place, partition) c
          on (c.place, c.partition) = (i.topic, i.partition)),
      unplanned as (
        select count(*) as n
        from orderweir.message m
        left join (select message_id, count(*) as n from orderweir.delivery group by message_id) d on d.message_id = m.id
        where m.planned <> coalesce(d.n, 0))
    insert into orderweir.recount (at, asked_by, took, balanced, records, wrong_plans, corrected)
    select started, p_by, clock_timestamp() - started, b.balanced and u.n = 0, b.records, u.n, (select count(*) from differing)
    from books b cross join unplanned u
    returning * into told;
    delete from orderweir.recount r where r.at < started - interval '400 days';
  end if;
  return jsonb_build_object('at', orderweir.utc(told.at), 'by', told.asked_by, 'tookMs', round(1000 * extract(epoch from told.took)), 'balanced', told.balanced,
    'messagesWithWrongPlan', told.wrong_plans, 'corrected', told.corrected,
    'answer', case when told.balanced then format('Counted again: all %s records are accounted for.', told.records) else 'Counted again: the books do not balance.' end
      || case told.corrected when 0 then '' else format(' %s of the running totals were wrong, and are set right.', told.corrected) end);
end $$;

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

create function term(p_salt bytea, p_kind text, p_text text) returns bytea language sql stable as $$
  select substr(sha256(p_salt || convert_to(p_kind || ':' || lower(btrim(p_text)), 'UTF8')), 1, 12)
$$;

-- What the canonical order of a message is found by; nothing, where it is not readable as an order.
create function terms_of(p_salt bytea, p_canonical jsonb) returns table (term bytea) language sql stable as $$
  select orderweir.term(p_salt, 'e-mail', a.address)
  from (values (p_canonical -> 'customer' ->> 'email'), (p_canonical -> 'billingAddress' ->> 'email'), (p_canonical -> 'shippingAddress' ->> 'email')) as a (address)
  where a.address <> ''
  union
  select orderweir.term(p_salt, 'sku', l.line ->> 'sku')
  from jsonb_array_elements(case jsonb_typeof(p_canonical -> 'lineItems') when 'array' then p_canonical -> 'lineItems' else '[]' end) as l (line)
  where l.line ->> 'sku' <> ''
$$;

create function keep_terms() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  insert into orderweir.found_by (term, entity_id)
  select t.term, m.entity_id
  from after p
  cross join lateral (select entity_id from orderweir.message where id = p.message_id and type = 'order' offset 0) m
  cross join orderweir.salt s
  cross join lateral orderweir.terms_of(s.salt, p.canonical) t
  where p.canonical is not null
  on conflict do nothing;
  return null;
end $$;
create trigger payload_keep_terms after insert on payload referencing new table as after for each statement execute function keep_terms();
create trigger payload_keep_corrected_terms after update on payload referencing new table as after for each statement execute function keep_terms();

insert into found_by (term, entity_id)
select t.term, m.entity_id
from payload p join message m on m.id = p.message_id and m.type = 'order' cross join salt s cross join lateral terms_of(s.salt, p.canonical) t
where p.canonical is not null
on conflict do nothing;

-- by its beginning, too: #12 finds #1201
drop index entity_name;
create index entity_name on entity (name text_pattern_ops);
create index lane_record on lane (remote_id) where remote_id is not null;
create index message_correlation on message using hash (correlation_id);
create index delivery_at_gate on delivery (build_id) where state in ('gated', 'held') and build_id is not null;
