-- How versions are judged, tried and moved. Messages are protobuf bytes, as before.

-- What came of comparing a version with the champion. One that no longer counts is kept to be read.
create table judgement (
    specialist varchar(128) not null references specialist (id) on delete cascade,
    number varchar(64) not null,
    judgement bytea not null,
    counts boolean not null,
    recorded_at timestamp(6) with time zone not null,
    primary key (specialist, number)
);

-- The page for people, in chunks: a column of H2 holds at most 1 MiB.
create table judgement_report (
    specialist varchar(128) not null,
    number varchar(64) not null,
    chunk integer not null,
    bytes bytea not null,
    primary key (specialist, number, chunk),
    foreign key (specialist, number) references judgement (specialist, number) on delete cascade
);

-- A version that is tried or in use, with its counters since then, and those of the version that it is compared with.
-- Without a foreign key: what registers may be admitted before its row is written.
create table stage (
    specialist varchar(128) not null,
    number varchar(64) not null,
    started_at timestamp(6) with time zone not null,
    rival varchar(64),
    own bytea not null,
    beside bytea not null,
    primary key (specialist, number)
);

insert into stage (specialist, number, started_at, rival, own, beside)
select tried.specialist, tried.number, current_timestamp, champion.number, cast('' as bytea), cast('' as bytea)
from version tried
    left join version champion on champion.specialist = tried.specialist and champion.state = 'CHAMPION'
        and tried.state <> 'CHAMPION'
where tried.state in ('SHADOW', 'CANARY', 'CHAMPION');

-- The last report of each reporter that was counted.
create table reporter (
    name varchar(128) primary key,
    sequence bigint not null,
    seen_at timestamp(6) with time zone not null
);

create index reporter_by_time on reporter (seen_at);

alter table audit add column stage bytea;

create index audit_by_specialist on audit (specialist, sequence);
