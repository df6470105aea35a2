-- What changes whenever the picture of the flow does.
-- in: nothing   out: one text
select md5(concat_ws('|',
  (select string_agg(concat_ws(':', book, place, state, due, n), ',' order by book, place, state, due) from orderweir.tallied where book in ('message', 'delivery', 'repeat', 'gate')),
  (select string_agg(concat_ws(':', connection, paused_at, away_since, closed), ',' order by connection) from orderweir.connection_state),
  (select string_agg(concat_ws(':', topic, partition, stopped_at, lost_to), ',' order by topic, partition) from orderweir.intake where stopped_at is not null or lost_from is not null),
  (select count(*) from orderweir.hold where closed_at is null),
  (select max(id) from orderweir.alert),
  (select count(*) from orderweir.alert where state = 'open'))) as pulse
