-- The ISO week of the first release that holds a sighting or follows a ruling (year * 100 + week); 0 where an import was
-- exempt from pooling, NULL while it waits for enough others of its region (promise P12). What was there before could be
-- released already, so it does not wait.

ALTER TABLE sightings ADD COLUMN included_from INTEGER;
UPDATE sightings SET included_from = 0;
ALTER TABLE rulings ADD COLUMN included_from INTEGER;
UPDATE rulings SET included_from = 0;
