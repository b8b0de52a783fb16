package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.orchestrator.service.content.ContentLimits;
import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.ContentRef;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;

/** Multipart bodies, part by part as they come over the wire: a file goes to disk through one small buffer. */
final class Uploads {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_PARTS = 100;
    private static final String TASK_PART = "task";

    private final ContentStore content;
    private final ContentLimits limits;

    Uploads(ContentStore content, ContentLimits limits) {
        this.content = content;
        this.limits = limits;
    }

    /**
     * What came.
     *
     * @param task JSON of the part {@code task}, if there was one
     * @param inputs by the name of their part
     */
    record Received(Optional<byte[]> task, Map<String, ContentRef> inputs) {}

    /** @param withTask whether a part {@code task} is the task rather than an input of that name */
    Received receive(String tenant, HttpServletRequest request, boolean withTask) {
        long limit = limits.maxUpload().toBytes() + BUFFER;
        if (request.getContentLengthLong() > limit) {
            throw tooLarge();
        }
        FileUpload upload = new FileUpload();
        upload.setSizeMax(limit);
        try {
            return receive(tenant, upload.getItemIterator(new ServletRequestContext(request)), withTask);
        } catch (SizeLimitExceededException e) {
            throw tooLarge();
        } catch (IOException e) {
            if (e.getCause() instanceof SizeLimitExceededException) {
                throw tooLarge();
            }
            throw new PinfactoryException(
                    ErrorCode.INVALID_ARGUMENT, "the multipart body is malformed or broke off", e);
        }
    }

    private Received receive(String tenant, FileItemIterator parts, boolean withTask) throws IOException {
        Optional<byte[]> task = Optional.empty();
        Map<String, ContentRef> inputs = new LinkedHashMap<>();
        while (parts.hasNext()) {
            FileItemStream part = parts.next();
            String name = part.getFieldName();
            if (name == null || name.isEmpty()) {
                throw invalid("body", "a part has no name; expected the name of the input");
            }
            if (inputs.size() == MAX_PARTS) {
                throw invalid("body", "has more than " + MAX_PARTS + " parts");
            }
            if (withTask && name.equals(TASK_PART)) {
                task = Optional.of(Bodies.read(part.openStream()));
            } else if (inputs.put(name, keep(tenant, part)) != null) {
                throw invalid(CodePoints.shortened(name, 80), "is the name of another part too");
            }
        }
        return new Received(task, inputs);
    }

    private ContentRef keep(String tenant, FileItemStream part) throws IOException {
        String mediaType = part.getContentType() == null ? "application/octet-stream" : part.getContentType();
        String fileName = part.getName() == null ? "" : part.getName();
        try (InputStream in = part.openStream();
                ContentStore.Upload upload = content.begin(tenant, mediaType, fileName)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                upload.write(buffer, 0, read);
            }
            return upload.complete();
        }
    }

    private static PinfactoryException invalid(String part, String description) {
        return PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, part, description);
    }

    private PinfactoryException tooLarge() {
        return PinfactoryException.of(
                ErrorCode.TOO_LARGE,
                "body",
                "is larger than " + limits.maxUpload().toMegabytes() + " MiB, the limit of an upload");
    }
}
