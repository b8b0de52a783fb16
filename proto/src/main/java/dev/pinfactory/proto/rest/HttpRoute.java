package dev.pinfactory.proto.rest;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One REST route of an RPC.
 *
 * @param method HTTP method, in capitals
 * @param path template such as {@code /v1/tasks/{task_id}}
 * @param body field of the request that the HTTP body is; {@code *} for the whole request, empty for none
 * @param responseBody field of the response that the HTTP body is; empty for the whole response
 */
public record HttpRoute(MethodDescriptor rpc, String method, String path, String body, String responseBody) {
    /** Names of the request's fields in the path. */
    public List<String> pathFields() {
        return Pattern.compile("\\{([^}=]+)[^}]*}")
                .matcher(path)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
