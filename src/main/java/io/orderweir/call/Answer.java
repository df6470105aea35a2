package io.orderweir.call;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/** The bytes of an answer, which Camel leaves as they are. */
final class Answer extends ByteArrayInputStream implements StreamCache {

    private final String cut;

    Answer(byte[] bytes, int length, String cut) {
        super(bytes, 0, length);
        this.cut = cut;
    }

    /** Why it is not whole; null when it is. */
    String cut() {
        return cut;
    }

    String text() {
        // not by what it calls its charset, which may be none
        return new String(buf, 0, count, StandardCharsets.UTF_8);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(buf, 0, count);
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new Answer(buf, count, cut);
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public long length() {
        return count;
    }

    @Override
    public long position() {
        return pos;
    }
}
