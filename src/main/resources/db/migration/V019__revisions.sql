-- What processes run by is numbered and kept, so that all replicas run by the same, and any of it can come back.
create table revision (
  number bigint not null,
  digest text not null,
  taken_at timestamptz not null,
  taken_by text not null,
  restores bigint,
  constraint revision_key primary key (number),
  constraint revision_digest_text check (length(digest) between 1 and 200),
  constraint revision_restores foreign key (restores) references revision
);
create index revision_digest on revision (digest);
comment on table revision is 'the connectors and the policy that are mounted, as they were from a moment on; the newest one runs';
comment on column revision.digest is 'of the names and bytes of all files: the same wherever they are mounted';
comment on column revision.taken_by is 'directory, or the person who brought an earlier one back';
comment on column revision.restores is 'which earlier one it is again';

create table revision_file (
  number bigint not null,
  path text not null,
  content bytea not null,
  constraint revision_file_key primary key (number, path),
  constraint revision_file_revision foreign key (number) references revision
);
comment on table revision_file is 'the files of the newest hundred revisions';
comment on column revision_file.path is 'such as connectors/acme/order.out.jq or policy/flows.yaml';

create table revision_refused (
  digest text not null,
  faults text[] not null,
  refused_at timestamptz not null,
  waits boolean not null,
  consented_by text,
  constraint revision_refused_key primary key (digest)
);
comment on table revision_refused is 'what directories hold and no process runs by, because something is wrong with it';
comment on column revision_refused.faults is 'file, line, what is wrong and the way out';
comment on column revision_refused.waits is 'nothing is wrong, but a person has to say that it may be: it touches what waits';

alter type call_end add attribute revision bigint;
alter table call_log add column revision bigint;
comment on column call_log.revision is 'of connectors and policy, by which the call was made; null where it is not known';
