-- What a target took last of a lane decides whether an update says anything new to it.
alter table lane add column sent text;
comment on column lane.sent is 'names the last request that the target took, where nothing was in doubt since: an update that is the same is not sent';
alter table delivery add column sent text;
comment on column delivery.sent is 'names the request of it that the target took';
alter type call_end add attribute sent text;

-- It returns it, too.
set local client_min_messages = warning;
drop function if exists deliver_next_states(call_end[]);
