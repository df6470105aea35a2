-- What a target was asked for once and many calls read, such as its countries or tax codes: all replicas read what one of them fetched.
create table reference_data (
  connection text not null,
  name text not null,
  content jsonb not null,
  fetched_at timestamptz not null,
  kept_until timestamptz not null,
  constraint reference_data_key primary key (connection, name)
);
comment on table reference_data is 'what was asked of a target once, for the mappings of its deliveries';
comment on column reference_data.name is 'as the descriptor of the connector lists it under knows';
comment on column reference_data.content is 'what the connector made of the answer';
comment on column reference_data.kept_until is 'then it is asked for again, before the next delivery';
