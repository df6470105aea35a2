-- What another connector sent before an account was taken over from it is known by that one's key.
alter table lane add column legacy_key text check (legacy_key <> '');
comment on column lane.legacy_key is 'by which another connector booked it, where the order is from before the account was taken over: without a record it is looked for by it, and never made by itself';
alter type wanted add attribute legacy_key text;
