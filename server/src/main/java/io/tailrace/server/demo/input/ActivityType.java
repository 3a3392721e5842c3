package io.tailrace.server.demo.input;

import java.util.Locale;
import java.util.Set;

/** What kind of activity a request is, by its status, its method and the ending of its page, in this order. */
public enum ActivityType {
    /** Answered with status 400 or above. */
    ERROR,
    /** POST, PUT or PATCH. */
    SUBMIT,
    /** DELETE. */
    DELETE,
    /** Any other method but GET: HEAD, OPTIONS, and what is no HTTP request. */
    PROBE,
    /** GET of a style sheet, script, font or picture. */
    ASSET,
    /** GET of a document, archive or program. */
    DOWNLOAD,
    /** GET of anything else: a page. */
    VIEW;

    private static final Set<String> ASSET_ENDINGS = Set.of(
            "css", "eot", "gif", "ico", "jpeg", "jpg", "js", "map", "png", "svg", "ttf", "webp", "woff", "woff2");
    private static final Set<String> DOWNLOAD_ENDINGS =
            Set.of("bz2", "deb", "doc", "docx", "exe", "gz", "iso", "jar", "pdf", "rpm", "tar", "tgz", "xz", "zip");

    static ActivityType of(String method, String page, int status) {
        if (status >= 400) {
            return ERROR;
        }
        return switch (method) {
            case "POST", "PUT", "PATCH" -> SUBMIT;
            case "DELETE" -> DELETE;
            case "GET" -> ofPage(page);
            default -> PROBE;
        };
    }

    /** The value of the item's {@code ActivityType} attribute. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ActivityType ofPage(String page) {
        int dot = page.lastIndexOf('.');
        if (dot < page.lastIndexOf('/')) {
            return VIEW;
        }
        String ending = page.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (ASSET_ENDINGS.contains(ending)) {
            return ASSET;
        }
        return DOWNLOAD_ENDINGS.contains(ending) ? DOWNLOAD : VIEW;
    }
}
