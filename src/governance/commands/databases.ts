import type { CommandRule } from './command-rule.ts';
import { beyond } from './rule.ts';
import { destroys } from './server-words.ts';

/** What works on databases and messaging, and what serves others. Their data has its own undo or none. */
export const databases: readonly CommandRule[] = [
  beyond(
    'psql pgcli createdb dropdb createuser dropuser pg_ctl pg_resetwal pgbench vacuumdb reindexdb initdb mysql mysqladmin mariadb mycli mysqlimport mysqlcheck mysql_secure_installation redis-cli valkey-cli keydb-cli redis-benchmark mongo mongosh mongoimport mongoexport mongod sqlcmd sqlplus bcp isql tsql db2 cqlsh nodetool cockroach influx influxd clickhouse clickhouse-client clickhouse-local snowsql databricks presto trino hive beeline impala-shell spark-submit spark-shell pyspark hdfs hadoop sqoop hbase neo4j-admin cypher-shell arangosh couchbase-cli etcdctl etcdutl dynamodb usql litecli rqlite surreal memcached-tool zkCli ksql elasticsearch-plugin elasticdump curator opensearch-cli meilisearch algolia typesense solr sphinxctl',
    'works on a database, which has its own undo or none',
    {
      raise: [
        {
          words:
            /\b(drop|delete|truncate|alter|grant|revoke|flushall|flushdb|dropdatabase|deletemany|update|copy|into\s+outfile|load_file|shutdown|unlink)\b|\\!|\bCOPY\b/i,
          to: 'beyond',
          why: 'deletes or changes data that no undo here brings back',
        },
        destroys,
      ],
      match: [
        'psql -c x',
        'redis-cli FLUSHALL',
        'mongosh --eval x',
        'etcdctl del x',
        'dropdb x',
        'mysql',
      ],
      notMatch: ['psql --version'],
    },
  ),
  beyond(
    'kafka-topics kafka-acls kafka-configs kafka-consumer-groups kafka-delete-records kafka-reassign-partitions kafka-leader-election kafka-console-producer kafka-console-consumer kafka-broker-api-versions kafka-run-class kafka-server-stop kafka-storage kafka-streams-application-reset kafka-transactions kafkacat kcat kafkactl rpk rabbitmqctl rabbitmqadmin rabbitmq-plugins rabbitmq-diagnostics rabbitmq-queues rabbitmq-upgrade nats nats-server nsc pulsar pulsar-admin activemq artemis mosquitto_pub mosquitto_sub mqtt nsqadmin nsq_to_file celery sidekiq beanstalk confluent ccloud zookeeper-shell',
    'works on a messaging server',
    {
      raise: [
        destroys,
        {
          options: '--delete --remove --alter --reset-offsets --delete-config --purge --execute',
          to: 'beyond',
          why: 'deletes or changes something on a server, which no undo here brings back',
        },
        {
          words: /^(clear|delete|remove|stop|reset|forget|set|add|import|force)_/,
          to: 'beyond',
          why: 'deletes or changes something on a server, which no undo here brings back',
        },
      ],
      match: [
        'kafka-topics --delete --topic x',
        'rabbitmqctl delete_user x',
        'nats stream purge x',
        'kafka-topics.sh --list',
        'rabbitmqctl status',
      ],
      notMatch: ['nats --version'],
    },
  ),
  beyond(
    'mysqld postgres redis-server nginx apachectl httpd apache2 apache2ctl a2ensite caddy haproxy traefik varnishadm squid named rndc unbound-control dnsmasq postfix postqueue postsuper postconf exim dovecot doveadm slapd ldapadd ldapmodify ldapdelete ldapsearch ldappasswd smbclient smbcontrol samba-tool rpcclient nfsd cupsctl lp lpr lpadmin cancel sshd in.tftpd vsftpd fail2ban-client snort suricata wazuh-control clamscan freshclam newrelic datadog-agent promtool amtool alertmanager grafana-cli logrotate rsyslogd logger wrk ab siege hey vegeta k6 locust jmeter artillery',
    'serves, or drives what serves others',
    {
      raise: [destroys],
      match: ['nginx -s stop', 'ldapsearch x', 'redis-server', 'lp a', 'ab https://x/'],
      notMatch: ['nginx --version'],
    },
  ),
];
