-- A record whose total was not read is read again after a wait that grows with the tries, not with the age of the record: one lost answer late in an outage would cost it as long as the outage took.
alter table lane add column read_tries int not null default 0;
comment on column lane.read_tries is 'how often in a row it was not answered what the target makes of the record';
