package io.tailrace.server.crash;

/**
 * What a run is like.
 *
 * @param region its own, so that runs share a broker
 * @param durability as the setting has it
 * @param bootstrapServers of a broker outside; null for the one that is embedded in the server and ends with it
 * @param clients that write and read items; one more changes tables
 * @param pace how much happens in a life
 * @param keysPerTable how many keys the workload uses in each table, about
 * @param tombstones whether removals are followed by tombstones in the streams' topics
 * @param removesJournal whether journal files go as soon as nobody needs them; the mutations topic tells the story then
 */
record RunConfig(
        String region,
        String durability,
        String bootstrapServers,
        int clients,
        Mix mix,
        Pace pace,
        int keysPerTable,
        boolean tombstones,
        boolean removesJournal) {
    boolean embedded() {
        return bootstrapServers == null;
    }
}
