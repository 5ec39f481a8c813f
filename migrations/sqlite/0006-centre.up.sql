-- Where the centre is that this database belongs to. Local, and empty where there is none.
CREATE TABLE sync_way (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- The gateway: https.
  address TEXT NOT NULL CHECK (length(address) <= 1000),
  -- PEM of the centre's own authority; NULL where a public one vouches for it.
  authority TEXT,
  -- PostgreSQL itself, with the password of this database, where somebody has chosen that way: postgres.
  direct TEXT CHECK (length(direct) <= 1000),
  direct_authority TEXT,
  -- The centre offered that way, and it did not answer yet: where, why, and what to try again with.
  offer_host TEXT,
  offer_problem TEXT CHECK (length(offer_problem) <= 60),
  offer TEXT CHECK (length(offer) <= 1000),
  offer_authority TEXT
) STRICT;

-- What the computers of the organization are called at the centre, each under every number it has there. Local.
CREATE TABLE sync_machines (
  site INTEGER PRIMARY KEY CHECK (site > 0),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- Of the name, among all that the centre has given.
  number INTEGER NOT NULL CHECK (number > 0)
) STRICT;
