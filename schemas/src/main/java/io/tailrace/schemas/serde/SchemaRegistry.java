package io.tailrace.schemas.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A schema registry with Confluent's REST API: registers schemas and finds them by id. Both answers never change, so each
 * is asked for once. For use by several threads.
 */
public final class SchemaRegistry {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    private record SubjectAndSchema(String subject, Schema schema) {}

    private final URI base;
    private final String authorization;
    private final Duration requestTimeout;
    private final HttpClient client;
    private final JsonFactory json = new JsonFactory();
    private final Map<SubjectAndSchema, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    private SchemaRegistry(URI base, String userInfo, Duration requestTimeout) {
        this.base = base;
        this.authorization = userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        this.requestTimeout = requestTimeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * The registry at an http or https URL, which may have a path and, for basic authentication, user and password.
     *
     * @throws IllegalArgumentException when it is no such URL
     */
    public static SchemaRegistry at(String url) {
        return at(url, REQUEST_TIMEOUT);
    }

    static SchemaRegistry at(String url, Duration requestTimeout) {
        try {
            URI uri = new URI(url.endsWith("/") ? url : url + "/");
            if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                throw new IllegalArgumentException("the schema registry's URL is not an http or https URL");
            }
            URI withoutUser = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
            return new SchemaRegistry(withoutUser, uri.getUserInfo(), requestTimeout);
        } catch (URISyntaxException e) {
            // The text may hold a password, so neither it nor the cause is passed on.
            throw new IllegalArgumentException("the schema registry's URL is no URL: " + e.getReason());
        }
    }

    /**
     * The schema's id under the subject, registering it when it is new there.
     *
     * @throws SchemaRegistryException when the registry cannot be asked or refuses the schema
     */
    public int register(String subject, Schema schema) {
        SubjectAndSchema key = new SubjectAndSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        String what = "register a schema under subject " + subject;
        String path = "subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        HttpRequest request = request(path)
                .POST(HttpRequest.BodyPublishers.ofString(body(schema), StandardCharsets.UTF_8))
                .build();
        String id = member(send(request, what), "id", what);
        try {
            int value = Integer.parseInt(id);
            ids.put(key, value);
            schemas.put(value, schema);
            return value;
        } catch (NumberFormatException e) {
            throw failure(what, "it answered with the id " + id, false, e);
        }
    }

    /**
     * The schema with this id.
     *
     * @throws SchemaRegistryException when the registry cannot be asked, does not know the id, or knows something under it
     *     that is no self-contained Avro schema
     */
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        String what = "find schema " + id;
        HttpRequest request = request("schemas/ids/" + id).GET().build();
        String text = member(send(request, what), "schema", what);
        try {
            Schema schema = new Schema.Parser().parse(text);
            schemas.put(id, schema);
            return schema;
        } catch (SchemaParseException e) {
            throw failure(what, "it answered with no Avro schema", false, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(requestTimeout)
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private String send(HttpRequest request, String what) {
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(what, "it cannot be reached: " + describe(e), true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(what, "the thread was interrupted", true, e);
        }
        int status = response.statusCode();
        if (status / 100 != 2) {
            throw failure(what, "it answered " + status + ": " + response.body(), status >= 500 || status == 429, null);
        }
        return response.body();
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private String body(Schema schema) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("schema", schema.toString());
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to a string failed", e);
        }
        return text.toString();
    }

    /** The text of a scalar member of the object {@code text}. */
    private String member(String text, String name, String what) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = parser.currentName().equals(name);
                    if (parser.nextToken().isScalarValue() && wanted) {
                        return parser.getText();
                    }
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw failure(what, "its answer is no JSON", false, e);
        }
        throw failure(what, "its answer has no member " + name, false, null);
    }

    private SchemaRegistryException failure(String what, String why, boolean retryable, Throwable cause) {
        String message = "schema registry " + base + " could not " + what + ": " + why;
        return cause == null
                ? new SchemaRegistryException(message, retryable)
                : new SchemaRegistryException(message, retryable, cause);
    }
}
