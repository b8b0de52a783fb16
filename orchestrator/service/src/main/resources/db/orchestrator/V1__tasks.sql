-- One SQL for H2 (MODE=PostgreSQL) and PostgreSQL.

create table task (
    id               varchar(36)  not null primary key,
    tenant           varchar(200) not null,
    state            varchar(32)  not null,
    status           varchar(32)  not null,
    priority         smallint     not null,
    -- Who runs it. Every write of a run names its epoch; a claim raises it, so that a former owner's writes match no row.
    epoch            bigint       not null,
    owner            varchar(64)  not null,
    lease_until      timestamp(6) with time zone not null,
    created_at       timestamp(6) with time zone not null,
    ended_at         timestamp(6) with time zone,
    deadline         timestamp(6) with time zone not null,
    cancel_requested boolean      not null,
    needs_review     boolean      not null,
    trace_parent     varchar(64)  not null,
    -- The first code points, for lists.
    instruction      varchar(800) not null,
    -- pinfactory.v1.Task, PlanCommit and TaskResult.
    request          bytea        not null,
    planned          bytea,
    result           bytea        not null
);

create index task_by_time on task (tenant, created_at desc, id desc);
create index task_open on task (state, lease_until);

create table task_label (
    task_id varchar(36)  not null references task (id) on delete cascade,
    name    varchar(200) not null,
    content varchar(1000) not null,
    primary key (task_id, name)
);

create index task_label_by_content on task_label (name, content, task_id);

-- What ran and ended: nothing in here runs again. Item is -1 for a single call.
create table step_commit (
    task_id varchar(36)  not null references task (id) on delete cascade,
    step    varchar(200) not null,
    item    integer      not null,
    epoch   bigint       not null,
    written bytea        not null,
    primary key (task_id, step, item)
);

create table task_event (
    task_id  varchar(36) not null references task (id) on delete cascade,
    sequence bigint      not null,
    written  bytea       not null,
    primary key (task_id, sequence)
);

-- Numbered when it is read, in the order of commits as the reader sees them: a number given at the insert could become visible late, and be passed over.
create table outbox (
    id         varchar(36)  not null primary key,
    task_id    varchar(36)  not null,
    tenant     varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    sequence   bigint unique,
    written    bytea        not null
);

create index outbox_by_task on outbox (task_id);
create index outbox_by_time on outbox (created_at, id);

create table outbox_counter (
    id   smallint not null primary key,
    last bigint   not null
);

insert into outbox_counter (id, last) values (1, 0);

create table idempotency_key (
    tenant      varchar(200) not null,
    name        varchar(255) not null,
    body_digest varchar(71)  not null,
    task_id     varchar(36)  not null,
    expires_at  timestamp(6) with time zone not null,
    primary key (tenant, name)
);

create index idempotency_key_by_expiry on idempotency_key (expires_at);

-- The bytes are files, named by tenant and digest.
create table content (
    tenant     varchar(200) not null,
    digest     varchar(71)  not null,
    media_type varchar(200) not null,
    size_bytes bigint       not null,
    expires_at timestamp(6) with time zone not null,
    primary key (tenant, digest)
);

create index content_by_expiry on content (expires_at);

-- Which task refers to which content: it is kept as long as one does.
create table task_content (
    task_id varchar(36)  not null references task (id) on delete cascade,
    tenant  varchar(200) not null,
    digest  varchar(71)  not null,
    primary key (task_id, digest)
);

create index task_content_by_digest on task_content (tenant, digest);
