package io.tailrace.kinesis;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig.GracefulLeaseHandoffConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;

/** A worker of the Kinesis Client Library that reads a table's stream; its tables of leases are where the stream is. */
final class StreamWorker {
    private StreamWorker() {}

    // docs/streams.md prints what stands between the tags.
    // tag::worker[]
    static Scheduler worker(
            URI endpoint, String streamArn, String application, String worker, ShardRecordProcessorFactory processors) {
        AmazonDynamoDBStreamsAdapterClient streams = new AmazonDynamoDBStreamsAdapterClient(
                local(DynamoDbStreamsClient.builder(), endpoint).build(), Region.US_EAST_1);
        ConfigsBuilder configs = new ConfigsBuilder(
                StreamsSchedulerFactory.createSingleStreamTracker(
                        streamArn,
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                application,
                streams,
                local(DynamoDbAsyncClient.builder(), endpoint).build(),
                local(CloudWatchAsyncClient.builder(), endpoint).build(), // must be there, is never called
                worker,
                processors);
        LeaseManagementConfig leases = configs.leaseManagementConfig()
                .failoverTimeMillis(2_000) // a worker that is gone is replaced after this time
                .leaseAssignmentIntervalMillis(1_000L)
                .shardSyncIntervalMillis(
                        0); // the adapter sets it too, but too late for the first worker, which waits a minute
        leases.workerUtilizationAwareAssignmentConfig()
                .disableWorkerMetrics(true) // else the library asks EC2 what machine this is
                .workerMetricsReporterFreqInMillis(1_000);
        leases.gracefulLeaseHandoffConfig(GracefulLeaseHandoffConfig.builder()
                .isGracefulLeaseHandoffEnabled(false) // leases that change hands every second or two get stuck in it
                .build());
        return StreamsSchedulerFactory.createScheduler(
                configs.checkpointConfig(),
                configs.coordinatorConfig().parentShardPollIntervalMillis(200),
                leases,
                configs.lifecycleConfig(),
                configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
                configs.processorConfig(),
                configs.retrievalConfig()
                        .retrievalSpecificConfig(
                                new DynamoDBStreamsPollingConfig(streamArn, streams).idleTimeBetweenReadsInMillis(100)),
                streams);
    }

    static <B extends AwsClientBuilder<B, ?>> B local(B client, URI endpoint) {
        return client.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }
    // end::worker[]
}
