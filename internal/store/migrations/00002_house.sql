-- What the one that leads finds while it looks after the house: what somebody
-- must see to before anything fails, and figures of what is out.

-- +goose Up
create table notices (
  area text not null,
  subject text not null,
  code text not null,
  params text not null,
  since bigint not null,
  seen bigint not null,
  primary key (area, subject, code)
);

create table measures (
  key text not null,
  mark bigint not null,
  at bigint not null,
  figures text not null,
  detail text not null,
  primary key (key, mark)
);

-- +goose Down
drop table measures;
drop table notices;
