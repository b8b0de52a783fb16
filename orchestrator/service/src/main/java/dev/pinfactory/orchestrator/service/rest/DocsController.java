package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.proto.rest.OpenApi;
import dev.pinfactory.proto.v1.SwarmServiceOuterClass;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of the API, made of the contracts' descriptors, and a page that shows it without the internet. */
@RestController
class DocsController {
    static final String VERSION = "v1";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>Pinfactory API</title>
              <link rel="stylesheet" href="/docs/ui/swagger-ui.css">
            </head>
            <body>
              <div id="api"></div>
              <script src="/docs/ui/swagger-ui-bundle.js"></script>
              <script src="/docs/start.js"></script>
            </body>
            </html>
            """;
    private static final String START =
            "SwaggerUIBundle({url: '/v1/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null});\n";

    private final String document = OpenApiExtras.json(
            OpenApi.document(SwarmServiceOuterClass.getDescriptor().findServiceByName("SwarmService"), VERSION));

    @GetMapping(path = "/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String openApi() {
        return document;
    }

    @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page() {
        return ResponseEntity.ok()
                .header(
                        "Content-Security-Policy",
                        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:")
                .body(PAGE);
    }

    @GetMapping(path = "/docs/start.js", produces = "text/javascript")
    String start() {
        return START;
    }
}
