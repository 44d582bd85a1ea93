create table if not exists account (
    id            bigint generated always as identity primary key,
    name          varchar(64)  not null unique,
    password_hash varchar(200) not null
);
