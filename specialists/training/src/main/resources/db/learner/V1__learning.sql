-- What a learner knows. Texts and labels are the business's own; nothing else of a task is here.

-- Whoever erases, and whoever copies examples into files, holds this row: else a copy could be made of what is being erased.
create table copying (
    id smallint not null primary key
);

insert into copying (id) values (1);

-- How far each source was read, in its own words.
create table place (
    source varchar(128) not null primary key,
    position varchar(2000) not null
);

-- What specialists were given and said, of tasks that may be learnt from.
create table call (
    id bigint generated always as identity primary key,
    event_id varchar(36) not null unique,
    task_id varchar(36) not null,
    step varchar(128) not null,
    item integer not null,
    specialist varchar(128) not null,
    version varchar(64) not null,
    tenant varchar(200) not null,
    at timestamp(6) with time zone not null,
    text text not null,
    label text not null,
    confidence double precision not null,
    unique (task_id, step, item)
);

create index call_by_version on call (specialist, version, id);
create index call_by_time on call (at);

-- What would be right. The text and label of an old one stand in a file (partition_id); its row stays, so that it is known when it comes again, and found to be erased.
create table example (
    id bigint generated always as identity primary key,
    source varchar(128) not null,
    event_id varchar(200) not null,
    specialist varchar(128) not null,
    tenant varchar(200) not null,
    task_id varchar(36),
    at timestamp(6) with time zone not null,
    origin varchar(16) not null,
    text text,
    label text,
    benchmark boolean not null,
    set_aside varchar(64),
    partition_id bigint,
    unique (source, event_id)
);

create index example_by_specialist on example (specialist, id);
create index example_by_task on example (task_id);
create index example_by_time on example (at);

-- Files of old examples.
create table partition_file (
    id bigint generated always as identity primary key,
    specialist varchar(128) not null,
    file varchar(500) not null,
    digest varchar(71) not null,
    examples integer not null
);

-- What was left out, by reason.
create table dropped (
    specialist varchar(128) not null,
    reason varchar(64) not null,
    events bigint not null,
    primary key (specialist, reason)
);

-- What came in and could not be used.
create table dead_letter (
    source varchar(128) not null,
    event_id varchar(200) not null,
    content text not null,
    reason varchar(2000) not null,
    received_at timestamp(6) with time zone not null,
    primary key (source, event_id)
);

-- What a candidate learnt from: a file that never changes. It is deleted when something in it is erased.
create table data_set (
    digest varchar(71) not null primary key,
    specialist varchar(128) not null,
    file varchar(500) not null,
    examples integer not null,
    created_at timestamp(6) with time zone not null,
    erased boolean not null
);
