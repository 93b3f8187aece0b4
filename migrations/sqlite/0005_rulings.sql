-- What a moderator ruled about two accepted sightings, the lower id first. Goes when one of them goes.

CREATE TABLE rulings (
    first BLOB NOT NULL,
    second BLOB NOT NULL,
    verdict INTEGER NOT NULL,
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
