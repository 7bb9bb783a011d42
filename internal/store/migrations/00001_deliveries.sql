-- Instants are milliseconds since 1970, 0 is none. Truth lives here; the queue
-- only wakes workers.

-- +goose Up
create table deliveries (
  key text primary key,
  platform text not null,
  kind text not null,
  post text not null,
  file text not null,
  title text not null,
  due bigint not null,
  state text not null,
  reason text not null,
  detail text not null,
  step bigint not null,
  attempt bigint not null,
  next bigint not null,
  last bigint not null,
  owner text not null,
  lease bigint not null,
  message text not null,
  sum text not null,
  said text not null,
  handle text not null,
  handled bigint not null,
  started bigint not null,
  tried bigint not null,
  doubt boolean not null,
  receipt text not null,
  published bigint not null,
  cost bigint not null
);
create index deliveries_by_state on deliveries (state, due);
create index deliveries_by_platform on deliveries (platform, started);

create table journal (
  key text not null,
  step bigint not null,
  at bigint not null,
  state text not null,
  reason text not null,
  attempt bigint not null,
  owner text not null,
  data text not null,
  primary key (key, step)
);
create index journal_by_time on journal (at, key, step);

create table accounts (
  platform text primary key,
  last bigint not null,
  until bigint not null
);

create table nodes (
  name text primary key,
  beat bigint not null,
  stopped boolean not null
);

create table freezes (
  id text primary key,
  at bigint not null,
  reason text not null,
  until bigint not null,
  except_platform text not null,
  thawed bigint not null
);

create table settings (
  name text primary key,
  value text not null
);

-- +goose Down
drop table settings;
drop table freezes;
drop table nodes;
drop table accounts;
drop table journal;
drop table deliveries;
