create table if not exists friendship (
    id        bigint generated always as identity primary key,
    user_id   bigint not null,
    friend_id bigint not null,
    unique (user_id, friend_id)
);
