-- One SQL for H2 (MODE=PostgreSQL) and PostgreSQL.

-- Locked by whoever pins or unpins for the tenant, so that its limit and the numbers of its versions hold.
create table pinning_tenant (
    tenant varchar(200) not null primary key
);

-- Remembers the last number for as long as the name has a version: no number is given twice.
create table pinned_name (
    tenant       varchar(200) not null,
    name         varchar(64)  not null,
    last_version integer      not null,
    primary key (tenant, name)
);

create table pinned_plan (
    tenant      varchar(200) not null,
    name        varchar(64)  not null,
    version     integer      not null,
    created_at  timestamp(6) with time zone not null,
    -- The first code points, for lists.
    instruction varchar(800) not null,
    steps       integer      not null,
    -- Of what is frozen: the same once more is no new version.
    digest      varchar(71)  not null,
    -- pinfactory.v1.PinnedPlan.
    written     bytea        not null,
    primary key (tenant, name, version),
    foreign key (tenant, name) references pinned_name (tenant, name)
);
