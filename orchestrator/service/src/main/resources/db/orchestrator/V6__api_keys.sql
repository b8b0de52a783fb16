-- One SQL for H2 (MODE=PostgreSQL) and PostgreSQL.

create table api_key (
    -- Stands in the key before its secret, and may be told.
    id         varchar(20)  not null primary key,
    tenant     varchar(200) not null,
    -- For people.
    name       varchar(100) not null,
    -- Words with spaces between.
    roles      varchar(64)  not null,
    -- SHA-256 of the secret; the secret itself is nowhere.
    digest     bytea        not null,
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone,
    revoked_at timestamp(6) with time zone
);

create index api_key_by_tenant on api_key (tenant, created_at);
