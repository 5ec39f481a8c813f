DROP FUNCTION sync.revoke(integer);
DROP FUNCTION sync.devices(bigint);
DROP FUNCTION sync.known_site(integer);
DROP FUNCTION sync.enrol(text, jsonb);
DROP FUNCTION sync.invite(bigint, text, bigint, text);
DROP FUNCTION sync.digest_of(text);
DROP FUNCTION sync.announce_gateway(text, text);
DROP TABLE sync.gateway;
ALTER TABLE sync.invitation DROP COLUMN site, DROP COLUMN public_key;
