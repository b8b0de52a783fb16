-- Runs on H2 (PostgreSQL mode) and on PostgreSQL. Messages are stored as protobuf bytes; what is searched by has columns.

-- One row. Whoever changes the catalogue locks it, so changes come one after the other.
-- Revisions begin at the time of creation in milliseconds: those of a former catalogue at this address lie before the horizon.
create table catalogue (
    id integer primary key check (id = 1),
    revision bigint not null,
    horizon bigint not null
);

insert into catalogue (id, revision, horizon)
select 1, now_millis, now_millis
from (select cast(extract(epoch from current_timestamp) * 1000 as bigint) as now_millis) as creation;

create table specialist (
    id varchar(128) primary key,
    revision bigint not null
);

create index specialist_by_revision on specialist (revision);

create table version (
    specialist varchar(128) not null references specialist (id) on delete cascade,
    number varchar(64) not null,
    version bytea not null,
    contract bytea not null,
    contract_digest varchar(80) not null,
    state varchar(16) not null,
    weight_percent integer not null,
    absent boolean not null,
    published_at timestamp(6) with time zone not null,
    last_seen timestamp(6) with time zone not null,
    primary key (specialist, number)
);

-- Removed ids, so that watchers that resume hear of them.
create table removal (
    specialist varchar(128) primary key,
    revision bigint not null
);

create table declared_type (
    name varchar(128) primary key,
    declaration bytea not null,
    specialist varchar(128) not null
);

create table lease (
    id varchar(36) primary key,
    instance varchar(128) not null unique,
    address varchar(128) not null,
    capacity integer not null,
    length_millis bigint not null,
    expires_at timestamp(6) with time zone not null
);

create index lease_by_expiry on lease (expires_at);

create table lease_version (
    lease varchar(36) not null references lease (id) on delete cascade,
    specialist varchar(128) not null references specialist (id) on delete cascade,
    number varchar(64) not null,
    primary key (lease, specialist, number)
);

create index lease_version_by_version on lease_version (specialist, number);

-- Who moved which version, and why. Only ever appended to.
create table audit (
    sequence bigint generated always as identity primary key,
    happened_at timestamp(6) with time zone not null,
    actor varchar(128) not null,
    reason varchar(4000) not null,
    specialist varchar(128) not null,
    number varchar(64) not null,
    state_before varchar(16) not null,
    state_after varchar(16) not null,
    weight_percent integer not null
);

-- Events for others to read, in order; written in the transaction that made them true.
create table outbox (
    sequence bigint generated always as identity primary key,
    id varchar(36) not null unique,
    happened_at timestamp(6) with time zone not null,
    event bytea not null
);

create table model (
    digest varchar(80) primary key,
    size_bytes bigint not null,
    stored_at timestamp(6) with time zone not null
);

create table model_chunk (
    digest varchar(80) not null references model (digest) on delete cascade,
    number integer not null,
    bytes bytea not null,
    primary key (digest, number)
);
