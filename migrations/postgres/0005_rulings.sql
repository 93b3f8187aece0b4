-- What a moderator ruled about two accepted sightings, the lower id first. Goes when one of them goes.

CREATE TABLE rulings (
    first BYTEA NOT NULL,
    second BYTEA NOT NULL,
    verdict BIGINT NOT NULL,
    PRIMARY KEY (first, second)
);
