package io.modeldiff.core.store;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * How the embedded server is configured and started.
 *
 * @param install jars and Java
 * @param directory where its configuration, data and logs lie
 * @param cqlPort loopback port of the CQL protocol
 * @param storagePort loopback port of its own cluster protocol, on which nobody else is expected
 */
record CassandraLaunch(CassandraInstall install, Path directory, int cqlPort, int storagePort) {
  private static final String MAIN = "org.apache.cassandra.service.CassandraDaemon";
  private static final int HEAP_MIB = 512;

  /** What Cassandra 5.0 needs opened on Java 17. */
  private static final List<String> OPENED =
      List.of(
          "-Djdk.attach.allowAttachSelf=true",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.server=ALL-UNNAMED",
          "--add-exports=java.sql/java.sql=ALL-UNNAMED",
          "--add-exports=java.base/java.lang.ref=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.module=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.reflect=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.math=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.module=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.util.jar=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED");

  /** The argument by which a server of this directory is known again, whoever started it. */
  String marker() {
    return "-Dmodeldiff.store=" + directory;
  }

  /** An argument that differs when a server was started with other settings than these. */
  String fingerprint() {
    CRC32 crc = new CRC32();
    crc.update((yaml() + String.join(" ", arguments())).getBytes(StandardCharsets.UTF_8));
    return "-Dmodeldiff.store.settings=" + Long.toHexString(crc.getValue());
  }

  Path systemLog() {
    return directory.resolve("logs/system.log");
  }

  Path output() {
    return directory.resolve("logs/output.log");
  }

  /** Writes the configuration that {@link #command} refers to. */
  void writeConfiguration() throws IOException {
    Files.createDirectories(directory.resolve("logs"));
    AtomicFiles.write(directory.resolve("cassandra.yaml"), yaml());
    AtomicFiles.write(directory.resolve("logback.xml"), logback());
  }

  /**
   * The command line. Where the system has {@code setsid}, the server gets its own session, so that
   * an interrupt typed at the terminal reaches the program alone, which then stops its server last.
   */
  List<String> command() {
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString());
    }
    command.add(install.java().toString());
    command.addAll(arguments());
    command.add(marker());
    command.add(fingerprint());
    command.add("-cp");
    command.add(install.lib() + File.separator + "*");
    command.add(MAIN);
    return command;
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("-javaagent:" + install.memoryMeter());
    arguments.addAll(
        List.of(
            "-Xms" + HEAP_MIB / 2 + "m",
            "-Xmx" + HEAP_MIB + "m",
            "-XX:MaxDirectMemorySize=256m",
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+PerfDisableSharedMem"));
    arguments.addAll(OPENED);
    arguments.addAll(
        List.of(
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Djava.net.preferIPv4Stack=true",
            "-Djava.awt.headless=true",
            "-Dcassandra-foreground=yes",
            "-Dcassandra.config=" + directory.resolve("cassandra.yaml").toUri(),
            "-Dcassandra.storagedir=" + directory,
            "-Dcassandra.logdir=" + directory.resolve("logs"),
            "-Dlogback.configurationFile=" + directory.resolve("logback.xml"),
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=100",
            "-Dcassandra.initial_token=0",
            "-Dcassandra.superuser_setup_delay_ms=0",
            // Idle, its clocks and its threads' names took a fiftieth of a core from sampling.
            "-Dcassandra.approximate_time_precision_ms=20",
            "-Dcassandra.set_sep_thread_name=false",
            "-Dcassandra.jvm.disable_default_jmx=true"));
    return arguments;
  }

  /**
   * {@code commitlog_sync: batch} is what makes an acknowledged write survive a kill; the two
   * failure policies end the server on a full or broken disk, so that its supervisor can say so.
   */
  private String yaml() {
    return """
        cluster_name: modeldiff
        num_tokens: 1
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        allocate_tokens_for_local_replication_factor: 1
        data_file_directories: ['%1$s/data']
        commitlog_directory: '%1$s/commitlog'
        saved_caches_directory: '%1$s/saved_caches'
        hints_directory: '%1$s/hints'
        cdc_raw_directory: '%1$s/cdc_raw'
        commitlog_sync: batch
        commitlog_segment_size: 16MiB
        commitlog_total_space: 256MiB
        disk_failure_policy: die
        commit_failure_policy: die
        listen_address: 127.0.0.1
        rpc_address: 127.0.0.1
        start_native_transport: true
        native_transport_port: %2$d
        storage_port: %3$d
        endpoint_snitch: SimpleSnitch
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: '127.0.0.1:%3$d'
        authenticator: AllowAllAuthenticator
        authorizer: AllowAllAuthorizer
        memtable_heap_space: 128MiB
        memtable_offheap_space: 128MiB
        key_cache_size: 16MiB
        file_cache_size: 64MiB
        networking_cache_size: 16MiB
        concurrent_reads: 8
        concurrent_writes: 16
        concurrent_compactors: 1
        read_request_timeout: 10s
        write_request_timeout: 10s
        range_request_timeout: 20s
        request_timeout: 20s
        auto_snapshot: false
        trickle_fsync: false
        """
        .formatted(directory.toString().replace("'", "''"), cqlPort, storagePort);
  }

  private String logback() {
    return """
        <configuration>
          <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
            <file>%1$s</file>
            <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
              <fileNamePattern>%1$s.%%i</fileNamePattern><minIndex>1</minIndex><maxIndex>3</maxIndex>
            </rollingPolicy>
            <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
              <maxFileSize>10MB</maxFileSize>
            </triggeringPolicy>
            <encoder><pattern>%%-5level [%%thread] %%date{ISO8601} %%F:%%L - %%msg%%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="FILE"/></root>
        </configuration>
        """
        .formatted(systemLog());
  }
}
