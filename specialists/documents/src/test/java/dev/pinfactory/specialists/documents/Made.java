package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;

/** Files made by the libraries of their formats. */
final class Made {
    private Made() {}

    interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static ByteString bytes(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteString.copyFrom(out.toByteArray());
    }

    /** Each page with its lines; in a line, columns are divided by a tab. */
    static ByteString pdf(String... pages) {
        return bytes(out -> {
            try (PDDocument document = document(pages)) {
                document.save(out);
            }
        });
    }

    static ByteString lockedPdf(String password) {
        return bytes(out -> {
            try (PDDocument document = document("Secret plans")) {
                document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()));
                document.save(out);
            }
        });
    }

    static ByteString pdfWithFile(String name, String content) {
        return bytes(out -> {
            try (PDDocument document = document("Invoice 7")) {
                PDComplexFileSpecification file = new PDComplexFileSpecification();
                file.setFile(name);
                PDEmbeddedFile embedded = new PDEmbeddedFile(
                        document, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
                embedded.setSubtype("application/xml");
                file.setEmbeddedFile(embedded);
                PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
                tree.setNames(Map.of(name, file));
                PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
                names.setEmbeddedFiles(tree);
                document.getDocumentCatalog().setNames(names);
                document.save(out);
            }
        });
    }

    private static PDDocument document(String... pages) throws IOException {
        PDDocument document = new PDDocument();
        for (String lines : pages) {
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                float y = 800;
                for (String line : lines.split("\n")) {
                    float x = 50;
                    for (String piece : line.split("\t")) {
                        content.beginText();
                        content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                        content.newLineAtOffset(x, y);
                        content.showText(piece);
                        content.endText();
                        x += 200;
                    }
                    y -= 20;
                }
            }
        }
        return document;
    }

    static ByteString docx(String paragraph, String[][] table) {
        return bytes(out -> {
            try (XWPFDocument document = new XWPFDocument()) {
                document.createParagraph().createRun().setText(paragraph);
                XWPFTable rows = document.createTable(table.length, table[0].length);
                for (int row = 0; row < table.length; row++) {
                    for (int cell = 0; cell < table[row].length; cell++) {
                        rows.getRow(row).getCell(cell).setText(table[row][cell]);
                    }
                }
                document.write(out);
            }
        });
    }

    static ByteString xlsx(String[][] table) {
        return bytes(out -> {
            try (XSSFWorkbook book = new XSSFWorkbook()) {
                var sheet = book.createSheet("Costs");
                for (int row = 0; row < table.length; row++) {
                    var cells = sheet.createRow(row);
                    for (int cell = 0; cell < table[row].length; cell++) {
                        cells.createCell(cell).setCellValue(table[row][cell]);
                    }
                }
                book.write(out);
            }
        });
    }

    /** @param attached content by file name */
    static ByteString eml(String subject, String body, Map<String, ByteString> attached) {
        StringBuilder mail = new StringBuilder("""
                From: Anna Berg <anna@example.com>
                To: office@example.com
                Date: Tue, 3 Mar 2026 09:30:00 +0000
                Subject: %s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="cut"

                --cut
                Content-Type: text/plain; charset=utf-8

                %s
                """.formatted(subject, body));
        attached.forEach((name, content) ->
                mail.append("""
                --cut
                Content-Type: application/octet-stream; name="%s"
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                """.formatted(name, name, Base64.getMimeEncoder().encodeToString(content.toByteArray()))));
        return ByteString.copyFromUtf8(
                mail.append("--cut--\n").toString().replace("\r\n", "\n").replace("\n", "\r\n"));
    }

    /** An Outlook message: streams named by property and type in a compound file. */
    static ByteString msg(String subject, String body, String fileName, ByteString file) {
        return bytes(out -> {
            try (POIFSFileSystem system = new POIFSFileSystem()) {
                DirectoryEntry root = system.getRoot();
                put(root, "__properties_version1.0", new byte[32]);
                put(root, "__substg1.0_001A001F", wide("IPM.Note"));
                put(root, "__substg1.0_0037001F", wide(subject));
                put(root, "__substg1.0_1000001F", wide(body));
                put(root, "__substg1.0_0C1A001F", wide("Anna Berg"));
                DirectoryEntry attachment = root.createDirectory("__attach_version1.0_#00000000");
                put(attachment, "__properties_version1.0", new byte[8]);
                put(attachment, "__substg1.0_3707001F", wide(fileName));
                put(attachment, "__substg1.0_37010102", file.toByteArray());
                system.writeFilesystem(out);
            }
        });
    }

    private static void put(DirectoryEntry directory, String name, byte[] content) throws IOException {
        directory.createDocument(name, new ByteArrayInputStream(content));
    }

    private static byte[] wide(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
