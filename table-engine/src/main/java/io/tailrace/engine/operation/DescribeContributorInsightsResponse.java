package io.tailrace.engine.operation;

/**
 * The answer to DescribeContributorInsights.
 *
 * @param indexName null when the request has none
 */
public record DescribeContributorInsightsResponse(
        String tableName, String indexName, String contributorInsightsStatus) {}
