-- What is taken in is compared with the log it comes from: which topic it is, where it begins and ends. A broker that lost records, or is another one,
-- would have new events counted as known ones; its partitions stop, and a person says from where they go on.
create table captured_log (
  topic text not null,
  partition int not null,
  cluster text not null,
  topic_id text not null,
  begin_offset bigint not null,
  end_offset bigint not null,
  next_offset bigint not null,
  waits_since timestamptz,
  mark_time bigint,
  mark_offset bigint,
  primary key (topic, partition),
  constraint captured_log_mark check (num_nonnulls(mark_time, mark_offset) in (0, 2)),
  constraint captured_log_begins_before_its_end check (begin_offset <= end_offset)
) with (fillfactor = 50);
comment on table captured_log is 'a partition as the broker told of it when it was last looked at';
comment on column captured_log.topic_id is 'the broker''s own: a topic that is made anew has another one';
comment on column captured_log.next_offset is 'what the ledger expected next at that look';
comment on column captured_log.mark_time is 'a time among its records, ms since 1970; the first record of that time stood at mark_offset, and in the same log always will';
comment on column captured_log.waits_since is 'since when something waits and nothing is taken in';

alter table intake
  add column stopped_at timestamptz,
  add column stopped_for text,
  add column lost_from bigint,
  add column lost_to bigint,
  add constraint intake_stopped_for check (stopped_for in ('other-topic', 'log-behind', 'other-records', 'records-gone')),
  add constraint intake_stopped_has_reason check (num_nonnulls(stopped_at, stopped_for) in (0, 2)),
  add constraint intake_lost_is_an_interval check (num_nonnulls(lost_from, lost_to) = 0 or coalesce(lost_from < lost_to, false));
comment on column intake.stopped_at is 'nothing is taken in until a person says from where';
comment on column intake.lost_from is 'acknowledged and not taken in when the log was found to be another one: from this record to the one before lost_to some are gone, or all';
