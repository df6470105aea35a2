-- Makes a ledger that was put back safe to call from; see db/functions/origin/R__origin_restored.sql.
-- in: connections (JSON array of {connection, settles}), now   out: one row with the sentence when this is another database than the one it was, or another history of it
select r.permits, r.waiting, r.sentence from orderweir.origin_restored(:#connections::jsonb, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) r
