DROP TABLE sync_way;
