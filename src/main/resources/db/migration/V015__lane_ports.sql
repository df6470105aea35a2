-- A lane is one part of one entity at one port of one account: two ports of an account have lanes of their own.
alter table lane add column port text, add column role text;
alter table lane drop constraint lane_entity_id_connection_part_key;

-- What a shop was told of a line had the port in its part, so that it had a lane of its own (13-hold). Nothing happens to these deliveries, so nobody hears of it.
alter table delivery disable trigger user;
update delivery set part = line_ids ->> 0 where notice is not null and part = (line_ids ->> 0) || '-' || port;
alter table delivery enable trigger user;

update lane l
set port = d.port, part = d.part
from (select distinct on (lane_id) lane_id, port, part from delivery order by lane_id, id desc) d
where d.lane_id = l.id;
-- of one that was only waited for the others of its account tell the port
update lane l
set port = coalesce((select o.port from lane o where o.connection = l.connection and o.part = l.part and o.port is not null group by o.port order by count(*) desc, o.port limit 1), 'order')
where l.port is null;

alter table lane alter column port set not null, add unique (entity_id, connection, port, part);
comment on column lane.role is 'whose part the account plays for it (policy/flows.yaml); null of one that was planned before roles were known';
comment on column delivery.waits_after is 'policy/flows.yaml: it waits until the delivery it comes after is done';

alter type wanted add attribute role text;
