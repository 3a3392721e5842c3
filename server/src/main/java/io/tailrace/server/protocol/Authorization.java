package io.tailrace.server.protocol;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.AsciiString;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.server.http.ServerRequest;
import java.util.List;
import java.util.Map;

/**
 * Reads whose signature a request carries, in the service's order of checks. Signatures are not verified: there are no
 * secrets to verify them with yet. What is well-formed is accepted when it is meant for a region that the server hosts. (IAM
 * User Guide, "Authenticating Requests"; the texts are the service's.)
 *
 * @param accessKeyId who signed
 * @param region from the credential's scope
 */
record Authorization(String accessKeyId, String region) {
    private static final AsciiString AMZ_DATE = AsciiString.cached("x-amz-date");
    private static final String SCHEME = "AWS4-";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "dynamodb";
    private static final String TERMINATOR = "aws4_request";
    private static final String QUERY_ALGORITHM = "X-Amz-Algorithm";
    private static final int CREDENTIAL_PARTS = 5;

    /** @throws DynamoException when the signature is missing, incomplete or meant for something else */
    static Authorization of(ServerRequest request, ApiRegions regions) {
        String header = request.header(HttpHeaderNames.AUTHORIZATION).strip();
        Map<String, List<String>> query =
                request.query().isEmpty() ? Map.of() : new QueryStringDecoder(request.query(), false).parameters();
        boolean inQuery = query.containsKey(QUERY_ALGORITHM);
        if (inQuery && !header.isEmpty()) {
            throw new DynamoException(
                    ErrorType.INVALID_SIGNATURE,
                    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
        }
        if (inQuery) {
            return fromQuery(query, regions);
        }
        if (!header.startsWith(SCHEME)) {
            throw new DynamoException(
                    ErrorType.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
        }
        return fromHeader(request, header, regions);
    }

    /** The region that the Authorization header names, as far as it looks like one; a text that names none otherwise. */
    static String likelyRegion(ServerRequest request) {
        String header = request.header(HttpHeaderNames.AUTHORIZATION);
        int keyEnd = header.indexOf('/');
        int dateEnd = header.indexOf('/', keyEnd + 1);
        int regionEnd = header.indexOf('/', dateEnd + 1);
        return keyEnd < 0 || dateEnd < 0 || regionEnd < 0 ? "" : header.substring(dateEnd + 1, regionEnd);
    }

    private static Authorization fromHeader(ServerRequest request, String header, ApiRegions regions) {
        int space = header.indexOf(' ');
        String algorithm = space < 0 ? header : header.substring(0, space);
        String credential = space < 0 ? null : parameter(header, space, "Credential");
        boolean complete = credential != null
                && parameter(header, space, "Signature") != null
                && parameter(header, space, "SignedHeaders") != null
                && isDated(request);
        if (!complete) {
            throw incomplete(missing(request, header, space) + "Authorization=" + header);
        }
        return of(algorithm, credential, regions);
    }

    private static boolean isDated(ServerRequest request) {
        return !request.header(AMZ_DATE).isEmpty()
                || !request.header(HttpHeaderNames.DATE).isEmpty();
    }

    private static String missing(ServerRequest request, String header, int space) {
        StringBuilder missing = new StringBuilder();
        for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
            if (space < 0 || parameter(header, space, name) == null) {
                missing.append("Authorization header requires '").append(name).append("' parameter. ");
            }
        }
        if (!isDated(request)) {
            missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        return missing.toString();
    }

    /** The value of this name among what is between commas and spaces, each a name and a value; of several the last, or null. */
    private static String parameter(String header, int from, String name) {
        String value = null;
        for (int at = header.indexOf(name, from + 1); at >= 0; at = header.indexOf(name, at + 1)) {
            int equals = at + name.length();
            boolean begins = header.charAt(at - 1) == ' ' || header.charAt(at - 1) == ',';
            if (begins && equals < header.length() && header.charAt(equals) == '=') {
                value = header.substring(equals + 1, end(header, equals));
            }
        }
        return value;
    }

    /** Of what is between commas and spaces. */
    private static int end(String header, int from) {
        int end = from;
        while (end < header.length() && header.charAt(end) != ',' && header.charAt(end) != ' ') {
            end++;
        }
        return end;
    }

    private static Authorization fromQuery(Map<String, List<String>> query, ApiRegions regions) {
        StringBuilder missing = new StringBuilder();
        for (String name :
                List.of(QUERY_ALGORITHM, "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date")) {
            if (query.getOrDefault(name, List.of("")).get(0).isEmpty()) {
                missing.append("AWS query-string parameters must include '")
                        .append(name)
                        .append("'. ");
            }
        }
        if (!missing.isEmpty()) {
            throw incomplete(missing + "Re-examine the query-string parameters.");
        }
        return of(
                query.get(QUERY_ALGORITHM).get(0), query.get("X-Amz-Credential").get(0), regions);
    }

    private static Authorization of(String algorithm, String credential, ApiRegions regions) {
        if (!algorithm.equals(ALGORITHM)) {
            throw incomplete("Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ");
        }
        String[] parts = credential.split("/", 0);
        if (parts.length != CREDENTIAL_PARTS) {
            throw incomplete("Credential must have exactly 5 slash-delimited elements, e.g. "
                    + "keyid/date/region/service/term, got '" + credential + "'");
        }
        StringBuilder wrong = new StringBuilder();
        regions.refusal(parts[2]).ifPresent(why -> wrong.append(ApiRegions.scopedElsewhere(parts[2], why)));
        if (!parts[3].equals(SERVICE)) {
            wrong.append("Credential should be scoped to correct service: 'dynamodb'. ");
        }
        if (!parts[4].equals(TERMINATOR)) {
            wrong.append("Credential should be scoped with a valid terminator: 'aws4_request', not '");
            wrong.append(parts[4]).append("'. ");
        }
        if (!wrong.isEmpty()) {
            throw new DynamoException(ErrorType.INVALID_SIGNATURE, wrong.toString());
        }
        return new Authorization(parts[0], parts[2]);
    }

    private static DynamoException incomplete(String message) {
        return new DynamoException(ErrorType.INCOMPLETE_SIGNATURE, message);
    }
}
