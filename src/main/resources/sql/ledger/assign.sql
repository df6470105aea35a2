-- Says where to read a partition on; the first time it begins at its beginning.
-- in: topic, partition   out: next_offset
insert into orderweir.intake as i (topic, partition, next_offset)
values (?, ?, 0)
on conflict (topic, partition) do update
set next_offset = i.next_offset
returning next_offset
