-- Takes a batch of one partition into the ledger and returns the offset expected next.
-- in: topic, partition, records (see db/migration/V003__append.sql)
select orderweir.append(?, ?, ?::jsonb)
