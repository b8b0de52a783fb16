package dev.pinfactory.specialists.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Office files that were made to break or to fool their reader. */
class OfficeBombsTest {
    private static final String BODY = "word/document.xml";
    private static final String START =
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>";
    private static final String END = "</w:t></w:r></w:p></w:body></w:document>";

    /** Writes the body of the document. */
    private interface Body {
        void to(ZipOutputStream out) throws IOException;
    }

    private static ByteString docx(Body body) throws IOException {
        byte[] whole = Made.docx("text", new String[][] {{"a"}}).toByteArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(whole));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals(BODY)) {
                    body.to(out);
                } else {
                    in.transferTo(out);
                }
            }
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    private static ByteString docx(String xml) throws IOException {
        return docx(out -> out.write(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static InferenceResult read(ByteString file) {
        Artifact document = Artifact.newBuilder()
                .setName("document")
                .setType("document")
                .setData(file)
                .build();
        return new DocumentTextSpecialist(batch -> {
                    throw new AssertionError("nothing is to be seen here");
                })
                .infer(List.of(Inference.of(document)))
                .getFirst();
    }

    private static void assertRefused(ByteString file) {
        InferenceResult.Failed failed = (InferenceResult.Failed) read(file);
        assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(failed.detail()).contains("inputs[document]").doesNotContain("Exception", "org.apache");
    }

    @Test
    void oneThatUnpacksToGigabytesIsRefused() throws IOException {
        byte[] megabyte = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        ByteString bomb = docx(out -> {
            out.write(START.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1_024; i++) {
                out.write(megabyte);
            }
            out.write(END.getBytes(StandardCharsets.UTF_8));
        });
        assertThat(bomb.size()).isLessThan(Limits.BYTES);
        assertRefused(bomb);
    }

    @Test
    void entitiesThatMultiplyAreNotFollowed() throws IOException {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE w:document [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            laughs.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        assertRefused(docx(laughs + "]>" + START + "&l11;" + END));
    }

    @Test
    void filesOfTheMachineAreNotReadIn(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "a secret of the machine's");
        ByteString asks =
                docx("<!DOCTYPE w:document [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>" + START + "&x;" + END);
        assertThat(read(asks).toString()).doesNotContain("a secret of the machine's");
    }

    @Test
    void oneThatIsNestedVeryDeeplyIsReadOrRefused() throws IOException {
        String deep = "<w:sdt><w:sdtContent>".repeat(20_000);
        String back = "</w:sdtContent></w:sdt>".repeat(20_000);
        InferenceResult result =
                read(docx(START.replace("<w:p>", deep + "<w:p>") + "deep" + END.replace("</w:p>", "</w:p>" + back)));
        assertThat(result).isInstanceOfAny(InferenceResult.Answered.class, InferenceResult.Failed.class);
    }

    /** 800 MB, it says, stand in three kilobytes. */
    @Test
    void anAttachmentThatIsShorterThanItSaysCostsWhatItIs() {
        byte[] mail = Made.msg("Bill", "Please pay.", "a.txt", ByteString.copyFromUtf8("hello"))
                .toByteArray();
        byte[] name = "__substg1.0_37010102".getBytes(StandardCharsets.UTF_16LE);
        int entry = Bytes.indexOf(mail, name);
        ByteBuffer.wrap(mail)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(entry + 116, 0x30000000)
                .putInt(entry + 120, 0x30000000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(ByteString.copyFrom(mail));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(128L << 20);
    }
}
