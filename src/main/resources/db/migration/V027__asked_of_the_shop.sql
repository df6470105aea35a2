-- Whether somebody else holds or schedules the goods of an order is asked of its shop, of many orders in one call, when nothing else of a request is waited for.
alter table gate add column asked_call bigint, add column kept_by text;
comment on column gate.asked_call is 'the call in which the shop is being asked';
comment on column gate.kept_by is 'who keeps it closed and why, as the shop said it when it was asked last';
comment on column gate.rule is 'what opens it without a person: {paid} share of the total, told by one of {payers} where it has them, or {opens, closes} kinds of signals (kind, or sender/kind), or {calendar}, or {asks} the shop; {after} the gates that are open before';
comment on column gate.turn_at is 'since when nothing but a slot of its calendar is missing; where it asks the shop, when that is asked next';
create index gate_to_ask on gate ((rule ->> 'asks'), turn_at, build_id) where turn_at is not null;
create index gate_in_ask on gate (asked_call) where asked_call is not null;
