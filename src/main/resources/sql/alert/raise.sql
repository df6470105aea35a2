-- Keeps something that a person should know and that the watch cannot see later.
-- in: kind, cause, subject, sentence, now   out: id
select orderweir.alert_raise(:#${variable.kind}::text, :#${variable.cause}::text, :#${variable.subject}::text, :#${variable.sentence}::text,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as id
