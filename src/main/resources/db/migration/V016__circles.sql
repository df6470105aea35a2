-- A delivery of several calls that finds the same again and again is held. It is counted in its row, under the lock that ends its calls, so that no death of a
-- process begins anew; what a call log keeps is dropped by the day.
alter table delivery add column circles smallint not null default 0;
comment on column delivery.circles is 'calls, one after the other, that said onward and found nothing new';
alter type call_end add attribute step text;
