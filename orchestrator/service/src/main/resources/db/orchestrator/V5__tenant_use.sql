-- One SQL for H2 (MODE=PostgreSQL) and PostgreSQL.

-- What a tenant has used on a day of UTC: accepted tasks, processor seconds of specialists, and money for language models.
create table tenant_use (
    tenant      varchar(200)     not null,
    used_on     date             not null,
    tasks       bigint           not null,
    cpu_seconds double precision not null,
    llm         decimal(24, 9)   not null,
    primary key (tenant, used_on)
);
