package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;

/** Filters and page tokens as lists read them. In this package to get at what is not public. */
public final class PageReading {
    private PageReading() {}

    public static void read(ListTasksRequest request) {
        try {
            TaskPages.size(request);
            TaskPages.filter(request);
        } catch (PinfactoryException e) {
            // Declared.
        }
    }

    public static void read(ListPinnedPlansRequest request) {
        try {
            PinPages.size(request);
            PinPages.name(request);
            PinPages.position(request);
        } catch (PinfactoryException e) {
            // Declared.
        }
    }
}
