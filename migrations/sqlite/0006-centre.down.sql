DROP TABLE sync_machines;
DROP TABLE sync_way;
