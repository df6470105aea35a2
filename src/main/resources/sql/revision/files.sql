-- The files of a revision.
-- in: number   out: path, content
select path, content from orderweir.revision_file where number = ?
