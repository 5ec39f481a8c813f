-- Where the centre is that this database belongs to. Local, and empty where there is none.
CREATE TABLE sync_way (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- https: the gateway. postgres: the central database itself, with the password of this site.
  address TEXT NOT NULL CHECK (length(address) <= 1000),
  -- PEM of the centre's own authority; NULL where a public one vouches for it.
  authority TEXT
) STRICT;
