-- What an edition carries: the placements in it, a list in JSON, "" of all else.

-- +goose Up
alter table deliveries add column items text not null default '';

-- +goose Down
alter table deliveries drop column items;
