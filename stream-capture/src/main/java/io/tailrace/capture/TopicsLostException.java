package io.tailrace.capture;

/** Capture does not go on by itself: there would be a gap in Kafka. */
final class TopicsLostException extends CaptureException {
    private static final long serialVersionUID = 1L;

    private final transient TopicLoss loss;

    TopicsLostException(TopicLoss loss) {
        super(
                "there would be a gap in Kafka that the journal cannot fill: "
                        + String.join("; ", loss.gaps())
                        + ". Restore Kafka's data, or fill the topics again as far as the journal reaches: 'tailrace stream rebuild'"
                        + " (capture.data.loss = continue goes on behind the gap, and leaves global secondary indexes incomplete)");
        this.loss = loss;
    }

    TopicLoss loss() {
        return loss;
    }
}
