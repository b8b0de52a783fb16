-- What is said of a task after its end: its result is then the revised one, and counts how often that was.
alter table task add column revision integer default 0 not null;
-- Who reviews it, and until when it is theirs; empty for nobody.
alter table task add column review_owner varchar(200) default '' not null;
alter table task add column review_until timestamp(6) with time zone;

create index task_for_review on task (tenant, needs_review, ended_at, id);
