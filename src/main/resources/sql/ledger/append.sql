-- Takes a batch of one partition into the ledger and returns the offset expected next.
-- in: topic, partition, records (JSON in UTF-8, see db/functions/ledger/R__ledger_append.sql), the bytes of each record
select orderweir.ledger_append(?, ?, convert_from(?, 'UTF8')::jsonb, ?)
