package io.tailrace.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.server.http.Refusal;
import io.tailrace.server.http.ServerHandler;
import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerReply.Header;
import io.tailrace.server.http.ServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port: {@code /health}, {@code /metrics}, {@code /streams/...}, {@code /activity/...} and an index of them. */
public final class AdminHandler implements ServerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
    private static final Header TEXT = new Header("Content-Type", "text/plain; charset=utf-8");
    private static final Header PROMETHEUS = new Header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");

    private final AdminSource source;
    private final PrometheusMeterRegistry meters;
    private final ActivityEndpoints activityEndpoints = new ActivityEndpoints();
    private final AdminReplies replies = new AdminReplies();
    private final StreamEndpoints streams;
    private final RebuildEndpoint rebuild;

    /** Answers from these. */
    public AdminHandler(AdminSource source, PrometheusMeterRegistry meters) {
        this.source = source;
        this.meters = meters;
        this.streams = new StreamEndpoints(source, replies);
        this.rebuild = new RebuildEndpoint(source, replies);
    }

    @Override
    public CompletionStage<ServerReply> handle(ServerRequest request) {
        try {
            if (streams.has(request.path())) {
                return streams.handle(request);
            }
            if (rebuild.has(request.path())) {
                return rebuild.handle(request);
            }
        } catch (AdminException refused) {
            return CompletableFuture.completedFuture(replies.error(refused.status(), refused.getMessage()));
        }
        return CompletableFuture.completedFuture(reply(request));
    }

    private ServerReply reply(ServerRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return replies.error(405, "only GET and HEAD are allowed here", new Header("Allow", "GET, HEAD"));
        }
        try {
            return switch (request.path()) {
                case "/" -> replies.bytes(200, index().getBytes(StandardCharsets.UTF_8), TEXT);
                case "/health" -> health();
                case "/metrics" -> replies.bytes(200, meters.scrape().getBytes(StandardCharsets.UTF_8), PROMETHEUS);
                default -> activity(request);
            };
        } catch (AdminException refused) {
            return replies.error(refused.status(), refused.getMessage());
        } catch (ProcessorNotReadyException notReady) {
            return replies.error(503, notReady.getMessage(), AdminReplies.RETRY_SOON);
        }
    }

    private String index() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("/health", "200 once tables can be read and written, else 503; the state of each part and region");
        lines.put("/metrics", "for Prometheus");
        lines.putAll(streams.index());
        lines.putAll(rebuild.index());
        lines.putAll(activityEndpoints.index());
        StringBuilder text = new StringBuilder("Tailrace\n\n");
        lines.forEach((path, doc) -> text.append(String.format(Locale.ROOT, "%-36s %s\n", path, doc)));
        return text.toString();
    }

    private ServerReply health() {
        Health now = source.health();
        return replies.json(now.serving() ? 200 : 503, json -> {
            json.writeStartObject();
            json.writeStringField("status", status(now.serving()));
            json.writeStringField("region", now.region());
            write(json, now.parts());
            json.writeObjectFieldStart("regions");
            for (Map.Entry<String, RegionHealth> other : now.others().entrySet()) {
                json.writeObjectFieldStart(other.getKey());
                json.writeStringField("status", status(other.getValue().serving()));
                write(json, other.getValue().parts());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static String status(boolean serving) {
        return serving ? "serving" : "not serving";
    }

    private static void write(JsonGenerator json, List<PartHealth> parts) throws IOException {
        json.writeObjectFieldStart("parts");
        for (PartHealth part : parts) {
            json.writeObjectFieldStart(part.name());
            json.writeStringField("state", part.state().name().toLowerCase(Locale.ROOT));
            for (Map.Entry<String, Long> figure : part.figures().entrySet()) {
                json.writeNumberField(figure.getKey(), figure.getValue());
            }
            if (!part.detail().isEmpty()) {
                json.writeStringField("detail", part.detail());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private ServerReply activity(ServerRequest request) {
        if (!activityEndpoints.has(request.path())) {
            return replies.error(404, "there is nothing at " + request.path() + "; / lists what there is");
        }
        return replies.json(200, json -> activityEndpoints.write(json, request.path(), request.query(), source));
    }

    @Override
    public ServerReply refused(Refusal refusal) {
        return replies.error(refusal.status(), refusal.text());
    }

    @Override
    public ServerReply failed(Throwable failure) {
        LOG.error("a request to the admin port failed", failure);
        return replies.error(500, "the request failed; the log says why");
    }
}
