-- One SQL for H2 (MODE=PostgreSQL) and PostgreSQL.

-- pinfactory.v1.PinnedPlan that the task was accepted with: it keeps it when the pin is gone, or its name and number stand for another. Until it is planned.
alter table task add column pinned bytea;
