-- A payment of an order is a record of its own at an account, where the policy says so: each has a lane.
alter table lane add column payment text check (payment <> '');
comment on column lane.payment is 'the charge that the lane books; null = it is of the order itself';
